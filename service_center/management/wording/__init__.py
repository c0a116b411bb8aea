"""What managers read, by topic."""
