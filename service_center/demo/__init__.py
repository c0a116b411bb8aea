"""The demo's data: a lab in the middle of a week."""
