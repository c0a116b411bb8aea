"""Floors: honest and readable."""
