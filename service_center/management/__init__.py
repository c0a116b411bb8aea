"""Decisions, people, shops."""
