"""The heart: ticket, item, finding, event, wait; codes; the lifecycle table."""
