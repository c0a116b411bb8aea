"""The rule book: what the guarantee covers and why, as pure functions over plain data."""
