"""What managers type, by topic."""
