"""A bare Flask application: two raw queries and one template of the same size."""

from __future__ import annotations

import sqlite3

from flask import Flask, render_template_string


def make(database: str, page: str) -> Flask:
    """`page` is a whole rendered status page; its size is what counts."""
    app = Flask("floor")
    template = "{{ code }} {{ events|length }}\n{% raw %}" + page.replace("{% endraw %}", "") + "{% endraw %}"

    @app.get("/status/<code>")
    def status(code: str) -> str:
        connection = sqlite3.connect(database)
        row = connection.execute("SELECT id, status FROM tickets WHERE code = ?", (code,)).fetchone()
        events = connection.execute(
            "SELECT at, action FROM events WHERE ticket_id = ? ORDER BY seq DESC", (row[0],)
        ).fetchall()
        connection.close()
        return render_template_string(template, code=code, events=events)

    return app
