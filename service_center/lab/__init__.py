"""The bench: reception, diagnosis, tests, quality check, dispatch."""
