"""What can be repaired and with what: families, models, test limits, parts, tariff."""
