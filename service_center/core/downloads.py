"""How drawn papers leave: media type, and a name that people recognise in their folder."""

from __future__ import annotations

from flask import Response


def pdf(content: bytes, name: str) -> Response:
    """A PDF of ours, shown in the browser; `name` has no ending."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def spreadsheet(content: bytes, name: str) -> Response:
    """A CSV of ours, saved to the reader's folder; `name` has no ending."""
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
