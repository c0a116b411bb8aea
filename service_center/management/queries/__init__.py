"""What managers look at, by topic."""
