"""The people of the stories, and what each does at a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect

from service_center.tickets import codes

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def picture(name: str, content: bytes) -> dict[str, object]:
    """A file as a browser hands it over."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


@dataclass
class Person:
    """Somebody at a screen of their own."""

    page: Page

    def opens(self, address: str) -> None:
        self.page.goto(address)

    def reads(self, *words: str) -> None:
        """These words stand on the page."""
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)

    def does_not_read(self, *words: str) -> None:
        for each in words:
            expect(self.page.locator("body")).not_to_contain_text(each)

    def types(self, **fields: str) -> None:
        for name, words in fields.items():
            self.page.fill(f"main [name={name}]", words)

    def types_the_day(self, name: str, day: date) -> None:
        for box, part in zip(
            self.page.locator(f"main [name={name}]").all(), (day.day, day.month, day.year), strict=True
        ):
            box.fill(str(part))

    def picks(self, name: str, value: str) -> None:
        """A choice of a group, or a row of a list."""
        field = self.page.locator(f"main [name={name}]").first
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
            return
        self.page.locator(f"main [name={name}][value='{value}']").check(force=True)

    def shows(self, name: str, content: bytes, file: str = "IMG_2041.JPG") -> None:
        """A photograph from the phone."""
        self.page.locator(f"main [name={name}]").set_input_files(picture(file, content))  # type: ignore[arg-type]

    def presses(self, words: str) -> None:
        """A button or a link with these words."""
        self.page.locator("button, main a, summary").filter(has_text=words).filter(visible=True).first.click()

    def unfolds(self, form: Locator) -> None:
        """Open what a form is folded into."""
        if not form.is_visible():
            form.locator("xpath=ancestor::details[1]/summary").click()

    def pdf(self, address: str) -> bytes:
        """A paper, as the browser gets it."""
        answer = self.page.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        return answer.body()

    def goes_on(self) -> None:
        self.page.locator("main button.primary[type=submit], main a.btn.primary").first.click()


class Customer(Person):
    """On a phone, once."""

    def asks_for_a_repair(self, *, family: str, model: str, symptoms: tuple[str, ...], words: str, shop: str) -> None:
        """Up to the question about the papers."""
        self.opens("/repairs/new")
        self.goes_on() if self.page.locator("[name=family]").count() == 0 else None
        self.picks("family", family)
        self.types(model=model)
        self.goes_on()
        for symptom in symptoms:
            self.picks("symptoms", symptom)
        self.types(words=words)
        self.goes_on()
        if "/tips" in self.page.url:
            self.presses("Non è servito")
        self.picks("seller", "shop")
        self.types(shop_name=shop)
        self.goes_on()

    def says_who_they_are(
        self, *, name: str, email: str, street: str, postal_code: str, city: str, province: str
    ) -> None:
        self.types(name=name, email=email, street=street, postal_code=postal_code, city=city, province=province)
        self.goes_on()

    def code(self) -> str:
        """The first ticket code on the page."""
        found = CODE.search(self.page.locator("main").inner_text().replace("\n", ""))
        assert found, self.page.locator("main").inner_text()
        return found[0]


class Bench(Person):
    """With a scanner in hand."""

    def scans(self, code: str) -> None:
        """The label's QR, as the scanner types it: the address of the ticket and Enter."""
        self.page.locator("#scan").fill(f"https://lab.example/t/{codes.parse(code)}")
        self.page.locator("#scan").press("Enter")
        self.page.wait_for_load_state()

    def scans_label(self, number: str) -> None:
        """A courier's label."""
        self.page.locator("#scan").fill(number)
        self.page.locator("#scan").press("Enter")
        self.page.wait_for_load_state()

    def scans_card(self, card: str) -> None:
        """A command card."""
        self.scans_label(card)

    def does(self, words: str, note: str = "") -> None:
        """An action of the ticket's menu."""
        self.page.locator(".actions button, .actions summary, .actions a").filter(has_text=words).filter(
            visible=True
        ).first.click()
        if note:
            self.page.locator("details[open] textarea[name=note]").fill(note)
            self.page.locator("details[open] button[type=submit]").filter(visible=True).last.click()
        self.page.wait_for_load_state()

    def notes_a_finding(self, symptom: str, component: str, cause: str, work: str) -> None:
        form = self.page.locator("form.finding-form")
        self.unfolds(form)
        for name, value in (("symptom", symptom), ("component", component), ("cause", cause), ("work", work)):
            form.locator(f"[name={name}]").select_option(value)
        form.locator("button.primary").click()
        self.page.wait_for_load_state()

    def uses_a_part(self, code: str, old_part: str = "recycled") -> None:
        """A part goes in; the old one is recycled."""
        form = self.page.locator("form[action$='/parts']")
        self.unfolds(form)
        form.locator("[name=part]").fill(code)
        form.locator("[name=old_part]").select_option(old_part)
        form.locator("button[type=submit]").click()
        self.page.wait_for_load_state()

    def runs_the_final_checks(self, code: str, *, good: bool = True, **readings: str) -> None:
        """The final checks, with what was read."""
        self.opens(f"/lab/tickets/{code}/quality")
        self.types(**{f"reading_{test}": value for test, value in readings.items()})
        for answer in self.page.locator("input[name^=check_][value=ok]").all():
            answer.check(force=True)
        self.page.locator(f"button[name=end][value={'pass' if good else 'fail'}]").click()
        self.page.wait_for_load_state()

    def sees_whole_cards(self) -> None:
        """Nothing sticks out of what is compared."""
        cut = "each => [...each.querySelectorAll('.side')].filter(side => side.scrollWidth > side.clientWidth).length"
        assert self.page.locator("main").evaluate(cut) == 0

    def makes_the_parcel(self, code: str, weight: str = "240") -> None:
        """The parcel for this ticket, at the dispatch."""
        self.opens("/lab/dispatch")
        box = self.page.locator("ol.addresses > li").filter(
            has=self.page.locator(f"input[value='{codes.parse(code)}']")
        )
        box.locator("[name=weight]").fill(weight)
        box.locator("button[type=submit]").click()
        self.page.wait_for_load_state()

    def receives(self, code: str, *, place: str = "A-01", water_mark: str = "unknown") -> None:
        """A parcel is unpacked."""
        self.opens("/lab/reception")
        self.scans(code)
        if "/reception/" not in self.page.url:
            self.opens(f"/lab/reception/{code}")
        self.picks("water_mark", water_mark)
        self.types(place=place)
        self.does("Ricevuto")

    def quotes(self, code: str, *lines: tuple[str, str], days: str = "5") -> None:
        """What is not covered, and what it costs."""
        self.opens(f"/lab/tickets/{code}/quote")
        for number, (what, amount) in enumerate(lines):
            self.types(**{f"text_{number}": what, f"amount_{number}": amount})
        self.types(days_needed=days)
        self.page.locator("main form button.primary").click()
        self.page.wait_for_load_state()


class Clerk(Person):
    """With a queue at the counter."""

    def takes_in(
        self,
        *,
        family: str,
        model: str,
        symptom: str,
        bought: date,
        card: str,
        receipt: bytes,
        name: str,
        email: str,
        reference: str,
    ) -> str:
        """One page; returns the ticket's code."""
        self.opens("/retailer/new")
        self.picks("family", family)
        self.types(model=model)
        self.picks("symptom", symptom)
        self.types_the_day("purchased_on", bought)
        self.picks("proof", "receipt")
        self.picks("card", card)
        self.shows("receipt", receipt)
        self.types(name=name, email=email, reference=reference)
        self.reads("Per quanto sappiamo ora, coperto dalla garanzia")
        self.page.locator(
            "main form[data-main] button.primary[type=submit], main form button.primary[type=submit]"
        ).last.click()
        self.page.wait_for_load_state()
        found = CODE.search(self.page.locator("main").inner_text().replace("\n", ""))
        assert found, self.page.locator("main").inner_text()
        return found[0]

    def sends_off(self, courier: str, number: str) -> None:
        """The parcel left the shop."""
        form = self.page.locator("form[action$='/post']")
        self.unfolds(form)
        form.locator("[name=courier]").select_option(courier)
        form.locator("[name=tracking]").fill(number)
        form.locator("button[type=submit]").click()
        self.page.wait_for_load_state()
