"""The customer's page behind a ticket code."""
