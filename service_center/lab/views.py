"""To be written."""

from flask import Blueprint

room = Blueprint("lab", __name__)
