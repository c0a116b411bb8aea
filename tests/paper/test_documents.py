"""Report, slip and quote: everything that was said stands on them, over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from service_center.core.i18n import LANGUAGES, speaking
from service_center.core.paper import A4, A5
from service_center.documents import quote, report, slip
from service_center.documents.gauge import Reading
from service_center.documents.layout import Letterhead
from service_center.documents.quote import Outside, QuotePaper
from service_center.documents.report import Found, Photograph, Priced, Replaced, Report
from service_center.documents.slip import Slip
from service_center.tickets.wording.clocks import ClockWords
from service_center.tickets.wording.days import DayKey, DaysWords
from service_center.tickets.wording.verdicts import Rule, VerdictWords, rights_notice
from tests.paper.reading import (
    ACCENTS,
    LONG,
    NASTY,
    SHOP,
    STREET,
    UNBROKEN,
    Code,
    assert_sound,
    scanned,
    squeezed,
    text,
    texts,
)

SCAN = "https://assistenza.example.it/t/K7QM2F9DXH3C"
HEAD = Letterhead(
    "OPS!OBJECTS Assistenza", ("Diffusione Orologi srl", "Centro Orafo Il Tarì, modulo 178", "P. IVA 12345678903"), "#23458a",
    "K7QM-2F9D-XH3C", SCAN, "418207333", date(2026, 11, 26),
)  # fmt: skip
DAY = date(2026, 11, 20)
STOP = VerdictWords("stop", "denied", "Not covered", "A quote", ("The guarantee excludes this cause.",), (Rule("R20", "wear"),), (ClockWords("Until", DAY, "lab"),))  # fmt: skip
FOUND = Found("Glass broken", "Glass", "Knock or fall", "Glass replaced", STOP, "Decided by Carmela Improta.")
READING = Reading("Rate", "-0.70 to 0.70 s/d", "-2.40 s/d", "0.18 s/d", True, (-3, 3), -0.7, 0.7, (-2.4, 0.18))
BARE = Report(HEAD, "Watch", "Adele", DAY)
SLIP = Slip(
    HEAD,
    datetime(2026, 11, 20, 9, 41, tzinfo=UTC),
    "Adele Fontanarosa",
    "Watch OPSPW-482",
    "Stops now and then",
    pin="123456",
)
QUOTE = QuotePaper(HEAD, "Adele", "Watch", (("Glass", 2400), ("Test", 800)), 3200, "EUR", 22, 5, DAY, date(2026, 12, 20), outside=(Outside("Glass: knock", STOP),))  # fmt: skip
NAMES = [SHOP, STREET, ACCENTS, NASTY, LONG, UNBROKEN]
SPEECH = ("Si ferma la notte, poi riparte; " * 400).strip()


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def jpeg(size: tuple[int, int]) -> bytes:
    held = BytesIO()
    Image.new("RGB", size, "#887766").save(held, "JPEG")
    return held.getvalue()


def full() -> Report:
    return replace(
        BARE, evidence="slip", received_on=DAY, in_charge_on=DAY, due_on=DAY, finished_on=DAY, purchased_on=DAY, proof="receipt", card="complete",
        shop=SHOP, reference="CE-0432", serial="A-1", condition="glass C", accessories="box", complaint="Stops", said="Stops at night.", verdict=STOP,
        findings=(FOUND,) * 10, readings=(READING,) * 4, parts=(Replaced("Battery 377", "P-377", 1, "recycled"),) * 5,
        quote=Priced((("Glass", 2400),), 2400, "EUR", "Accepted.", 2400),
        days=DaysWords((), 0, "", "10 of 15 working days used", (DayKey("lab", 10, "in the lab"),), "Counted.", "", "", 10, 15, None, False),
        repaired_by="T. S.", tested_by="S. M.", tested_on=DAY, courier="BRT", tracking="084119355200", sent_on=DAY,
        pictures=tuple(Photograph(jpeg(size), "front") for size in ((400, 300), (300, 400), (5, 900), (900, 5))),
    )  # fmt: skip


def test_a_report_with_ten_findings_runs_over_numbered_pages(language: str) -> None:
    pdf = report.draw(full())
    pages = texts(pdf)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        page_of = {"it": f"pagina {number} di {len(pages)}", "en": f"page {number} of {len(pages)}"}[language]
        assert squeezed(page_of) in page
        assert "K7QM-2F9D-XH3C" in page
    whole = "".join(pages)
    assert whole.count(squeezed("The guarantee excludes this cause.")) == 10
    assert whole.count(squeezed("R20 wear")) == 10
    for part in (
        "084119355200",
        "S. M.",
        "P-377",
        "Stops at night.",
        "10 of 15 working days used",
        "0.18 s/d",
        rights_notice(),
    ):
        assert squeezed(part) in whole
    assert_sound(pdf, A4, 8)


@pytest.mark.parametrize("dpi", [203, 300])
def test_every_document_scans(dpi: int) -> None:
    for pdf in (report.draw(full()), slip.draw(SLIP), quote.draw(QUOTE)):
        assert scanned(pdf, dpi) == {Code("qr", SCAN)}


def test_a_report_of_hardly_anything_is_one_page() -> None:
    pdf = report.draw(BARE)
    assert len(texts(pdf)) == 1
    assert_sound(pdf, A4, 8)


@pytest.mark.parametrize("name", NAMES)
def test_names_stand_on_papers_in_full(name: str) -> None:
    told = replace(
        full(), customer=name, shop=name, reference=name, serial=name, condition=name, accessories=name, item=name
    )
    pdf = report.draw(told)
    assert text(pdf).count(squeezed(name)) >= 6, "a seventh may go on over the page"
    assert_sound(pdf, A4, 8)
    handed = slip.draw(
        replace(SLIP, customer=name, item=name, shop=name, shop_address=name, clerk=name, reference=name, serial=name)
    )
    assert text(handed).count(squeezed(name)) >= 6
    assert_sound(handed, A5, 6)
    offered = quote.draw(
        replace(QUOTE, customer=name, item=name, serial=name, reference=name, lines=((name, 3200),), complaint=name)
    )
    assert text(offered).count(squeezed(name)) >= 6
    assert_sound(offered, A4, 8)


def test_long_speeches_run_on_and_are_never_cut() -> None:
    stop = replace(STOP, reasons=(SPEECH,))
    reported = report.draw(
        replace(BARE, said=SPEECH, findings=(replace(FOUND, verdict=stop),), parts=(Replaced(SPEECH, "P", 1, ""),))
    )
    handed = slip.draw(replace(SLIP, said=SPEECH))
    offered = quote.draw(replace(QUOTE, lines=((SPEECH, 3200),), complaint=SPEECH, outside=(Outside("Glass", stop),)))
    # every 400 times; the quote says its line twice
    assert [text(pdf).count("riparte") for pdf in (reported, handed, offered)] == [1200, 400, 1600]


def test_a_slip_is_one_page_with_day_hour_pin_and_link(language: str) -> None:
    pdf = slip.draw(SLIP)
    assert len(texts(pdf)) == 1
    stamp = {"it": "20 nov 2026, 10:41", "en": "20 Nov 2026, 10:41"}[language]
    for part in (stamp, "123 456", SCAN, "K7QM-2F9D-XH3C", "Adele Fontanarosa"):
        assert squeezed(part) in text(pdf)
    assert_sound(pdf, A5, 6)
    assert "PIN" not in text(slip.draw(replace(SLIP, pin="")))


def test_a_quote_says_price_tax_days_and_how_to_answer(language: str) -> None:
    pdf = quote.draw(QUOTE)
    said = {
        "it": ("€ 32,00", "€ 5,77", "20 dic 2026", "5 giorni lavorativi"),
        "en": ("€32.00", "€5.77", "20 Dec 2026", "5 working days"),
    }[language]
    for part in (*said, SCAN, "The guarantee excludes this cause.", rights_notice()):
        assert squeezed(part) in text(pdf)
    assert len(texts(pdf)) == 1
    assert_sound(pdf, A4, 8)
    assert "Accepted" in text(quote.draw(replace(QUOTE, answered="Accepted")))


@pytest.mark.parametrize("vat", [0, 4, 10, 22])
@pytest.mark.parametrize("total", [1, 99, 2400, 999_999])
def test_tax_and_net_add_up_to_the_cent(vat: int, total: int) -> None:
    told = replace(QUOTE, total_cents=total, vat_percent=vat)
    net = total - told.vat_cents()
    assert abs(net * (100 + vat) - total * 100) <= (100 + vat) / 2


@pytest.mark.parametrize("content", [b"", b"no picture", jpeg((400, 300))[:300]])
def test_a_picture_that_cannot_be_read_is_left_out(content: bytes) -> None:
    pdf = report.draw(replace(BARE, pictures=(Photograph(content, "front"), Photograph(jpeg((40, 30)), "back"))))
    assert "back" in text(pdf)
    assert "front" not in text(pdf)


def test_a_paper_is_the_same_bytes_each_time() -> None:
    assert report.draw(full()) == report.draw(full())
