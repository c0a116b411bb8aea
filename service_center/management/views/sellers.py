"""Who sells: retailers, their shops, and the days from and to which a stamp counts (R12)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, managers
from service_center.accounts.models import Retailer, Shop
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _, ngettext
from service_center.management.forms.sellers import RetailerForm, ShopForm
from service_center.management.services import sellers as services
from service_center.management.services.sellers import Change
from service_center.management.views.room import room
from service_center.tickets.wording import verdicts
from service_center.tickets.wording.refusals import refusal


@room.route("/retailers", methods=["GET", "POST"])
@managers
def shops() -> Any:
    """Retailers with their shops; adding a retailer."""
    form = RetailerForm(request.form)
    if request.method == "POST" and form.validate():
        with transaction() as session:
            retailer = services.add_retailer(
                session,
                name=form.name.data,
                vat_number=form.vat_number.data or "",
                email=form.email.data,
                now=house().now(),
            )
        flash(_("Saved. Now add the first shop."), "ok")
        return redirect(url_for("management.new_shop", retailer_id=retailer.id))
    words = request.args.get("q", "").replace("\0", "")[:200]
    page = render_template(
        "management/retailers.html", form=form, retailers=_found(words), q=words, sellers=house().brand.sellers
    )
    return page, 422 if request.method == "POST" else 200


def _found(words: str) -> list[tuple[Retailer, list[Shop]]]:
    """Retailers with their shops; of a search, what it found."""
    everybody = [(retailer, list(retailer.shops)) for retailer in accounts.retailers(reading())]
    if not words.strip():
        return everybody
    wanted = {shop.id for shop in accounts.sellers_like(reading(), words)}
    found = [(retailer, [shop for shop in shops if shop.id in wanted]) for retailer, shops in everybody]
    return [(retailer, shops) for retailer, shops in found if shops]


@room.route("/retailers/<int(max=2147483647):retailer_id>/shops/new", methods=["GET", "POST"])
@managers
def new_shop(retailer_id: int) -> Any:
    """Add a shop to a retailer."""
    retailer = reading().get(Retailer, retailer_id)
    if retailer is None:
        raise NotFound
    return _shop_page(Shop(retailer_id=retailer.id, country="IT"), retailer.name)


@room.route("/retailers/shops/<int(max=2147483647):shop_id>", methods=["GET", "POST"])
@managers
def shop(shop_id: int) -> Any:
    """A shop's facts and the days of its authorisation."""
    found = reading().get(Shop, shop_id)
    if found is None:
        raise NotFound
    return _shop_page(found, found.retailer.name)


def _shop_page(found: Shop, retailer: str) -> Any:
    """The form; other days that change open repairs are saved only after a yes to exactly those days."""
    form, more, planned = ShopForm(request.form, obj=found), list[tuple[str, str]](), list[Change]()
    agreed = f"{form.authorised_from.data}…{form.authorised_to.data}"
    if request.method == "POST" and form.validate():
        planned = _planned(found, form)
        if not planned or request.form.get("agreed") == agreed:
            try:
                return _saved(found, form)
            except Refused as no:
                more, planned = [(no.field or "", refusal(no))], []
    page = render_template(
        "management/shop.html", form=form, more=more, retailer=retailer, new=found.id is None, agreed=agreed,
        changes=[(c.ticket, verdicts.outcome(c.before), verdicts.outcome(c.after)) for c in planned],
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _planned(found: Shop, form: ShopForm) -> list[Change]:
    """The open repairs that would be judged otherwise."""
    begins, ends = form.authorised_from.data, form.authorised_to.data
    if found.id is None or (begins, ends) == (found.authorised_from, found.authorised_to):
        return []
    return [c for c in services.changes(reading(), found.id, begins, ends, house=house()) if c.visible]


def _saved(found: Shop, form: ShopForm) -> Any:
    with transaction() as session:
        own = session.get_one(Shop, found.id) if found.id else Shop(retailer_id=found.retailer_id, country="IT")
        facts = {
            field.name: field.data if field.data is not None or field.name.startswith("authorised") else ""
            for field in form
        }
        services.save_shop(session, own, **facts | {"province": (form.province.data or "").upper()})
        number = services.judge_again(session, own, actor=actor(), now=house().now(), house=house())
    again = ngettext("%(num)s repair was judged again.", "%(num)s repairs were judged again.", number) if number else ""
    flash(" ".join(each for each in (_("Saved."), again) if each), "ok")
    return redirect(url_for("management.shops"))
