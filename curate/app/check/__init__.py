"""An issue checked before it goes out, and its originals asked again."""
