"""The commands that put an issue right: `curate issue …`, and what others share with them."""
