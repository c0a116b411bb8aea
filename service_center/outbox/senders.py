"""Ways out for letters: a folder of files, a mail server, SendGrid; and what may go wrong on the way."""

from __future__ import annotations

import base64
import os
import re
import secrets
import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit

import sendgrid
from python_http_client.exceptions import HTTPError
from sendgrid.helpers.mail import (
    Attachment,
    Content,
    CustomArg,
    Disposition,
    FileContent,
    FileName,
    FileType,
    Header,
    Mail,
    ReplyTo,
)

from service_center.core import clock
from service_center.core.outside import Letter, Sender

# Seconds for one step on the wire: the libraries themselves would wait for ever.
PATIENCE = 15
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NotSent(Exception):
    """A letter did not leave. `letters_fault`: whether trying the same letter again uses up its attempts."""

    letters_fault = True


class Temporary(NotSent):
    """Later it may work; `retry_after` where the provider named a time."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Permanent(NotSent):
    """This letter will never leave like this."""


class Forbidden(Temporary):
    """The provider does not let this house in: a person must look at the settings, and the letters wait."""

    letters_fault = False

    def __init__(self, message: str) -> None:
        super().__init__(message, timedelta(minutes=15))


def mime(letter: Letter) -> EmailMessage:
    """The letter as a message with both parts."""
    message = EmailMessage()
    try:
        message["From"] = Address(letter.sender_name, addr_spec=letter.sender)
        message["To"] = Address(letter.recipient_name, addr_spec=letter.recipient)
        message["Reply-To"] = Address(addr_spec=letter.reply_to)
        message["Subject"] = letter.subject
    except ValueError as fault:
        raise Permanent(f"a header is impossible: {type(fault).__name__}") from fault
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(idstring=letter.reference, domain=letter.sender.rpartition("@")[2])
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message["X-Reference"] = letter.reference
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    for paper in letter.attachments:
        main, _, sub = paper.media_type.partition("/")
        message.add_attachment(paper.content, maintype=main, subtype=sub, filename=paper.name)
    return message


class FileSender:
    """Letters as files that any mail program opens, sorted by time: for development."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, letter: Letter) -> str:
        """Write the letter; its file's name is the id."""
        reference = re.sub(r"[^A-Za-z0-9_-]", "", letter.reference) or "letter"
        name = f"{clock.now():%Y%m%dT%H%M%S.%fZ}-{reference}.eml"
        part = self.folder / f".{name}.{secrets.token_hex(4)}.part"
        content = mime(letter).as_bytes(policy=SMTP)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
            part.rename(self.folder / name)
        except OSError as fault:
            raise Temporary(f"the folder of letters: {fault.strerror}") from fault
        return name


class SmtpSender:
    """A mail server. `smtps` speaks TLS from the start; `smtp` as soon as the server offers it, and must on port 587,
    with a password, and as `smtp+starttls`."""

    def __init__(self, url: str, *, patience: float = PATIENCE, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or "localhost"
        self.implicit = parts.scheme == "smtps"
        self.port = parts.port or (465 if self.implicit else 587 if parts.scheme == "smtp+starttls" else 25)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        outside = self.host not in LOOPBACK
        self.needs_tls = parts.scheme == "smtp+starttls" or (outside and (self.port == 587 or bool(self.user)))
        self.patience = patience
        self.context = context or ssl.create_default_context()

    def send(self, letter: Letter) -> str:
        """Hand the letter over; its message id is the id."""
        message = mime(letter)
        try:
            server = self._open()
            try:
                server.send_message(message, letter.sender, [letter.recipient])
            finally:
                # It left or it did not: how the server says goodbye changes nothing.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
                server.close()
        except smtplib.SMTPAuthenticationError as fault:
            raise Forbidden(f"the mail server refuses us: {fault.smtp_code}") from fault
        except smtplib.SMTPRecipientsRefused as fault:
            code, _words = next(iter(fault.recipients.values()))
            raise _by_code(code) from fault
        except smtplib.SMTPResponseException as fault:
            raise _by_code(fault.smtp_code) from fault
        except smtplib.SMTPNotSupportedError as fault:
            raise Permanent("the mail server cannot take this address") from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise Temporary(f"the mail server: {type(fault).__name__}") from fault
        return str(message["Message-ID"])

    def _open(self) -> smtplib.SMTP:
        if self.implicit:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.patience, context=self.context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.patience)
        try:
            server.ehlo()
            if not self.implicit and server.has_extn("starttls"):
                server.starttls(context=self.context)
                server.ehlo()
            elif self.needs_tls and not self.implicit:
                raise Forbidden("the mail server offers no TLS")
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _by_code(code: int) -> NotSent:
    """What an SMTP answer means: five hundreds are final."""
    return (
        Permanent(f"the mail server answered {code}") if code >= 500 else Temporary(f"the mail server answered {code}")
    )


class SendGridSender:
    """Twilio SendGrid's mail/send, through its own client; it knows no idempotency key, so the reference goes along."""

    def __init__(self, api_key: str, host: str = "https://api.sendgrid.com", *, patience: float = PATIENCE) -> None:
        self.api_key, self.host, self.patience = api_key, host.rstrip("/"), patience

    def send(self, letter: Letter) -> str:
        """Hand the letter over; X-Message-Id is the id."""
        client = sendgrid.SendGridAPIClient(api_key=self.api_key, host=self.host).client
        body = _mail(letter)
        try:
            answered = client.mail.send.post(request_body=body, timeout=self.patience)
        except HTTPError as fault:
            raise _by_status(fault.status_code, fault.headers) from fault
        except (OSError, HTTPException) as fault:
            raise Temporary(f"SendGrid cannot be reached: {type(fault).__name__}") from fault
        return str(answered.headers.get("X-Message-Id") or "")


def _mail(letter: Letter) -> dict[str, object]:
    """The letter as mail/send wants it; what tracks readers is off."""
    mail = Mail(
        from_email=(letter.sender, letter.sender_name),
        to_emails=[(letter.recipient, letter.recipient_name)],
        subject=letter.subject,
    )
    mail.content = [Content("text/plain", letter.text), Content("text/html", letter.html)]
    mail.reply_to = ReplyTo(letter.reply_to)
    mail.custom_arg = CustomArg("reference", letter.reference)
    mail.header = Header("Auto-Submitted", "auto-generated")
    for paper in letter.attachments:
        content = base64.b64encode(paper.content).decode("ascii")
        mail.add_attachment(
            Attachment(
                FileContent(content), FileName(paper.name), FileType(paper.media_type), Disposition("attachment")
            )
        )
    off = {"enable": False}
    return {**mail.get(), "tracking_settings": {"click_tracking": off, "open_tracking": off}}


def _by_status(status: int, headers: object) -> NotSent:
    """What an HTTP answer means for the letter."""
    said = f"SendGrid answered {status}"
    if status in (400, 413):
        return Permanent(said)
    if status in (408, 429) or status >= 500:
        return Temporary(said, _named_time(headers))
    # 401, 403, and addresses that are no SendGrid's: the settings are wrong, not the letter.
    return Forbidden(said)


def _named_time(headers: object) -> timedelta | None:
    """How long the provider wants to be left alone: Retry-After (seconds or a date), or the limit's reset (an instant)."""
    get = getattr(headers, "get", lambda _name: None)
    after, reset = str(get("Retry-After") or ""), str(get("X-RateLimit-Reset") or "")
    now = clock.now()
    try:
        if after:
            wait = timedelta(seconds=int(after)) if after.isdigit() else parsedate_to_datetime(after) - now
        else:
            wait = datetime.fromtimestamp(int(reset), UTC) - now
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return max(wait, timedelta(seconds=1))


def from_url(url: str, *, api_key: str = "", host: str = "", folder: Path) -> Sender:
    """The sender behind MAIL_URL: a folder (a path or file://…), smtp://, smtp+starttls://, smtps:// or sendgrid://."""
    parts = urlsplit(url)
    if parts.scheme == "sendgrid":
        return SendGridSender(api_key, host or "https://api.sendgrid.com")
    if parts.scheme in ("smtp", "smtps", "smtp+starttls"):
        return SmtpSender(url)
    if parts.scheme in ("", "file"):
        path = unquote(parts.path) if parts.scheme else url
        return FileSender(Path(path) if path else folder)
    raise ValueError(f"MAIL_URL: {parts.scheme}:// is not known")
