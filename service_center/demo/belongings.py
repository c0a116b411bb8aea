"""What hangs on a demo ticket: events, waits, findings, verdicts, pictures, readings, parts, quotes, parcels."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from service_center.core.goods import Stage as Stages
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.demo.draft import Draft, Stage
from service_center.demo.writer import Row, Writer
from service_center.offers.models import Quote
from service_center.parcels.models import Direction, Parcelled, Shipment
from service_center.tickets.bench_models import Check, Custody, Seal
from service_center.tickets.custody import HANDS_TO, Holder, worst
from service_center.tickets.lifecycle import Action
from service_center.tickets.models import Event, Finding, Measurement, PartUsed, Photo, Verdict, Wait


class Belongings:
    """Adds to a ticket what its story left behind."""

    def __init__(self, write: Writer, rng: Random, stage: Stage, house: House) -> None:
        self.write, self.rng, self.stage, self.house = write, rng, stage, house

    def add(self, draft: Draft, ticket_id: int, events: list[Row], record: Row, claim: Row, technician: int) -> None:
        """Events, waits, findings, verdicts, photographs, readings, parts, quotes and parcels of a ticket."""
        write, row, asked = self.write, draft.row, draft.times[0]
        ids = [write.add(Event, {"ticket_id": ticket_id, **event}) for event in events]
        for wait in draft.waits:
            opened, closed = wait.pop("opened_by"), wait.pop("closed_by", None)
            write.add(
                Wait,
                {
                    "ticket_id": ticket_id,
                    "opened_by_event_id": ids[opened - 1],
                    "closed_by_event_id": ids[closed - 1] if closed else None,
                    **wait,
                },
            )
        at = next((e["at"] for e in events if e["action"] is Action.START_DIAGNOSIS), asked)
        for (symptom, component, cause, action), part in zip(draft.findings, record["findings"], strict=True):
            write.add(Finding, {"ticket_id": ticket_id, "symptom": symptom, "component": component, "cause": cause, "action": action, "verdict": part["verdict"],
                                "record": part, "found_at": at, "found_by_id": technician})  # fmt: skip
        write.add(Verdict, {"ticket_id": ticket_id, "made_at": at, "made_by_id": technician if draft.findings else None, "made_by": "demo",
                            "occasion": "finding" if draft.findings else "opened", "claim": claim, "record": record})  # fmt: skip
        for picture in self.rng.sample(self.stage.pictures[draft.family], self.rng.randrange(1, 4)):
            write.add(Photo, {"ticket_id": ticket_id, "stage": "reception" if row.get("received_at") else "asked", "subject": picture.subject, "storage_key": picture.key,
                              "thumb_key": picture.thumb, "sha256": picture.sha256, "width": 1200, "height": 900, "at": asked, "by_id": None})  # fmt: skip
        if row.get("repaired_by_id"):
            self._work(draft, ticket_id, technician)
        self._passed(draft, ticket_id, events)
        self._custody(draft, ticket_id, events, ids)
        self._quote(draft, ticket_id, events, record)
        self._parcel(draft, ticket_id, events)

    def _custody(self, draft: Draft, ticket_id: int, events: list[Row], ids: list[int]) -> None:
        """Through whose hands it went, as the steps say; a shop's item begins and ends there."""
        last = None
        for event, event_id in zip(events, ids, strict=True):
            holder = HANDS_TO.get(event["action"])
            if holder is Holder.CUSTOMER and draft.shop:
                holder = Holder.SHOP
            if holder is None or holder is last:
                continue
            last = holder
            grades = draft.row["condition"] if event["action"] not in (Action.ASK, Action.ANNOUNCE, Action.POST) else {}
            self.write.add(Custody, {"ticket_id": ticket_id, "event_id": event_id, "holder": holder.value, "since": event["at"],
                                     "name": draft.shop["name"] if draft.shop and holder is Holder.SHOP else "", "condition": worst([*grades.values()])})  # fmt: skip

    def _work(self, draft: Draft, ticket_id: int, technician: int) -> None:
        at = draft.times[-1]
        part = self.rng.choice(self.stage.parts[draft.family])
        self.write.add(PartUsed, {"ticket_id": ticket_id, "part_id": part["id"], "code": part["code"], "name": part["name"], "old_part": "recycled",
                                  "price_cents": part["price_cents"], "at": at, "by_id": technician})  # fmt: skip
        if draft.family != "watch":
            return
        for test, before, after, unit, low, high in (
            ("battery_voltage", 1.31, 1.56, "V", 1.5, None),
            ("consumption", 2.4, 1.21, "µA", None, 1.8),
            ("dry_pressure", None, 11.0, "µg/min", None, 50.0),
        ):
            for phase, value in (("before", before), ("after", after)):
                if value is not None:
                    passed = (low is None or value >= low) and (high is None or value <= high)
                    self.write.add(Measurement, {"ticket_id": ticket_id, "test": test, "phase": phase, "value": value, "unit": unit, "low": low, "high": high,
                                                 "passed": passed, "at": at, "by_id": technician})  # fmt: skip

    def _passed(self, draft: Draft, ticket_id: int, events: list[Row]) -> None:
        """The check list and the seal of what passed the final checks and is not over yet."""
        passed = next((e for e in events if e["action"] is Action.PASS_QUALITY), None)
        if passed is None or "closed_at" in draft.row:
            return
        told = {"ticket_id": ticket_id, "at": passed["at"], "by_id": passed["actor_id"]}
        for line in self.house.brand.goods.checks_of(draft.family, Stages.FINAL):
            self.write.add(Check, {**told, "stage": Stages.FINAL.value, "name": line.code, "answer": "ok"})
        if self.house.brand.goods.can_be_sealed(draft.family):
            self.write.add(Seal, {"number": f"{ticket_id:06d}", "item_id": draft.row["item_id"], "ticket_id": ticket_id, "put_at": passed["at"],
                                  "put_by_id": passed["actor_id"]})  # fmt: skip

    def _quote(self, draft: Draft, ticket_id: int, events: list[Row], record: Row) -> None:
        sent = next((e for e in events if e["action"] is Action.SEND_QUOTE), None)
        if sent is None:
            return
        denied = [
            f for f, part in zip(draft.findings, record["findings"], strict=True) if part["verdict"] != "COVERED"
        ] or draft.findings
        lines: list[Any] = [
            {
                "text": "Sostituzione" if f[1] != "plating" else "Lucidatura",
                "cents": 1000 + 100 * self.rng.randrange(5, 40),
                "finding_id": None,
            }
            for f in denied
        ]
        answered = next((e for e in events if e["action"] in (Action.ACCEPT_QUOTE, Action.REFUSE_QUOTE)), None)
        self.write.add(Quote, {"ticket_id": ticket_id, "lines": lines, "total_cents": sum(line["cents"] for line in lines), "currency": "EUR", "vat_percent": 22, "days_needed": 5,
                               "sent_at": sent["at"], "valid_until": civil_day(sent["at"]) + timedelta(days=self.house.brand.setting("quote_valid_days")), "wording": "quote-1",
                               "answer": draft.row["quote_answer"], "answered_at": answered["at"] if answered else None, "answered_by": "", "answered_from": ""})  # fmt: skip

    def _parcel(self, draft: Draft, ticket_id: int, events: list[Row]) -> None:
        left = next((e for e in events if e["action"] is Action.SHIP), None)
        if left is None:
            return
        row = draft.row
        home = row["return_country"] == "IT"
        nine = self.rng.randrange(10**8, 10**9)
        tracking = f"{self.rng.randrange(10**11, 10**12)}" if home else f"{nine}{nine % 7}"
        delivered = next((e["at"] for e in events if e["action"] is Action.DELIVER), None)
        shipment = self.write.add(Shipment, {
            "direction": Direction.OUT, "courier": "brt" if home else "dhl", "tracking": tracking, "booked_at": left["at"], "left_at": left["at"], "delivered_at": delivered,
            "weight_grams": self.rng.randrange(180, 600), "name": row["return_name"], "street": row["return_street"], "postal_code": row["return_postal_code"],
            "city": row["return_city"], "province": row["return_province"], "country": row["return_country"], "phone": row["return_phone"]})  # fmt: skip
        self.write.add(Parcelled, {"shipment_id": shipment, "ticket_id": ticket_id})
