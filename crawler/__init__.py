"""The crawler: what the page SAYS. It observes and keeps; it never interprets."""
