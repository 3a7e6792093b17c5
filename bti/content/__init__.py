"""What is written, not programmed: read once, checked, then trusted."""
