"""Kinds of sources, a module each: what to fetch, and how to read it. The table is `READERS` of `curate.sources`."""
