"""The first part of the night: sources to entries in the archive."""
