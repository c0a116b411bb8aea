"""A fictional house, in files alone: what it takes to serve another brand."""
