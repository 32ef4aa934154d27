"""The JSON API: the same answers as the pages, declared once for the server and for its OpenAPI document."""
