"""The rule book on paper: what happens to which part, then every rule with its meaning and what it decides."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from service_center.core.house import House
from service_center.core.i18n import _, pgettext, speaking
from service_center.core.paper import A4, telephone
from service_center.documents.layout import TONES, Letterhead, build, grid, heading, inner, space, table, words
from service_center.tickets.wording import rulebook
from service_center.tickets.wording.rulebook import BookWords, FamilyWords, RuleWords
from service_center.tickets.wording.verdicts import rights_notice
from service_center.warranty.terms import Terms

_WITH_ITS_TITLE = 36 * mm
"""What follows a title on the same page, at least."""
_TIGHT = (
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ("LEFTPADDING", (0, 0), (0, -1), 12),
)


def draw(house: House, terms: Terms, language: str) -> bytes:
    """The PDF of one version of the terms."""
    with speaking(language):
        return build(_head(house, terms), _("The rules of the guarantee"), _story(rulebook.book(house.rulebook, terms)))


def _head(house: House, terms: Terms) -> Letterhead:
    brand, lab = house.brand, house.brand.lab
    address = ", ".join((*lab.lines, f"{lab.postal_code} {lab.city} ({lab.province})"))
    reach = (telephone(lab.phone) if lab.phone else "", brand.email, brand.website)
    return Letterhead(
        name=brand.name, contact=(brand.legal_name, address, " · ".join(part for part in reach if part)), accent=brand.accent,
        code=terms.id, scan=f"{house.base_url}/warranty/rules", number=str(house.rulebook.versions.index(terms) + 1), issued_on=house.today(),
    )  # fmt: skip


def _story(book: BookWords) -> list[Flowable]:
    width = inner(A4)
    story: list[Flowable] = [words(_("Version of the terms: %(version)s", version=f"{book.id}, {book.days}")), space(1)]
    story.append(words(rights_notice(), 8.5, quiet=True))
    for section in book.sections:
        story += [CondPageBreak(_WITH_ITS_TITLE), *heading(section.title)]
        for rule in section.rules:
            story += _rule(rule, width)
    for family in book.families:
        story += _family(family, width)
    return story


def _rule(rule: RuleWords, width: float) -> list[Flowable]:
    title = words(f"{rule.ref}  {rule.title}", 9.5, bold=True)
    told: list[Flowable] = [title, words(rule.text), words(rule.sources, 7.5, quiet=True)]
    rows = [
        [words(each.when, 8, quiet=True), words(each.outcome, 8, bold=True, ink=TONES.get(each.tone))] for each in rule.decides
    ]  # fmt: skip
    decides = [grid(rows, [width * 0.76, width * 0.24], _TIGHT)] if rows else []
    return [KeepTogether(told), *decides, space(1.6)]


def _family(family: FamilyWords, width: float) -> list[Flowable]:
    heads = (pgettext("paper", "Cause"), pgettext("paper", "Part"), pgettext("paper", "What follows"), pgettext("paper", "Rules"))  # fmt: skip
    rows = [
        (fate.cause, fate.parts, words(fate.outcome, 9, bold=True, ink=TONES.get(fate.tone)), " ".join(rule.ref for rule in fate.rules))
        for fate in family.fates
    ]  # fmt: skip
    return [CondPageBreak(_WITH_ITS_TITLE), *heading(_("%(family)s: what happens by which cause", family=family.name)), table(heads, rows, [width * share for share in (0.25, 0.36, 0.25, 0.14)])]  # fmt: skip
