"""What is typed in the lab."""
