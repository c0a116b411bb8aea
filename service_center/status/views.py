"""To be written."""

from flask import Blueprint

room = Blueprint("status", __name__)
