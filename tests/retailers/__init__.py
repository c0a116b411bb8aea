"""The shops' desk."""
