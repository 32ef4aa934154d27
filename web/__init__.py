"""The web: how it LOOKS, as pages and as JSON."""
