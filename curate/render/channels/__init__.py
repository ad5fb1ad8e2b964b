"""One module a channel: a digest -> files."""
