"""Secrets that are sent to people: made here, and only their digest is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """192 bits, fit for a link."""
    return secrets.token_urlsafe(24)


def new_pin() -> str:
    """Six digits for a slip: good only together with the ticket's code, and only a few times an hour."""
    return f"{secrets.randbelow(1_000_000):06d}"


def setup_key(secret_key: str) -> str:
    """What whoever installed the house is shown on its console, and whoever only found its address does not know."""
    return hmac.new(secret_key.encode(), b"first manager", hashlib.sha256).hexdigest()[:16]


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
