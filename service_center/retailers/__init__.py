"""The shop's desk."""
