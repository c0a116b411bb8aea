"""A bare Flask application at the bench: one scan writes with one synced commit, then the ticket's page with its reads."""

from __future__ import annotations

import sqlite3

from flask import Flask, redirect, render_template_string, request
from werkzeug.wrappers import Response

ROWS = ("findings", "waits", "photos", "notes", "measurements", "parts_used", "verdicts", "events", "custody", "checks")
"""What hangs on a ticket and stands on its page."""


def make(database: str, page: str) -> Flask:
    """`page` is a whole rendered page of a ticket; its size is what counts."""
    app = Flask("floor")
    template = "{{ ticket[1] }} {{ rows|length }}\n{% raw %}" + page.replace("{% endraw %}", "") + "{% endraw %}"

    def connected() -> sqlite3.Connection:
        connection = sqlite3.connect(database, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("SELECT u.id, u.name FROM sign_ins s JOIN users u ON u.id = s.user_id LIMIT 1").fetchone()
        return connection

    @app.post("/scan/<code>")
    def scan(code: str) -> Response:
        connection = connected()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO posts_done (nonce, sender, path, digest, location, at) VALUES (?, 'floor', '', '', '', '2026-01-01')",
            (request.form["form_number"],),
        )
        connection.execute(
            "UPDATE tickets SET location = ?, version = version + 1 WHERE code = ?", (request.form["scan"], code)
        )
        connection.execute("COMMIT")
        connection.close()
        return redirect(f"/tickets/{code}")

    @app.get("/tickets/<code>")
    def ticket(code: str) -> str:
        connection = connected()
        found = connection.execute(
            "SELECT t.*, i.*, c.*, r.* FROM tickets t JOIN items i ON i.id = t.item_id JOIN customers c ON c.id = t.customer_id "
            "JOIN requests r ON r.id = t.request_id WHERE t.code = ?",
            (code,),
        ).fetchone()
        own = connection.execute("SELECT id FROM tickets WHERE code = ?", (code,)).fetchone()
        rows = [connection.execute(f"SELECT * FROM {name} WHERE ticket_id = ?", own).fetchall() for name in ROWS]  # nosec B608
        connection.close()
        return render_template_string(template, ticket=found, rows=rows)

    return app
