"""What is offered and answered, by topic."""
