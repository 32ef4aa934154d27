"""What readers ask of the registry: officials, posts, who held which on a day, with the sentences."""
