"""Proofs of purchase as a ledger."""
