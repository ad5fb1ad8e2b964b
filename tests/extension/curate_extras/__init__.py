"""One of each: what a package may add to curate."""
