"""What changes tickets: opening, advancing, assessing, and what the bench records."""
