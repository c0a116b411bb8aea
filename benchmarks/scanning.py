"""One command card on an open ticket, as the bench's page sends it: from the request to the page that it leads to."""

from __future__ import annotations

import itertools
import re
import secrets

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.demo import load
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Finding, Ticket

_places = itertools.cycle(("*PLACE.B1", "*PLACE.B2"))


def code_at_the_bench(session: Session) -> str:
    """A ticket under repair that has a finding, so that its page has everything on it."""
    found = select(Ticket.code).join(Finding, Finding.ticket_id == Ticket.id).where(Ticket.status == Status.REPAIRING)
    return session.scalars(found.order_by(Ticket.id)).first() or ""


class AtTheBench:
    """A technician signed in, with one ticket open."""

    def __init__(self, client: FlaskClient, code: str, email: str) -> None:
        self.client, self.code = client, grouped(code)
        self.csrf = self._token()
        client.post("/login", data={"csrf_token": self.csrf, "email": email, "password": load.PASSWORD})
        self.csrf = self._token()

    def _token(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/login", follow_redirects=True).text)
        assert found
        return found[1]

    def page(self) -> str:
        """The ticket's page."""
        return self.client.get(f"/lab/tickets/{self.code}").text

    def scan(self) -> str:
        """The card of a place, and the page that comes."""
        words = {"csrf_token": self.csrf, "form_number": secrets.token_urlsafe(18), "scan": next(_places)}
        page = f"http://localhost/lab/tickets/{self.code}"
        answer = self.client.post(f"/lab/scan?at={self.code}", data=words, headers={"Referer": page})
        assert answer.status_code == 302, answer.text
        return self.client.get(answer.location).text


def bare_scan(client: FlaskClient, code: str) -> str:
    """The same against the floor."""
    words = {"form_number": secrets.token_urlsafe(18), "scan": next(_places)}
    return client.get(client.post(f"/scan/{code}", data=words).location).text
