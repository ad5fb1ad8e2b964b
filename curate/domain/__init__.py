"""The nouns, without behaviour: what a night reads, decides and prints; its errors; the numbers of items."""
