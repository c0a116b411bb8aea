"""Reading papers: what a machine suggests, and a person confirms."""
