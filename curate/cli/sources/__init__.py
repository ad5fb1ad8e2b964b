"""The commands about sources: `curate sources …`, `curate import`, `curate export`."""
