"""The pages of the managers, by topic."""
