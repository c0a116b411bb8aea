"""Asking for a repair: customer, counter, phone and e-mail contacts."""
