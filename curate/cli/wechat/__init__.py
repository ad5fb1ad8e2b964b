"""What talks with the platform, or with its editor: `curate answers`, `curate extension`."""
