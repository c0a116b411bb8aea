"""Seeding: every ticket takes its story's steps through the lifecycle table, with verdicts of the real rule book and a real chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from sqlalchemy import Connection
from stdnum.iso7064 import mod_37_36

from service_center.accounts.tokens import digest
from service_center.core.house import House
from service_center.core.i18n import ROME, civil_day
from service_center.core.workdays import due
from service_center.demo import names
from service_center.demo.belongings import Belongings
from service_center.demo.draft import Draft, Stage
from service_center.demo.stories import COVERED, STORIES, Story
from service_center.demo.writer import Row, Writer
from service_center.proofs.models import ProofFile, ProofOfPurchase
from service_center.tickets import history
from service_center.tickets.codes import ALPHABET, LENGTH
from service_center.tickets.goods import zones_of
from service_center.tickets.lifecycle import ON_WHOM, Action, Facts, Status, WaitKind, Whom
from service_center.tickets.models import (
    Channel,
    Customer,
    Item,
    Request,
    Ticket,
)
from service_center.tickets.services.assessing import NO_DATE
from service_center.tickets.stepping import step_for
from service_center.warranty.assess import answer

PIN = "246810"
BATCH = 2000
OPENS, CLOSES = 9, 18
BENCH = frozenset(
    {
        Action.START_DIAGNOSIS,
        Action.ASK_DECISION,
        Action.SEND_QUOTE,
        Action.START_REPAIR,
        Action.WAIT_PART,
        Action.REPLACE,
        Action.FINISH,
    }
)
ASKERS = frozenset({Action.ASK, Action.ANNOUNCE, Action.POST, Action.ACCEPT_QUOTE, Action.REFUSE_QUOTE, Action.CANCEL})


class Seeder:
    """Makes tickets out of a random sequence: the same seed, the same lab."""

    def __init__(self, connection: Connection, stage: Stage, house: House, random_seed: int) -> None:
        self.write = Writer(connection)
        self.stage, self.house, self.rng, self.now = stage, house, Random(random_seed), house.now()
        self.belongings = Belongings(self.write, self.rng, stage, house)
        self.pin_hash = digest(PIN)
        self.past: dict[str, list[tuple[int, datetime]]] = {}
        self.step = cache(
            lambda status, action, findings, covered: step_for(
                status, action, Facts(findings=findings, covered=covered)
            )
        )
        self.due = cache(
            lambda day: due(day, house.brand.setting("promise_working_days"), closures=house.brand.closures)
        )

    def run(self, number: int) -> None:
        """Write that many tickets."""
        for done, story in enumerate(self._stories(number), 1):
            self._ticket(story)
            if done % BATCH == 0:
                self.write.flush()
        self.write.finish()

    def _stories(self, number: int) -> Iterator[Story]:
        """Each story in its share, at least three times where there is room, mixed."""
        rest = number - 3 * len(STORIES)
        chosen = [*STORIES] * 3 if rest >= 0 else [*STORIES][:number]
        chosen += self.rng.choices(STORIES, [story.share for story in STORIES], k=max(0, rest))
        self.rng.shuffle(chosen)
        yield from chosen[:number]

    # --- one ticket ------------------------------------------------------------------------------------------------

    def _ticket(self, story: Story) -> None:
        rng = self.rng
        family = "smartwatch" if story.safety else rng.choices(("watch", "smartwatch", "jewel"), (5, 3, 3))[0]
        shop = rng.choice(self.stage.shops) if rng.random() < 0.55 and Action.HAND_IN not in story.steps else None
        draft = Draft(
            story, self._code(), family, shop, [rng.choice(table[family]) for table in story.found], self._times(story)
        )
        asked = draft.times[0]
        symptom, words = rng.choice(names.COMPLAINTS[family])
        if story.safety:
            symptom, words = "S21", "Scotta sul retro e lo schermo si è sollevato."
        model = rng.choice(self.stage.models[family])
        item_id = self._item(draft, model, asked)
        proof_id, claim = self._proof(draft, asked, model)
        self._person(draft, asked)
        draft.row |= {
            "code": draft.code, "number": rng.randrange(10**8, 10**9), "version": len(story.steps), "item_id": item_id, "proof_id": proof_id,
            "shop_id": shop["id"] if shop else None, "retailer_id": shop["retailer_id"] if shop else None,
            "shop_reference": f"{shop['province']}-{rng.randrange(100, 9999):04d}" if shop else "", "pin_hash": self.pin_hash,
            "symptoms": [symptom], "words": words, "tampering": _tampering(story), "second_hand": False, "safety": story.safety,
            "accessories": rng.choice((["box", "booklet"], ["charger"] if family == "smartwatch" else ["box"], [])),
            "condition": {}, "requested_at": asked, "location": "", "quote_answer": None,
        }  # fmt: skip
        record = self._record(draft, claim, model)
        draft.row |= {
            "verdict": record["verdict"],
            "reason": record["reason"],
            "last_covered_day": record["last_covered_day"] and date.fromisoformat(record["last_covered_day"]),
        }
        self._walk(draft, record, claim)

    def _code(self) -> str:
        symbols = "".join(self.rng.choices(ALPHABET, k=LENGTH - 1))
        return symbols + mod_37_36.calc_check_digit(symbols, alphabet=ALPHABET)

    def _times(self, story: Story) -> list[datetime]:
        """When each step was taken, the first one first, in working hours and never in the future."""
        rng = self.rng
        moment = self.now - timedelta(days=rng.uniform(0.05, story.rest))
        times = [moment]
        for step in reversed(story.steps[1:]):
            gap = 26 if story.late and step is Action.START_DIAGNOSIS else rng.uniform(0.1, 2.5)
            moment -= timedelta(days=gap)
            times.append(moment)
        times.reverse()
        return self._in_working_hours(times)

    def _in_working_hours(self, times: list[datetime]) -> list[datetime]:
        """The same moments by day, one after the other, none of them later than now."""
        moved: list[datetime] = []
        for moment in times:
            local = moment.astimezone(ROME)
            if not OPENS <= local.hour < CLOSES:
                local = local.replace(hour=OPENS + int(moment.timestamp()) % (CLOSES - OPENS))
            while local > self.now:
                local -= timedelta(days=1)
            if moved and local <= moved[-1]:
                local = min(moved[-1] + timedelta(minutes=7), self.now)
            moved.append(local)
        return moved

    def _item(self, draft: Draft, model: Row, asked: datetime) -> int:
        """A new thing, or one that was here before: repeat visits."""
        before = self.past.setdefault(draft.family, [])
        if before and self.rng.random() < 0.06:
            item_id, finished = self.rng.choice(before)
            if finished < asked:
                return item_id
        serial = f"{self.rng.randrange(16**8):08X}" if draft.family == "smartwatch" else ""
        item_id = self.write.add(
            Item, {"family": draft.family, "model_id": model["id"], "serial": serial, "water_mark": model["water_mark"], "created_at": asked}
        )  # fmt: skip
        if draft.story.steps[-1] is Action.CLOSE:
            before.append((item_id, draft.times[-1]))
        return item_id

    def _proof(self, draft: Draft, asked: datetime, model: Row) -> tuple[int, Row]:
        """Its proof of purchase, and the dates and papers of the claim."""
        rng, story = self.rng, draft.story
        back = rng.randrange(760, 1100) if story.papers == "out" else rng.randrange(25, 660)
        bought = civil_day(asked) - timedelta(days=back)
        from_shop = draft.shop is not None or rng.random() < 0.5
        seller = "authorised_retailer" if from_shop else rng.choice(("own_shop", "marketplace"))
        if story.papers == "elsewhere":
            seller = "unlisted_retailer"
        card = ("unstamped" if story.papers == "missing" else "complete") if from_shop else "absent"
        kind = "illegible" if story.papers == "missing" and not from_shop else ("receipt" if from_shop else "invoice")
        seller_name = (
            draft.shop["name"]
            if draft.shop
            else (
                "opsobjects.com"
                if seller == "own_shop"
                else "Amazon"
                if seller == "marketplace"
                else "Gioielleria Esempio Caserta"
            )
        )
        proof_id = self.write.add(
            ProofOfPurchase,
            {"kind": kind, "seller": seller, "seller_name": seller_name, "shop_id": draft.shop["id"] if draft.shop else None, "purchased_on": bought,
             "number": f"0412-{rng.randrange(1, 9999):04d}", "total_cents": model["list_price_cents"], "currency": "EUR", "card": card, "created_at": asked},
        )  # fmt: skip
        picture = rng.choice(self.stage.pictures["receipt"])
        self.write.add(
            ProofFile,
            {"proof_id": proof_id, "storage_key": picture.key, "preview_key": picture.key, "thumb_key": picture.thumb, "media_type": "image/jpeg",
             "sha256": hashlib.sha256(draft.code.encode()).hexdigest(), "width": 1200, "height": 900, "pages": 1, "added_at": asked, "name": "scontrino.jpg"},
        )  # fmt: skip
        claim = {"id": draft.code, "family": draft.family, "seller": seller, "purchased_on": bought.isoformat(), "requested_at": asked.astimezone(ROME).isoformat(),
                 "request_evidence": "retailer_slip" if draft.shop else "own_contact", "proof": kind, "card": card, "water_mark": model["water_mark"],
                 "tampering": _tampering(story)}  # fmt: skip
        return proof_id, claim

    def _person(self, draft: Draft, asked: datetime) -> None:
        """Who asked, and where it goes back to: the shop, or the customer at home or abroad."""
        rng, row, shop = self.rng, draft.row, draft.shop
        language = "it"
        name, phone = f"{rng.choice(names.FIRST)} {rng.choice(names.LAST)}", f"+39333{rng.randrange(10**6, 10**7)}"
        street, (postal_code, city, province), country = rng.choice(names.STREETS), rng.choice(names.TOWNS), "IT"
        if shop is None and rng.random() < 0.25:
            name, street, postal_code, city, country, phone = rng.choice(names.ABROAD)
            province, language = "", "en"
        email = f"cliente{rng.randrange(10**6)}@posta.example" if rng.random() < 0.85 else ""
        row["customer_id"] = self.write.add(
            Customer, {"name": name, "email": email, "phone": phone, "language": language, "created_at": asked}
        )
        channel = (
            Channel.RETAILER
            if shop
            else Channel.COUNTER
            if Action.HAND_IN in draft.story.steps
            else rng.choice((Channel.WEB, Channel.WEB, Channel.PHONE, Channel.EMAIL))
        )
        row["request_id"] = self.write.add(
            Request, {"requested_at": asked, "evidence": "retailer_slip" if shop else "own_contact", "channel": channel, "entered_at": asked}
        )  # fmt: skip
        row["language"] = language
        to = (
            (shop["name"], shop["street"], shop["postal_code"], shop["city"], shop["province"], "IT", shop["phone"])
            if shop
            else (name, street, postal_code, city, province, country, phone)
        )
        row |= dict(
            zip(
                (
                    "return_name",
                    "return_street",
                    "return_postal_code",
                    "return_city",
                    "return_province",
                    "return_country",
                    "return_phone",
                ),
                to,
                strict=True,
            )
        )

    def _record(self, draft: Draft, claim: Row, model: Row) -> Row:
        claim["findings"] = [{"component": component, "cause": cause} for _s, component, cause, _a in draft.findings]
        return answer(claim, self.house.rulebook).as_dict() if claim["purchased_on"] else {**NO_DATE}

    # --- its life --------------------------------------------------------------------------------------------------

    def _walk(self, draft: Draft, record: Row, claim: Row) -> None:
        """Take the story's steps; the ticket's row is written with what they left on it."""
        row, status = draft.row, None
        technician = self.rng.choice(self.stage.technicians)
        tester = next(t for t in self.stage.technicians if t != technician)
        events: list[Row] = []
        previous = history.BEGINNING
        covered = sum(f["verdict"] == "COVERED" for f in record["findings"])
        for seq, (action, at) in enumerate(zip(draft.story.steps, draft.times, strict=True), 1):
            step = self.step(status, action, len(draft.findings), covered)
            if step is None:
                raise LookupError(f"{draft.story.name}: {action.value} is not foreseen from {status}")
            target = step.to if isinstance(step.to, Status) else status
            assert target is not None
            by = tester if action is Action.PASS_QUALITY else technician if action in BENCH else self.stage.front_desk
            kind, who = (
                ("customer", None)
                if action in ASKERS
                else ("technician" if by != self.stage.front_desk else "front_desk", by)
            )
            link = history.link_digest(
                draft.code,
                seq,
                at,
                f"{kind}:{who or ''}",
                action.value,
                status.value if status else None,
                target.value,
                "",
                previous,
            )
            events.append(
                {
                    "seq": seq,
                    "at": at,
                    "actor_kind": kind,
                    "actor_id": who,
                    "action": action,
                    "source": status,
                    "target": target,
                    "previous": previous,
                    "digest": link,
                }
            )
            self._leave(draft, action, at, technician, tester)
            for wait in draft.waits:
                if wait["kind"] in step.closes and wait.get("closed_at") is None:
                    wait |= {"closed_at": at, "closed_by": seq}
            draft.waits += [self._wait(draft, kind, at, seq, {}) for kind in step.opens]
            if seq == 1 and record["needs"] and not draft.findings:
                draft.waits.append(self._wait(draft, WaitKind.PAPERS, at, seq, self._asked(at, record["needs"])))
            if seq == 1 and draft.story.safety:
                draft.waits.append(self._wait(draft, WaitKind.DECISION, at, seq, {"why": "safety"}))
            previous, status = link, target
        row["status"] = status
        ticket_id = self.write.add(Ticket, row)
        self.belongings.add(draft, ticket_id, events, record, claim, technician)

    def _asked(self, at: datetime, needs: list[str]) -> dict[str, object]:
        """What is asked for, and until when where that day is still to come."""
        until = civil_day(at) + timedelta(days=self.house.brand.setting("proof_deadline_days"))
        named: dict[str, object] = {"needs": needs, "asked_at": at.isoformat()}
        return named | ({"until": until.isoformat()} if until >= self.house.today() else {})

    def _wait(self, draft: Draft, kind: WaitKind, at: datetime, seq: int, detail: Row) -> Row:
        whom = ON_WHOM[kind] or (Whom.SHOP if draft.shop else Whom.CUSTOMER)
        return {"kind": kind, "on_whom": whom, "opened_at": at, "opened_by": seq, "detail": detail}

    def _leave(self, draft: Draft, action: Action, at: datetime, technician: int, tester: int) -> None:
        """What a step leaves on the ticket's row."""
        row = draft.row
        if action in (Action.RECEIVE, Action.HAND_IN):
            row |= {
                "received_at": at,
                "location": f"{self.rng.choice('ABCD')}-{self.rng.randrange(1, 40):02d}",
                "condition": {zone: self.rng.choice("ABC") for zone in zones_of(draft.family)[:2]},
            }
        elif action is Action.TAKE_IN_CHARGE:
            row |= {"day_zero": civil_day(at), "due_on": self.due(civil_day(at))}
        elif action is Action.START_DIAGNOSIS:
            row["claimed_by_id"] = technician
        elif action is Action.FINISH:
            row |= {"repaired_by_id": technician, "claimed_by_id": None}
        elif action is Action.PASS_QUALITY:
            row |= {"tested_by_id": tester, "finished_at": at}
        elif action is Action.CLOSE_UP:
            row["finished_at"] = at
        elif action in (Action.ACCEPT_QUOTE, Action.REFUSE_QUOTE):
            row["quote_answer"] = "accepted" if action is Action.ACCEPT_QUOTE else "refused"
        elif action in (Action.CLOSE, Action.CANCEL):
            row["closed_at"] = at


assert COVERED.keys() == names.COMPLAINTS.keys()


def _tampering(story: Story) -> str:
    return "opened_by_third_party" if story.papers == "opened" else "none"
