"""DOOR: feeds.yaml -> frozen settings, every mistake with its place."""
