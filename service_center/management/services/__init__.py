"""What managers change, by topic."""
