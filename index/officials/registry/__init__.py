"""What all articles say together: who is who, and who is said to hold which post when. Written by a reindex."""
