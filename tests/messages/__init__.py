"""Complaints and messages."""
