"""Commands: standard output holds answers only, logs go to standard error."""

from __future__ import annotations

import os
import signal
import subprocess  # nosec B404
import sys
import threading
from collections.abc import Iterable
from datetime import date, timedelta
from typing import BinaryIO

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from granian.constants import Interfaces
from granian.server import Server
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts import queries as people
from service_center.accounts import services as accounts
from service_center.accounts.models import Purpose, Retailer, Role, Shop
from service_center.accounts.tokens import setup_key
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.workdays import due
from service_center.demo import load as demo
from service_center.outbox import queries as outbox_queries
from service_center.outbox import services as outbox
from service_center.outbox import worker
from service_center.proofs.handlers import SLOW
from service_center.proofs.readers.batch import suggestions
from service_center.tickets import codes, history
from service_center.tickets.models import Ticket
from service_center.tickets.queries import chain
from service_center.tickets.services import escalating
from service_center.tickets.wording.refusals import refusal
from service_center.warranty.lines import assess_lines

warranty = AppGroup("warranty", help="The guarantee, reasoned.")
calendar = AppGroup("calendar", help="Working days.")
code = AppGroup("codes", help="Ticket codes.")
demo_group = AppGroup("demo", help="Demo data.")
outbox_group = AppGroup("outbox", help="What waits to leave the house.")
history_group = AppGroup("history", help="The chain of events.")
users = AppGroup("users", help="People who sign in.")
retailers = AppGroup("retailers", help="Retailers and their shops.")
proofs = AppGroup("proofs", help="Papers that prove a purchase.")


def install(app: Flask) -> None:
    """Put every command into the application."""
    for group in (warranty, calendar, code, demo_group, outbox_group, history_group, users, retailers, proofs):
        app.cli.add_command(group)
    app.cli.add_command(worker_command)
    app.cli.add_command(serve)


@warranty.command("assess")
@click.argument("file", type=click.File("rb"))
def assess(file: BinaryIO) -> None:
    """Assess claims, a JSON object a line; prints a verdict a line, in order."""
    write = sys.stdout.write
    for line in assess_lines(file, house().rulebook):
        write(line + "\n")


@proofs.command("suggest")
@click.argument("files", nargs=-1, required=True, type=click.Path())
def proofs_suggest(files: Iterable[str]) -> None:
    """Read papers, a JSON line each: candidate dates in order, seller, total, what it is, whether it proves a purchase."""
    for line in suggestions(files, today=house().today()):
        click.echo(line)


@calendar.command("due")
@click.argument("day")
@click.argument("days", type=click.IntRange(0, 3650))
@click.option("--closures", is_flag=True, help="Count the lab's own closing days too.")
def calendar_due(day: str, days: int, closures: bool) -> None:
    """Print the day that lies DAYS working days after DAY; DAY itself is not counted."""
    try:
        start = date.fromisoformat(day)
        click.echo(due(start, days, closures=house().brand.closures if closures else ()).isoformat())
    except (ValueError, OverflowError) as fault:
        raise click.ClickException(f"not a day that can be counted from: {day}") from fault


@code.command("check")
@click.argument("text")
def codes_check(text: str) -> None:
    """Print the ticket code in groups, or say what is wrong."""
    try:
        click.echo(codes.grouped(codes.parse(text)))
    except codes.Mistyped as fault:
        raise click.ClickException(f"mistyped: {fault}") from fault
    except codes.NotACode as fault:
        raise click.ClickException(f"not a ticket code: {fault}") from fault


@demo_group.command("seed")
@click.option("--tickets", default=300, type=click.IntRange(1, 5_000_000))
@click.option("--random-seed", default=1, type=int)
@with_appcontext
def demo_seed(tickets: int, random_seed: int) -> None:
    """Fill an empty database with the data of a lab in the middle of a week."""
    if current_app.extensions["settings"].production:
        raise click.ClickException("no demo data in production")
    click.echo(demo.seed(tickets, random_seed=random_seed, house=house()))


@demo_group.command("codes")
@click.option("--limit", default=None, type=click.IntRange(1))
@with_appcontext
def demo_codes(limit: int | None) -> None:
    """Print ticket codes, a line each."""
    for found in reading().scalars(select(Ticket.code).order_by(Ticket.id).limit(limit)):
        click.echo(codes.grouped(found))


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--beside", type=int, default=None, help="Stop when this process is no longer the parent.")
@with_appcontext
def worker_command(once: bool, beside: int | None) -> None:
    """Send what waits in the outbox."""
    handlers, clock = current_app.extensions["handlers"], house().clock
    if once:
        while worker.run_once(handlers, clock=clock):
            pass
        return
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    if beside is not None:
        threading.Thread(target=_watch, args=(beside, stop), daemon=True).start()
    apart = threading.Thread(target=_slowly, args=(current_app._get_current_object(), stop))  # type: ignore[attr-defined]
    apart.start()
    worker.run_forever(handlers, clock=clock, stop=stop, lane=worker.Lane(but=SLOW), daily=_daily)
    apart.join()


def _slowly(app: Flask, stop: threading.Event) -> None:
    """What takes long has a lane of its own."""
    with app.app_context():
        worker.run_forever(
            app.extensions["handlers"], clock=house().clock, stop=stop, lane=worker.Lane(only=SLOW)
        )  # fmt: skip


def _daily() -> None:
    """What is to be done on this day: a look for promises that are close or broken."""
    with transaction() as session:
        escalating.arrange(session, now=house().now(), house=house())


def _watch(parent: int, stop: threading.Event) -> None:
    """A worker whose server is gone stops, also when the server was killed and could not say so."""
    while not stop.wait(2):
        if os.getppid() != parent:
            stop.set()


@outbox_group.command("status")
@with_appcontext
def outbox_status() -> None:
    """Print how many rows stand in which state."""
    for state, number in sorted(outbox_queries.counts(reading()).items()):
        click.echo(f"{state} {number}")


@outbox_group.command("requeue")
@click.argument("row_id", type=int)
@with_appcontext
def outbox_requeue(row_id: int) -> None:
    """Try a dead row again."""
    with transaction() as session:
        outbox.requeue(session, row_id, now=house().now())


@history_group.command("verify")
@with_appcontext
def history_verify() -> None:
    """Check the chain of every ticket; exit 1 with every broken one."""
    number, faults = 0, []
    session = reading()
    for ticket_id, found in session.execute(select(Ticket.id, Ticket.code).order_by(Ticket.id)).all():
        fault = history.first_fault(chain(session, ticket_id, found))
        faults += [fault] if fault else []
        number += 1
        session.expunge_all()
    _report(number, faults)


def _report(number: int, faults: Iterable[str]) -> None:
    broken = list(faults)
    for fault in broken:
        click.echo(fault)
    if broken:
        raise click.ClickException(f"{len(broken)} of {number} chains are broken")
    click.echo(f"{number} chains are whole")


@users.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--shop", "shop_id", type=int, default=None)
@with_appcontext
def users_create(email: str, name: str, role: str, shop_id: int | None) -> None:
    """Add somebody; prints the link with which they set their password."""
    now = house().now()
    with transaction() as session, _worded():
        shop = session.get(Shop, shop_id) if shop_id else None
        user = accounts.add_user(
            session,
            email=email,
            name=name,
            role=Role(role),
            now=now,
            shop=shop,
            retailer=shop.retailer if shop else None,
        )
        token = accounts.make_link(
            session, Purpose.INVITE, user.id, now=now, lasts=timedelta(days=house().brand.setting("invite_days"))
        )
    click.echo(f"{house().base_url}/invite/{token}")


@retailers.command("create")
@click.option("--name", required=True)
@click.option("--email", default="")
@click.option("--shop", "shop_name", required=True)
@click.option("--city", default="")
@click.option("--authorised-from", type=click.DateTime(["%Y-%m-%d"]), default=None)
@with_appcontext
def retailers_create(name: str, email: str, shop_name: str, city: str, authorised_from: object) -> None:
    """Add a retailer with its first shop; prints the shop's number."""
    with transaction() as session:
        click.echo(_add_retailer(session, name, email, shop_name, city, authorised_from))


def _add_retailer(session: Session, name: str, email: str, shop_name: str, city: str, since: object) -> int:
    retailer = Retailer(name=name, email=email, created_at=house().now())
    session.add(retailer)
    session.flush()
    begun = since.date() if hasattr(since, "date") else None
    shop = Shop(retailer_id=retailer.id, name=shop_name, city=city, email=email, authorised_from=begun)
    session.add(shop)
    session.flush()
    return shop.id


class _worded:
    """A refusal becomes the command's error, in words."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, Refused):
            raise click.ClickException(refusal(fault)) from fault


@click.command("serve")
def serve() -> None:
    """Migrate, load the demo the first time (development), then serve with the worker beside it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = app.extensions["settings"]
    with app.app_context():
        flask_migrate.upgrade()
        if not settings.production and not people.anybody(reading()):
            click.echo("Loading the demo: a lab in the middle of a week …", err=True)
            click.echo(demo.seed(300, random_seed=1, house=house()), err=True)
        logins = [] if settings.production else demo.logins(reading())
        if settings.production and not people.anybody(reading()):
            click.echo(
                f"\n  First manager: {settings.base_url}/first-run   setup key {setup_key(settings.secret_key)}",
                err=True,
            )
    click.echo(f"\n  Service Center  {settings.base_url}\n", err=True)
    for email, password, role in logins:
        click.echo(f"  {role:<16} {email}   {password}", err=True)
    click.echo(f"\n  E-mails land in {settings.mail_url}. Ctrl-C stops everything.\n", err=True)
    beside = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--beside", str(os.getpid())])  # nosec B603
    try:
        Server(
            "wsgi:app", address=settings.host, port=settings.port, interface=Interfaces.WSGI, workers=settings.workers,
            blocking_threads=8, log_access=False, respawn_failed_workers=True, workers_kill_timeout=30,
        ).serve()  # fmt: skip
    finally:
        beside.terminate()
        beside.wait(30)
