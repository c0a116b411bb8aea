"""Boxes in and out: shipments, couriers, tracking."""
