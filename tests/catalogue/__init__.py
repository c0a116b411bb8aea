"""Tests of the range."""
