"""The commands that set an account up: `curate init`, `curate templates …`."""
