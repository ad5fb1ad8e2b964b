"""fleet.yaml: many accounts over one web. schema.py is its shape, load.py reads it."""
