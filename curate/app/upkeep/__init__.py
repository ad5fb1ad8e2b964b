"""What keeps an account going for years: upgrades that tell what they do, backups, another machine."""
