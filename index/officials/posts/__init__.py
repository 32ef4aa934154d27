"""Which post a printed office is: its head, body and area, one key for every way of printing it."""
