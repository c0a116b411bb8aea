"""One file per courier."""
