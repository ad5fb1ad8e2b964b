"""What readers did, as a page: curves, tables, words."""
