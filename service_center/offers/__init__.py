"""What somebody must say yes to: quotes."""
