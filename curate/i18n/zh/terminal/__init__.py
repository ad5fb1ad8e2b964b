"""What the commands say at the terminal, in Chinese."""
