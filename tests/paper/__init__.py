"""Labels and documents: they scan, nothing is cut off, and every font is inside."""
