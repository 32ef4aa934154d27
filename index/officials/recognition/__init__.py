"""What one article says: the people whom it gives an office, by its grammar and tables of words."""
