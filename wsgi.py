"""What a WSGI server loads, and what `flask --app wsgi` speaks to."""

from __future__ import annotations

import sys

from config import ConfigFault, from_environment
from service_center.app import create_app

try:
    settings = from_environment()
except ConfigFault as fault:
    sys.exit(f"The settings are wrong:\n{fault}")

app = create_app(settings)
