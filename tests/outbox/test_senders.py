"""Each way out against a counterpart on this machine: what it sends, and what it makes of every answer."""

from __future__ import annotations

import email
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from service_center.core.outside import Attachment, Letter
from service_center.outbox import senders
from service_center.outbox.senders import FileSender, Forbidden, Permanent, SendGridSender, SmtpSender, Temporary

LETTER = Letter(
    recipient="adele@posta.example", recipient_name="Adele «Fontanarosa», è lei", sender="assistenza@casa.example", sender_name="OPS!OBJECTS",
    reply_to="aiuto@casa.example", subject="Riparazione K7QM: è arrivato", text="Ciao Adele,\nè arrivato.\n", html="<p>Ciao Adele, è arrivato.</p>",
    language="it", reference="letter-42", attachments=(Attachment("rapporto.pdf", "application/pdf", b"%PDF-1.7 \x00"),),
)  # fmt: skip
KEY = "SG.test-key"


# --- SendGrid ---------------------------------------------------------------------------------------------------------


class FakeSendGrid:
    """POST /v3/mail/send as the provider answers it; remembers what came."""

    def __init__(self) -> None:
        self.status, self.headers, self.delay = 202, {"X-Message-Id": "sg-1"}, 0.0
        self.bodies: list[dict[str, Any]] = []
        fake = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(fake.delay)
                status = fake.status
                if self.path != "/v3/mail/send":
                    status = 404
                elif self.headers["Authorization"] != f"Bearer {KEY}":
                    status = 401
                else:
                    fake.bodies.append(json.loads(body))
                try:
                    self.send_response(status)
                    for name, value in fake.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass

            def log_message(self, *_args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def fake() -> Iterator[FakeSendGrid]:
    desk = FakeSendGrid()
    yield desk
    desk.server.shutdown()
    desk.server.server_close()


def test_sendgrid_gets_both_parts_the_paper_and_the_reference(fake: FakeSendGrid) -> None:
    assert SendGridSender(KEY, fake.url).send(LETTER) == "sg-1"
    [body] = fake.bodies
    [to] = body["personalizations"][0]["to"]
    assert to == {"email": "adele@posta.example", "name": LETTER.recipient_name}
    assert body["from"] == {"email": "assistenza@casa.example", "name": "OPS!OBJECTS"}
    assert body["reply_to"]["email"] == "aiuto@casa.example"
    assert body["subject"] == LETTER.subject
    assert [part["type"] for part in body["content"]] == ["text/plain", "text/html"]
    assert body["custom_args"] == {"reference": "letter-42"}
    assert body["attachments"][0]["filename"] == "rapporto.pdf"
    assert body["tracking_settings"]["open_tracking"] == {"enable": False}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Permanent), (413, Permanent), (401, Forbidden), (403, Forbidden), (404, Forbidden), (408, Temporary), (429, Temporary),
        (500, Temporary), (503, Temporary),
    ],
)  # fmt: skip
def test_each_answer_of_sendgrid_means_one_thing(fake: FakeSendGrid, status: int, kind: type[Exception]) -> None:
    fake.status = status
    with pytest.raises(senders.NotSent) as no:
        SendGridSender(KEY, fake.url).send(LETTER)
    assert type(no.value) is kind


def test_a_wrong_key_is_the_houses_fault(fake: FakeSendGrid) -> None:
    with pytest.raises(Forbidden) as no:
        SendGridSender("SG.other", fake.url).send(LETTER)
    assert not no.value.letters_fault
    assert "SG.other" not in str(no.value)


@pytest.mark.parametrize(
    ("header", "value", "seconds"),
    [("Retry-After", "90", 90), ("X-RateLimit-Reset", lambda: str(int(time.time()) + 120), 120), ("Retry-After", "nonsense", None)],
)  # fmt: skip
def test_a_named_time_is_understood(fake: FakeSendGrid, header: str, value: Any, seconds: int | None) -> None:
    fake.status, fake.headers = 429, {header: value() if callable(value) else value}
    with pytest.raises(Temporary) as no:
        SendGridSender(KEY, fake.url).send(LETTER)
    if seconds is None:
        assert no.value.retry_after is None
    else:
        assert no.value.retry_after is not None
        assert abs(no.value.retry_after - timedelta(seconds=seconds)) < timedelta(seconds=5)


def test_a_provider_that_says_nothing_is_waited_for_so_long_and_no_longer(fake: FakeSendGrid) -> None:
    fake.delay = 3
    begun = time.monotonic()
    with pytest.raises(Temporary):
        SendGridSender(KEY, fake.url, patience=0.3).send(LETTER)
    assert time.monotonic() - begun < 2


def test_a_provider_that_is_not_there_is_tried_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Temporary):
        SendGridSender(KEY, f"http://127.0.0.1:{port}").send(LETTER)


# --- a mail server ----------------------------------------------------------------------------------------------------


class Postman:
    """Takes letters, or answers what a test wants."""

    def __init__(self, *, at_rcpt: str = "", at_data: str = "") -> None:
        self.at_rcpt, self.at_data = at_rcpt, at_data
        self.taken: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.rcpt_tos.append(address)
        return self.at_rcpt or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(envelope)
        return self.at_data or "250 OK"


@contextmanager
def mail_server(postman: Postman, **more: Any) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    desk = Controller(postman, hostname="127.0.0.1", port=port, **more)
    desk.start()
    yield f"127.0.0.1:{port}"
    desk.stop()


def test_a_mail_server_gets_a_whole_message() -> None:
    postman = Postman()
    with mail_server(postman) as address:
        number = SmtpSender(f"smtp://{address}").send(LETTER)
    [envelope] = postman.taken
    message = email.message_from_bytes(envelope.content, policy=default)
    assert envelope.rcpt_tos == ["adele@posta.example"]
    assert envelope.mail_from == "assistenza@casa.example"
    assert (message["Subject"], message["Message-ID"]) == (LETTER.subject, number)
    assert message["X-Reference"] == "letter-42"
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"at_rcpt": "550 no such user"}, Permanent), ({"at_rcpt": "451 greylisted"}, Temporary), ({"at_data": "554 spam"}, Permanent),
        ({"at_data": "452 full"}, Temporary),
    ],
)  # fmt: skip
def test_a_mail_servers_answers_mean_one_thing_each(answers: dict[str, str], kind: type[Exception]) -> None:
    with mail_server(Postman(**answers)) as address, pytest.raises(senders.NotSent) as no:
        SmtpSender(f"smtp://{address}").send(LETTER)
    assert type(no.value) is kind
    assert "adele" not in str(no.value)


def test_without_tls_nothing_is_said_where_tls_was_asked_for() -> None:
    postman = Postman()
    with mail_server(postman) as address, pytest.raises(Forbidden):
        SmtpSender(f"smtp+starttls://{address}").send(LETTER)
    assert postman.taken == []


def test_a_mail_server_that_says_nothing_is_waited_for_so_long_and_no_longer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        with pytest.raises(Temporary):
            SmtpSender(f"smtp://127.0.0.1:{silent.getsockname()[1]}", patience=0.3).send(LETTER)
    assert time.monotonic() - begun < 2


def test_a_password_is_never_given_in_clear_to_another_machine() -> None:
    assert SmtpSender("smtp://me:secret@mail.example:25").needs_tls
    assert SmtpSender("smtp://mail.example:587").needs_tls
    assert SmtpSender("smtp+starttls://mail.example").port == 587
    assert SmtpSender("smtps://me:p%40ss@mail.example").password == "p@ss"


# --- a folder ---------------------------------------------------------------------------------------------------------


def test_a_folder_holds_letters_in_the_order_they_left(tmp_path: Path) -> None:
    sender = FileSender(tmp_path / "mail")
    names = [sender.send(LETTER) for _ in range(3)]
    assert sorted(names) == names
    assert sorted(p.name for p in (tmp_path / "mail").iterdir()) == names
    message = email.message_from_bytes((tmp_path / "mail" / names[0]).read_bytes(), policy=default)
    assert message["Subject"] == LETTER.subject
    assert all("letter-42" in name for name in names)


def test_a_folder_that_cannot_be_written_is_tried_later(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(Temporary):
        FileSender(tmp_path / "mail").send(LETTER)


def test_a_header_that_cannot_be_is_refused_before_it_is_sent() -> None:
    for hostile in (
        {"subject": "x\r\nBcc: all@evil.example"},
        {"recipient": "a@b.example\nBcc: c"},
        {"sender_name": "a\r\nb"},
    ):
        with pytest.raises(Permanent):
            senders.mime(replace(LETTER, **hostile))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", FileSender), ("/tmp/mail", FileSender), ("file:///tmp/mail", FileSender), ("smtp://h:25", SmtpSender),
        ("smtps://h", SmtpSender), ("smtp+starttls://h", SmtpSender), ("sendgrid://", SendGridSender),
    ],
)  # fmt: skip
def test_the_setting_names_the_way_out(url: str, kind: type, tmp_path: Path) -> None:
    sender = senders.from_url(url, api_key=KEY, host="https://api.example", folder=tmp_path)
    assert type(sender) is kind
    if isinstance(sender, FileSender):
        assert sender.folder == (Path("/tmp/mail") if url else tmp_path)
