"""`./dev pictures`: every screen by width, language and light, and every paper, as PNG under docs/pictures."""

from __future__ import annotations

import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import flask_migrate
import pypdfium2 as pdfium
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased, joinedload
from werkzeug.serving import make_server

from service_center.app import create_app
from service_center.core.database import db
from service_center.demo import load
from service_center.demo.reception import NUMBER
from service_center.demo.seed import PIN
from service_center.offers.models import Quote, ReplacementOffer
from service_center.parcels.models import Parcelled, Shipment
from service_center.proofs.models import Reuse
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.lineage import likely
from service_center.tickets.models import Goodwill, Ticket, Wait
from tests.chromium import Quiet, launched
from tests.conftest import Clock, settings_for

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PHONE, DESK, BENCH = (360, 740), (1280, 900), (1920, 1080)
WEDNESDAY = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
LAB, MANAGER, SHOP = "tecnico@demo.example", "responsabile@demo.example", "commesso11@demo.example"


@dataclass(frozen=True)
class Screen:
    """A page: its name, address, who looks at it (an e-mail, a ticket code of theirs, or nobody), and at which widths."""

    name: str
    address: str
    who: str = ""
    widths: tuple[tuple[int, int], ...] = (PHONE, DESK)


def code(session: Session, *where: object, shop: bool | None = None) -> str:
    """The code of a demo ticket."""
    asked = select(Ticket.code).where(*where).order_by(Ticket.id)  # type: ignore[arg-type]
    if shop is not None:
        asked = asked.where(Ticket.shop_id.is_not(None) if shop else Ticket.shop_id.is_(None))
    found = session.scalars(asked).first()
    assert found, where
    return codes.grouped(found)


def screens(session: Session) -> Iterator[Screen]:
    """Every page that somebody meets, over the demo."""
    quoted = code(session, Ticket.status == Status.DIAGNOSING, Ticket.verdict == "MIXED", shop=False)
    sent, mine = (
        code(session, Ticket.status == Status.DELIVERED, shop=False),
        code(session, Ticket.status == Status.TO_SEND, shop=False),
    )
    yield from (Screen(name, address) for name, address in (
        ("home", "/"), ("rules", "/warranty/rules"), ("find-mistyped", "/status?code=K7QM-2F9D-XH3W"), ("lost", "/status/lost"), ("login", "/login"), ("register", "/warranty/register"), ("missing", "/nothing-here"),
        ("ask-what", "/repairs/new/1/what"), ("status-quoted", f"/status/{quoted}"), ("status-delivered", f"/status/{sent}"),
        ("status-unsafe", f"/status/{code(session, Ticket.status == Status.REQUESTED)}"), ("enter", f"/status/{mine}/owner"),
    ))  # fmt: skip
    unsafe, awaited = code(session, Ticket.status == Status.REQUESTED), code(session, papers_awaited(), shop=False)
    yield from (Screen(name, f"/status/{owned}{page}", owned) for name, owned, page in (
        ("owner", mine, "/owner"), ("owner-quote", quoted, "/quote"), ("owner-delivered", sent, "/owner"), ("owner-address", mine, "/address"), ("owner-cancel", mine, "/cancel"), ("owner-complaint", quoted, "/complaint"), ("owner-danger", quoted, "/danger"), ("owner-unsafe", unsafe, "/owner"), ("owner-papers", awaited, "/owner"), ("owner-objects", quoted, "/complaint?about=decision"),
    ))  # fmt: skip
    shop_id = session.scalars(
        select(Ticket.shop_id).where(Ticket.shop_id.is_not(None)).order_by(Ticket.shop_id)
    ).first()
    theirs = code(session, Ticket.shop_id == shop_id, Ticket.status == Status.TO_SEND)
    yield from (Screen(name, address, SHOP) for name, address in (
        ("shop-list", "/retailer/"), ("shop-new", "/retailer/new"), ("shop-ticket", f"/retailer/tickets/{theirs}"), ("shop-complaint", f"/retailer/tickets/{theirs}/complaint"), ("shop-danger", f"/retailer/tickets/{theirs}/danger"), ("shop-answers", f"/retailer/tickets/{code(session, papers_awaited(), Ticket.shop_id == shop_id)}"),
    ))  # fmt: skip
    bench = (DESK, BENCH, PHONE)
    yield from replacing(session, bench)
    at = {
        status: code(session, Ticket.status == status)
        for status in (Status.DIAGNOSING, Status.TESTING, Status.READY, Status.TO_SEND, Status.RECEIVED)
    }
    box = session.scalars(select(Shipment.id).where(Shipment.tracking == NUMBER)).first()
    disputed = code(session, Ticket.id.in_(select(Wait.ticket_id).where(Wait.kind == WaitKind.CONTENTS)))
    yield from (Screen(name, address, LAB, bench) for name, address in (
        ("bench", "/lab/"), ("bench-list", "/lab/tickets"), ("bench-ticket", f"/lab/tickets/{quoted}"), ("bench-testing", f"/lab/tickets/{at[Status.TESTING]}"),
        ("quality", f"/lab/tickets/{at[Status.TESTING]}/quality"), ("quote", f"/lab/tickets/{quoted}/quote"), ("proof", f"/lab/tickets/{at[Status.RECEIVED]}/proof"),
        ("safety-flag", f"/lab/tickets/{quoted}/safety"), ("safety-kept", f"/lab/tickets/{code(session, Ticket.safety)}/safety"), ("ask-papers", f"/lab/tickets/{at[Status.RECEIVED]}/papers"), ("same-item", f"/lab/tickets/{alike(session)}/same"), ("bench-mine", "/lab/?whose=mine"), ("shift-note", "/lab/shift"), *beside(session),
        ("proof-used", f"/lab/tickets/{code(session, Ticket.proof.has(reuse=Reuse.SEEN))}/proof"), ("proof-read", f"/lab/tickets/{quoted}/proof"), ("reception", "/lab/reception"), ("unpack", f"/lab/reception/{at[Status.TO_SEND]}"), ("parcel-in", f"/lab/reception/parcels/{box}"), ("unannounced", "/lab/reception/unannounced"), ("bench-disputed", f"/lab/tickets/{disputed}"), ("dispatch", "/lab/dispatch"), ("counter", "/lab/intake/new"),
    ))  # fmt: skip
    unclear = code(session, Ticket.status == Status.DIAGNOSING, Ticket.verdict == "AMBIGUOUS")
    courtesy = code(session, Ticket.id.in_(select(Goodwill.ticket_id)))
    yield Screen("bench-decide", f"/lab/tickets/{unclear}", MANAGER, bench)
    yield from (
        Screen(name, address, MANAGER)
        for name, address in (
            ("today", "/manage/"),
            ("late", "/manage/late"),
            ("standstill", "/manage/late/standstill"),
            ("decisions", "/manage/decisions"),
            ("decision", f"/manage/decisions/{unclear}"),
            ("decision-courtesy", f"/manage/decisions/{courtesy}"),
            ("goodwill", "/manage/goodwill"),
            ("verdicts", "/manage/verdicts"),
            ("verdict-list", "/manage/verdicts/list"),
            ("safety-register", "/manage/safety"),
            ("safety-report", "/manage/safety/1"),
            ("complaints", "/manage/complaints"),
            ("complaints-answered", "/manage/complaints?tab=answered"),
            ("complaint", "/manage/complaints/1"),
            ("complaint-new", "/manage/complaints/new"),
            ("models", "/manage/models"),
            ("model-new", "/manage/models/new"),
            ("repeats", "/manage/repeats"),
            ("people", "/manage/people"),
            ("skills", "/manage/people/1/skills"),
            ("badge", "/manage/people/1/badge"),
            ("benches", "/manage/benches"),
            ("my-badge", "/badge/pin"),
            ("retailers", "/manage/retailers"),
            ("shop", "/manage/retailers/shops/1"),
            ("registrations", "/manage/registrations"),
            ("registration", "/manage/registrations/1"),
            ("registration-new", "/manage/registrations/new"),
        )
    )


def beside(session: Session) -> Iterator[tuple[str, str]]:
    """Two visits of one thing, where the demo has such."""
    earlier = aliased(Ticket)
    asked = select(Ticket.code, earlier.code).join(
        earlier, (earlier.item_id == Ticket.item_id) & (earlier.id < Ticket.id)
    )
    for now, before in session.execute(asked.order_by(Ticket.id).limit(1)):
        yield "beside", f"/lab/tickets/{codes.grouped(now)}/beside/{codes.grouped(before)}"


def alike(session: Session) -> str:
    """A ticket that may be of the same thing as an earlier one; the demo's people bring many things."""
    asked = select(Ticket).options(joinedload(Ticket.item), joinedload(Ticket.customer)).order_by(Ticket.id.desc())
    found = next(each for each in session.scalars(asked) if likely(session, each))
    return codes.grouped(found.code)


def papers_awaited() -> ColumnElement[bool]:
    """The tickets whose papers somebody waits for."""
    return Ticket.id.in_(select(Wait.ticket_id).where(Wait.kind == WaitKind.PAPERS, Wait.closed_at.is_(None)))


def replacing(session: Session, bench: tuple[tuple[int, int], ...]) -> Iterator[Screen]:
    """A replacement at every stage."""
    waiting, taken = (
        code(session, Ticket.id.in_(select(ReplacementOffer.ticket_id).where(ReplacementOffer.answer == answer)))
        for answer in (None, "chosen")
    )
    free = code(session, Ticket.status == Status.REPAIRING)
    yield from (
        Screen(name, f"/lab/tickets/{which}/replacement", LAB, bench)
        for name, which in (("replacement-offer", free), ("replacement-waits", waiting), ("replacement-book", taken))
    )
    yield Screen("owner-replacement", f"/status/{waiting}/replacement", waiting)
    yield Screen("owner-replacement-chosen", f"/status/{taken}/replacement", taken)


def papers(session: Session) -> Iterator[tuple[str, str]]:
    """Every paper, by name and address, as the lab prints it."""
    gone = session.execute(select(Parcelled.ticket_id, Shipment.id).join(Shipment).order_by(Shipment.id)).first()
    assert gone
    shipped, quoted = code(session, Ticket.id == gone.ticket_id), code(session, Ticket.id.in_(select(Quote.ticket_id)))
    yield from (
        ("report", f"/lab/tickets/{shipped}/report.pdf"), ("bag", f"/lab/tickets/{shipped}/bag.pdf"), ("quote-paper", f"/lab/tickets/{quoted}/quote.pdf"),
        ("parcel-a6", f"/lab/shipments/{gone.id}/label.pdf?size=a6"), ("parcel-100x150", f"/lab/shipments/{gone.id}/label.pdf?size=100x150"),
        ("slip", f"/lab/intake/{shipped}/slip.pdf"),
    )  # fmt: skip


def enter(page: Page, who: str) -> None:
    """Sign in, or show the slip's PIN."""
    if "@" in who:
        page.goto("/login")
        page.fill("[name=email]", who)
        page.fill("[name=password]", load.PASSWORD)
        page.click("main button[type=submit]")
    elif who:
        page.goto(f"/status/{who}/owner")
        page.fill("[name=pin]", PIN)
        page.click("main form button[type=submit]")
    assert "/login" not in page.url, f"{who} could not sign in"


def shoot(browser: Browser, base: str, wanted: list[Screen], folder: Path) -> int:
    """All screens in both languages, light and dark; returns how many pictures."""
    number = 0
    for language, scheme, who in product(("it", "en"), ("light", "dark"), sorted({screen.who for screen in wanted})):
        context = browser.new_context(locale=language, color_scheme=scheme, base_url=base)  # type: ignore[arg-type]
        page = context.new_page()
        enter(page, who)
        page.goto(f"/speak/{language}?next=/home")
        for screen in (each for each in wanted if each.who == who):
            for width, height in screen.widths:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(screen.address)
                page.screenshot(path=folder / f"{screen.name}-{width}-{language}-{scheme}.png", full_page=True)
                number += 1
        context.close()
    return number


def draw(browser: Browser, base: str, wanted: list[tuple[str, str]], folder: Path) -> int:
    """All papers in both languages, page by page."""
    number = 0
    for language in ("it", "en"):
        context = browser.new_context(locale=language, base_url=base)
        page = context.new_page()
        enter(page, LAB)
        page.goto(f"/speak/{language}?next=/home")
        for name, address in wanted:
            document = pdfium.PdfDocument(page.request.get(address).body())
            for place, sheet in enumerate(document, 1):
                sheet.render(scale=3).to_pil().save(folder / f"paper-{name}-{language}-{place}.png")
                number += 1
            document.close()
        context.close()
    return number


def readme(browser: Browser, base: str, session: Session, folder: Path) -> None:
    """The two pictures of the README."""
    mixed = code(session, Ticket.status == Status.DIAGNOSING, Ticket.verdict == "MIXED", shop=False)
    for name, who, address, size in (
        ("readme-bench", LAB, f"/lab/tickets/{mixed}", {"width": 1280, "height": 900}),
        ("readme-status", "", f"/status/{mixed}", {"width": 390, "height": 844}),
    ):
        context = browser.new_context(locale="it", base_url=base, viewport=size)  # type: ignore[arg-type]
        page = context.new_page()
        enter(page, who)
        page.goto(address)
        page.screenshot(path=folder / f"{name}.png")
        context.close()


@contextmanager
def demo_served(folder: Path) -> Iterator[tuple[str, Flask]]:
    """The demo on a Wednesday morning, behind an address of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    app = create_app(settings_for(f"sqlite:///{folder / 'demo.sqlite'}", folder, base_url=base), clock=Clock(WEDNESDAY))
    with app.app_context():
        flask_migrate.upgrade()
        load.seed(300, random_seed=1, house=app.extensions["house"])
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield base, app
    server.shutdown()


def main(words: list[str]) -> None:
    """Everything, or with `readme` only the README's two."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as kept,
        launched() as browser,
        demo_served(Path(kept)) as (base, app),
        app.app_context(),
        Session(db.engine) as session,
    ):
        readme(browser, base, session, FOLDER)
        number = 2
        if "readme" not in words:
            number += shoot(browser, base, list(screens(session)), FOLDER)
            number += draw(browser, base, list(papers(session)), FOLDER)
    sys.stdout.write(f"{number} pictures in {FOLDER.relative_to(Path.cwd())}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
