"""Service Center: a repair goes in, through the lab, and back."""
