"""A Flask app of a few lines with the product's templates and invented people: the look without the rooms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace as Facts
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import BooleanField, FileField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from service_center.core import brand, i18n
from service_center.core.fingerprints import icons
from service_center.tickets.wording.clocks import ClockWords

HOME = Path(__file__).parents[2]
CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
NAMES = {"long": "Costanza Pellegrinetti-Brancaccio di Sant’Agata sul Serchio"}


class Repair(Form):  # type: ignore[misc]
    """One of each field."""

    family = RadioField("Che cos’è?", [InputRequired("Scegli che cos’è")], description="Se non sai, guarda il fondello", choices=[
        SelectChoice("watch", "Orologio", {"icon": "watch", "key": "1", "hint": "a quarzo o automatico"}),
        SelectChoice("smartwatch", "Smartwatch", {"icon": "smartwatch", "key": "2"}),
        SelectChoice("jewel", "Gioiello", {"icon": "jewel", "key": "3"})])  # fmt: skip
    model = StringField(
        "Modello o codice EAN", [InputRequired("Scrivi il modello")], description="Sul cartellino, 13 cifre"
    )
    mark = SelectField("Sul fondello", choices=[SelectChoice("3", "3 ATM"), SelectChoice("5", "5 ATM")])
    words = TextAreaField("Con parole tue")
    crown = RadioField(
        "Tirata e ripremuta la corona, riparte e resta in moto?",
        choices=[SelectChoice("yes", "Sì"), SelectChoice("no", "No")],
    )
    glass = RadioField("Vetro", choices=[SelectChoice(x, x) for x in "ABCDE"])
    receipt = FileField("Foto dello scontrino", description="JPEG, PNG, HEIC o PDF, fino a 10 MB")
    stamped = BooleanField("Certificato timbrato", description="in ogni punto")


def day(number: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, number, hour, 12, tzinfo=UTC)


VERDICTS = [
    Facts(tone="ok", icon="covered", headline="In garanzia", sub="La riparazione è gratuita.", reasons=["Hai chiesto la riparazione prima della scadenza.", "Il guasto è nel movimento: la garanzia lo copre."],
          rules=[("R03", "La data che vale", "#r03"), ("R17", "", "")], clocks=[ClockWords("Garanzia OPS!OBJECTS, fino al", date(2027, 3, 14), "24 mesi dall’acquisto.", "in corso", "ok"), ClockWords("Garanzia legale del venditore, fino al", date(2027, 3, 14), "Ne risponde il negozio.", "in corso", "ok")]),
    Facts(tone="rest", icon="denied", headline="Non coperto", sub="Ti mandiamo un preventivo.", reasons=["Il vetro ha preso un urto."], rules=[("R20", "", "")], clocks=[]),
    Facts(tone="wait", icon="doc", headline="Serve un documento", sub="Manca il timbro.", reasons=[], rules=[], clocks=[]),
]  # fmt: skip
DAYS = Facts(cells=["courier", "lab", "lab", "you", "you", "part", "shop", "lab", "lab"] + ["left"] * 9, now=9, label="6 di 15 giorni lavorativi usati",
             keys=[("lab", 5, "in laboratorio"), ("part", 1, "attesa ricambio"), ("you", 2, "in attesa di te, non contano"), ("shop", 1, "negozio"), ("courier", 1, "corriere")])  # fmt: skip
LONG_DAYS = Facts(cells=["lab"] * 8 + ["you"] * 30 + ["left"] * 7, now=38, label="8 di 15", keys=DAYS.keys)
OFFERS = [
    Facts(action="quote", label="Manda il preventivo", hint="€ 24,00 per il vetro", key="1", primary=True, danger=False, ask="", note="", note_needed=False),
    Facts(action="repair", label="Ripara in garanzia", hint="solo il movimento", key="2", primary=False, danger=False, ask="", note="", note_needed=False),
    Facts(action="back", label="Rendi così", hint="", key="3", primary=False, danger=False, ask="", note="Perché?", note_needed=True),
    Facts(action="cancel", label="Annulla il ticket", hint="", key="4", primary=False, danger=True, ask="#ask", note="", note_needed=False),
]  # fmt: skip
ENTRIES = [
    Facts(headline="Riparazione in corso", at=day(18), who="", note="", open=True),
    Facts(headline="La tua risposta è arrivata", at=day(13, 18), who="", note="Il conto dei giorni è ripartito.", open=False),
    Facts(headline="Arrivato e preso in carico", at=day(9), who="Serena", note="", open=False),
]  # fmt: skip
GAUGES = [
    Facts(start=1.3, end=1.7, low=1.5, high=None, before=1.42, after=1.55),
    Facts(start=-3.0, end=3.0, low=-0.7, high=0.7, before=None, after=-4.2),
]
STATION = Facts(scan_url="/scan", prompt="", last=Facts(at=day(20, 13), words="aperto", code="SR194XPK5GYE", icon=""), place="banco 4",
                flags=[("flag", 1, "sicurezza", "#safety", True), ("clock", 2, "in ritardo", "#late", False)])  # fmt: skip
PERSON = Facts(
    name="Tommaso",
    initials="TS",
    role_word="tecnico",
    nav=[("Riparazioni", "#a", True), ("Spedizioni", "#b", False), ("Impostazioni", "#c", False)],
    more=[("Modelli", "#d", False)],
    sign_out="/out",
)
BADGES = [("Richiesta ricevuta", "rest", "doc"), ("In diagnosi", "work", "search"), ("Preventivo da decidere", "wait", "coin"), ("Attesa ricambio", "part", "part"), ("Pronto", "ok", "check"), ("In ritardo", "stop", "alert")]  # fmt: skip
FACTS = {"verdicts": VERDICTS, "days": DAYS, "long_days": LONG_DAYS, "offers": OFFERS, "entries": ENTRIES, "gauges": GAUGES, "station": STATION, "person": PERSON, "badges": BADGES, "names": NAMES,
         "code": "K7QM2F9DXH3W"}  # fmt: skip


def groups(code: str) -> list[str]:
    return [code[i : i + 4] for i in range(0, len(code), 4)]


def make_look() -> Flask:
    """The app: /<page> renders tests/look/<page>.html; ?wrong=1 with errors, ?language=en in English."""
    app = Flask(
        "service_center", template_folder=str(HOME / "templates"), static_folder=str(HOME / "service_center/static")
    )
    app.secret_key = "look"
    app.jinja_loader = ChoiceLoader([FileSystemLoader(HOME / "templates"), FileSystemLoader(Path(__file__).parent)])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(
        lambda s: i18n._(s),
        lambda s, p, n: i18n.ngettext(s, p, n),
        newstyle=True,
        pgettext=lambda c, s: i18n.pgettext(c, s),
    )  # type: ignore[attr-defined]
    app.add_url_rule("/warranty/rules", "status.rules", lambda: "")
    app.jinja_env.filters |= {
        "day": i18n.day,
        "weekday": i18n.weekday,
        "moment": i18n.moment,
        "clock_time": i18n.clock_time,
        "money": i18n.money,
        "number": i18n.number,
        "groups": groups,
        "phone": i18n.phone,
    }
    app.jinja_env.globals |= {"csrf_token": lambda: "token", "form_number": lambda: "number-of-a-form", "icons": icons}
    web = Blueprint("web", __name__)
    web.add_url_rule("/accent.css", "accent", lambda: Response(":root{--brand:#23458a}", mimetype="text/css"))
    app.register_blueprint(web)
    app.add_url_rule("/panel", "panel", panel, methods=["POST"])
    app.add_url_rule("/<page>", "page", show, methods=["GET", "POST"])
    app.after_request(strict)
    return app


def panel() -> str:
    """The live verdict: the panel alone, without a page around it."""
    macros = current_app.jinja_env.get_template("macros/verdict.html").module
    return str(macros.verdict_panel(VERDICTS[1], live=True))  # type: ignore[attr-defined]


def strict(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = CSP
    return answer


def show(page: str) -> str:
    i18n.speak(request.args.get("language", "it"))
    form = Repair(data={"model": NAMES["long"], "crown": "yes", "glass": "C", "mark": "3", "stamped": True})
    if request.args.get("wrong"):
        form = Repair(formdata=None, data={"model": ""})
        form.validate()
    languages = [
        ("it", "Italiano", "?language=it", i18n.language() == "it"),
        ("en", "English", "?language=en", i18n.language() == "en"),
    ]
    facts: dict[str, Any] = FACTS | {
        "form": form,
        "language": i18n.language(),
        "languages": languages,
        "brand": brand.load(brand.BRANDS / "opsobjects.toml"),
    }
    return render_template(f"{page}.html", **facts)
