"""`./dev bench`: prints a table and writes benchmarks/results.json; ours and the floor alternate, the median counts."""

from __future__ import annotations

import json
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import flask_migrate
import pypdfium2 as pdfium
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks import claims, scanning
from benchmarks.floors import papers as paper_floor
from benchmarks.floors import scan_step as scan_floor
from benchmarks.floors import status_page as status_floor
from config import from_environment
from service_center.accounts.actor import Actor
from service_center.accounts.models import Role, User
from service_center.app import create_app
from service_center.core import logs
from service_center.core.database import db
from service_center.core.house import House
from service_center.core.i18n import speaking
from service_center.core.paper import A4
from service_center.demo import load
from service_center.documents import compose, report
from service_center.lab.queries import board, lists
from service_center.labels import bag
from service_center.labels import compose as label_compose
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.warranty.lines import assess_lines

HERE = Path(__file__).parent
TICKETS, ROUNDS, CLAIMS = 10_000, 7, 20_000


@dataclass(frozen=True)
class Result:
    """A row of the table; a ratio above 1 is slower than the floor."""

    name: str
    ours: float
    floor: float | None
    unit: str

    @property
    def ratio(self) -> float | None:
        return None if self.floor is None else self.ours / self.floor


def milliseconds(work: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _time in range(times):
        work()
    return (time.perf_counter() - began) * 1000 / times


def paired(name: str, ours: Callable[[], object], floor: Callable[[], object], times: int) -> Result:
    """Ours and the floor in turn, so that a noisy machine is noisy to both."""
    ours(), floor()
    both = [(milliseconds(ours, times), milliseconds(floor, times)) for _round in range(ROUNDS)]
    return Result(name, statistics.median(a for a, _b in both), statistics.median(b for _a, b in both), "ms")


def slowest(name: str, ours: Callable[[], object], floor: Callable[[], object], times: int) -> Result:
    """What 95 of 100 stay below, ours and the floor in turn."""
    ours(), floor()
    both = [(milliseconds(ours, 1), milliseconds(floor, 1)) for _time in range(times * ROUNDS)]
    own, bare = (sorted(each)[int(len(both) * 0.95)] for each in zip(*both, strict=True))
    return Result(name, own, bare, "ms")


def measured(app: Flask, folder: Path) -> Iterator[Result]:
    """One row after the other."""
    house = app.extensions["house"]
    with app.app_context(), Session(db.engine) as session, speaking("it"):
        code = session.scalars(select(Ticket.code).where(Ticket.status == Status.DELIVERED)).first() or ""
        technician = session.scalars(select(User).where(User.role == Role.TECHNICIAN)).first()
        assert technician
        who = Actor(technician.role.value, technician.id, technician.name)
        page = app.test_client().get(f"/status/{code}").text
        bare = status_floor.make(str(folder / "bench.sqlite"), page).test_client()
        ours = app.test_client()
        yield paired("status_page", lambda: ours.get(f"/status/{code}"), lambda: bare.get(f"/status/{code}"), 30)
        at_bench = scanning.code_at_the_bench(session)
        bench = scanning.AtTheBench(app.test_client(), at_bench, technician.email)
        bare = scan_floor.make(str(folder / "bench.sqlite"), bench.page()).test_client()
        yield slowest("scan_step", bench.scan, lambda: scanning.bare_scan(bare, at_bench), 40)
        raw = "SELECT id, code, status, due_on FROM tickets WHERE status NOT IN ('closed', 'cancelled') ORDER BY due_on LIMIT 49"
        yield paired("board", lambda: (session.expire_all(), board.board(session, reader=who, house=house)), lambda: session.connection().exec_driver_sql(raw).fetchall(), 5)  # fmt: skip
        found = "SELECT t.id, t.code FROM tickets t JOIN customers c ON c.id = t.customer_id WHERE c.name LIKE '%Esposito%' LIMIT 50"
        yield paired("search", lambda: lists.tickets(session, "Esposito", "", page=1, reader=who, house=house), lambda: session.connection().exec_driver_sql(found).fetchall(), 5)  # fmt: skip
        ticket = queries.get(session, code, seen_by=who)
        facts, paper = label_compose.bag_label(ticket, house=house), compose.report(session, ticket, house=house)
        yield paired(
            "label_pdf",
            lambda: bag.draw(facts),
            lambda: paper_floor.label([code, "Orologio"], (176, 82), house.scan_url(code)),
            10,
        )
        document = pdfium.PdfDocument(report.draw(paper))
        lines = [line for sheet in document for line in sheet.get_textpage().get_text_range().splitlines()]
        document.close()
        yield paired("report_pdf", lambda: report.draw(paper), lambda: paper_floor.report(lines, A4), 3)
    batch = list(claims.lines(house.rulebook.newest, CLAIMS))
    yield Result("assess", statistics.median(assessed(batch, house) for _round in range(ROUNDS)), None, "verdicts/s")


def assessed(batch: list[bytes], house: House) -> float:
    """JSON in, JSON out, all claims different: verdicts a second of one core's own time, however busy the machine is."""
    began = time.process_time()
    number = sum(1 for _verdict in assess_lines(batch, house.rulebook))
    return number / (time.process_time() - began)


def main() -> None:
    """Seed, measure, print, write."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        app = create_app(
            from_environment(
                {"INSTANCE": kept, "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite'}", "SECRET_KEY": "bench"}
            )
        )
        logs.configure(logging.WARNING)
        with app.app_context():
            flask_migrate.upgrade()
            sys.stderr.write(load.seed(TICKETS, random_seed=1, house=app.extensions["house"]) + "\n")
        results = list(measured(app, folder))
    for each in results:
        ratio = "" if each.ratio is None else f"{each.ratio:8.1f} ×"
        floor = "" if each.floor is None else f"{each.floor:10.2f}"
        sys.stdout.write(f"{each.name:<14}{each.ours:12.2f}{floor:>12}{ratio:>12}  {each.unit}\n")
    rows = [{**asdict(each), "ratio": each.ratio, "tickets": TICKETS} for each in results]
    (HERE / "results.json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
