"""What readers get for a number or a word."""
