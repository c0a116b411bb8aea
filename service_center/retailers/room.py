"""The room's blueprint, in a module of its own: every module with views takes it from here, without a circle."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("retailers", __name__, url_prefix="/retailer")
