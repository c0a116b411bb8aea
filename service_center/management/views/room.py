"""The managers' blueprint."""

from __future__ import annotations

from flask import Blueprint

room = Blueprint("management", __name__, url_prefix="/manage")
