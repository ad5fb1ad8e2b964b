"""The nouns, without behavior: what a night reads, decides and prints; its errors; the numbers of items."""
