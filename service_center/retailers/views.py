"""To be written."""

from flask import Blueprint

room = Blueprint("retailers", __name__)
