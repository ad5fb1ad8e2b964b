"""`curate answers …`."""
