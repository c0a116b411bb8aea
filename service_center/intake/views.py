"""To be written."""

from flask import Blueprint

room = Blueprint("intake", __name__)
