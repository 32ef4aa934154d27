"""Alerts: saved queries that new articles are held against after an update, told by e-mail, webhook and feed.

definitions   what is asked for: `alerts.toml`
matching      which alerts the new articles match
ledger        what was told, what waits to be sent, what is switched off: `alerts.sqlite`
wording       a message in words
sending       a message over SMTP or HTTP
running       one run, from the store's changes to the last message
"""
