"""`curate fleet`: many accounts over one web."""
