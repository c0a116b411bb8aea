"""Why not, in a sentence that says what to do: one for every code with which a service refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from service_center.core.errors import Refused
from service_center.core.i18n import Later, country, day, later, money, ngettext
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.wording.actions import action
from service_center.tickets.wording.statuses import status
from service_center.tickets.wording.vocabulary import check

_SENTENCES: dict[str, Later] = {
    # a form sent twice
    "form_done_before": later("This page was sent already, with other words: what was sent first is saved. Open the page again, look, and send what is missing."),
    "form_being_done": later("The same page was sent twice at once. Open it again and look before you send it once more."),
    # a step of the lifecycle
    "not_from_here": later("“%(action)s” is not possible while the ticket is “%(status)s”. Reload the page to see what is."),
    "nothing_to_stop": later("Nothing is here that is not stopped already."),
    "nothing_stands_still": later("Nothing stands still any more."),
    "not_within_days": later("Choose a day between today and %(days)s days ago."),
    "no_papers_missing": later("No papers are missing any more."),
    "choice_open": later("The customer has not chosen a replacement yet. Wait for the answer or take the offer back."),
    "no_open_choice": later("There is no replacement to choose from any more. Reload the page."),
    "no_open_complaint": later("No complaint waits for an answer."),
    "not_flagged": later("It is not flagged for safety any more."),
    "safety_open": later("It is flagged for safety and may not leave by courier. A manager ends the flag or arranges another way."),
    "flagged_already": later("This danger is with the lab already: a person was told at once. What you must do now stands on this page."),
    "hazard_unknown": later("Choose what it does: one of those shown."),
    "ending_unknown": later("Choose what became of it: one of those shown."),
    "place_needed": later("Write where it lies apart: the fire-safe box or the shelf."),
    "ground_only": later("%(courier)s flies: an item whose battery may be damaged travels on the ground alone. Choose another courier."),
    "choice_unknown": later("Choose: repair or replacement."),
    "choice_over": later("The work has begun, so the choice stays as it is. Write to us if you see it differently."),
    "not_yours_to_do": later("“%(action)s” is somebody else's to do. Ask a colleague who may."),
    "note_needed": later("Write a few words: why, or what exactly."),
    "nothing_to_undo": later("There is no step left that can be undone."),
    "papers_missing": later("The papers are not complete: the days begin to count when they are. Confirm the proof or wait for it."),
    "no_findings": later("Nothing was found yet: note at least one finding first."),
    "nothing_to_repair": later("Nothing is covered and no quote was accepted: send a quote, or return the item as it is."),
    "nothing_to_pay": later("Everything is covered: there is nothing to quote."),
    "quote_open": later("A quote still waits for its answer: wait for it first."),
    "no_open_quote": later("There is no quote to answer: it may have been answered already. Reload the page."),
    "part_missing": later("A part is still awaited: note that it came first."),
    "checks_missing": later("Not answered yet: %(checks)s. Tap the answers, or scan the cards of these checks."),
    "checks_failed": later("Not in order: %(checks)s. Send it back to the bench, or ask a manager to sign for it."),
    "seal_missing": later("It is not sealed yet: close it with a seal, then scan the seal or type its number."),
    "checks_closed": later("The check lists are answered on the bench and in the final checks."),
    "check_unknown": later("Answer each check with one of the three words shown."),
    "nothing_to_sign": later("Nothing of this keeps the item here any more. Reload the page."),
    "seal_unreadable": later("This is no seal's number: 3 to 20 letters and figures. Scan the seal again."),
    "seal_not_now": later("A seal closes an item after the repair: in the final checks or when it is packed up."),
    "seal_not_here": later("An item of this kind is not sealed."),
    "seal_used": later("Seal %(number)s was used already: take a new one."),
    "no_seal_before": later("It left without a seal the last time."),
    "seal_answer_unknown": later("Choose how the seal looks: one of the words shown."),
    "not_in_house": later("It is not in the house: nobody can have it in hand."),
    "colleague_unknown": later("Choose a colleague of the lab: one of those shown."),
    "shift_note_length": later("Write one to %(lines)s lines, %(longest)s characters at most."),
    "another_person_tests": later("Whoever repaired it does not test it: ask a colleague for the final checks."),
    "not_on_the_bench": later("Findings are noted while the item is on the bench: start the diagnosis first."),
    "finding_gone": later("This finding is no longer there, or is decided already. Reload the page."),
    "finding_impossible": later("This component cannot fail by this cause, or the dates of the purchase cannot be right. Check both."),
    "decision_unknown": later("Choose what you decide: one of those shown."),
    "decided_so_already": later("It is so by the rules already: there is nothing to decide."),
    "covered_anyway": later("It is covered: a courtesy is not needed."),
    "cost_needed": later("Write what it costs, or the minutes at the bench: between 1 cent and 10,000 euros."),
    "budget_spent": later("It costs %(cost)s and the budget of this season has only %(left)s left: choose another budget, or write why it is granted all the same."),
    "budget_missing": later("No budget is set for this season: set one, or write why it is granted all the same."),
    "season_unknown": later("Choose a season: one of those shown."),
    "proof_impossible": later("These dates cannot be right: the purchase lies after the request, or the guarantee did not exist yet. Check the papers."),
    "action_unknown": later("Choose what to do: one of the buttons shown."),
    # what came out of the parcel
    "contents_settled": later("The days in which the contents could be questioned are over. Write to us all the same: a person reads it."),
    "contents_asked": later("You have already told us, and a person is looking into it. Add what else there is as a message."),
    "no_open_objection": later("There is nothing to answer about the contents: somebody has answered already."),
    "parcel_checked": later("This parcel was gone through already. Scan the item: what comes later is taken in by itself."),
    "seal_unknown": later("Choose how the tape was: intact, broken or missing."),
    "camera_full": later("%(number)s photographs came over this link: show a new code at the bench."),
    "sender_needed": later("Write who sent it: what stands on the parcel is enough."),
    "bench_name_taken": later("There is a bench of this name: end it first, or choose another name."),
    # asking for a repair
    "no_items": later("Name at least one item."),
    "requested_in_future": later("The day of the request lies in the future: write the day on which somebody asked."),
    "country_not_served": later("We do not ship to %(country)s: give an address in another country."),
    "sent_already": later("This page was sent already: the ticket is in the list."),
    "family_unknown": later("Choose what it is: one of those shown."),
    "model_of_another_family": later("The model %(model)s is another kind of product: check the model or what it is."),
    # the bench
    "test_unknown": later("This item has no such test: choose one of those shown."),
    "value_impossible": later("This reading is impossible: check the figure and its decimal sign."),
    "old_part_unknown": later("Say what becomes of the old part: recycled, returned or analysed."),
    "quantity_impossible": later("The quantity is between 1 and 50."),
    "part_of_another_family": later("This part belongs to another kind of product: scan the right one."),
    "stage_unknown": later("Say when the photograph was taken: reload the page and take it again."),
    "condition_unknown": later("Give each zone a grade from A to E."),
    # quotes
    "quote_empty": later("A quote needs at least one line, and each line its words."),
    "amount_impossible": later("Each amount is more than zero and at most ten thousand euros."),
    "days_impossible": later("The days needed are between 1 and 120."),
    "quote_over": later("The quote was valid until %(valid_until)s. Write to us and we make a new one."),
    # replacements and things that were here before
    "replacement_unbooked": later("The new item is not booked yet: scan its model and its serial number first."),
    "replacement_why": later("Say why the item is not repaired: one of the reasons shown."),
    "replacement_none": later("Choose at least one item to offer."),
    "replacement_too_many": later("Offer at most %(number)s items: more make the choice harder."),
    "replacement_refused_before": later("The customer refused a replacement: a manager looks for another way now."),
    "replacement_by_manager": later("Only a manager may offer an item of another kind or of less value."),
    "replacement_not_current": later("This model is no longer in the range: choose one of those shown."),
    "replacement_of_another_family": later("%(model)s is another kind of product: only a manager may offer it, with the customer's consent."),
    "replacement_price_unknown": later("Nobody knows what the item was worth: only a manager may offer something else than the same model."),
    "replacement_of_less_value": later("%(model)s is worth less than the customer's item: only a manager may offer it, with the customer's consent."),
    "replacement_not_comparable": later("%(model)s cannot do what the customer's item does: only a manager may offer it, with the customer's consent."),
    "replacement_not_offered": later("Choose one of the items shown."),
    "replacement_not_chosen": later("No replacement was chosen, or the item has left the bench. Reload the page."),
    "replacement_of_another_model": later("This is not what was chosen: %(model)s was. Scan its box again."),
    "consent_needed": later("Tick that you agree: this item differs from what the guarantee provides."),
    "consent_unsigned": later("Write your full name: it takes the place of your signature."),
    "serial_needed": later("Scan or type the serial number of the new item."),
    "serial_of_the_old": later("This is the old item's serial number: scan the new one."),
    "serial_known": later("An item with this serial number was here before: check the number."),
    "nothing_to_compare": later("There is nothing to compare any more. Reload the page."),
    # stock
    "part_not_free": later("Too few %(part)s are free: wait for the part below, and it is kept for this ticket when it comes."),
    "part_not_booked": later("Book the arrival of the part first: then it goes to the ticket that has waited longest."),
    "part_unknown": later("No part has this code: scan it again, or look at the list."),
    "part_code_taken": later("Another part has this code."),
    "arrival_needed": later("It is not in the house: write when it comes."),
    "count_reason_needed": later("Write why the count differs."),
    "stock_promised": later("%(number)s pieces are kept for tickets: so many must be there. Take them from a ticket first."),
    "stock_row_wrong": later("Row %(row)s (%(part)s) will not do, so nothing was taken over: check its code, name, families, price and figures."),
    "stock_table_wrong": later("This is no table of parts: export one here and change that."),
    # models
    "limit_impossible": later("This limit is impossible: check the figure."),
    "limits_crossed": later("The lower limit lies above the upper one."),
    "ean_wrong": later("This EAN is not right: 13 figures, and the last one must fit the others."),
    "ean_taken": later("Another model has this EAN."),
    "code_taken": later("Another model has this code."),
    "row_wrong": later("Row %(row)s (%(model)s) will not do, so nothing was taken over: check its code, name, kind, EAN and price."),
    "table_wrong": later("This is no table of models: export one here and change that."),
    # files
    "file_too_big": later("“%(name)s” is too big: a file may have %(megabytes)s MB."),
    "file_empty": later("“%(name)s” is empty: choose the file again."),
    "file_kind": later("“%(name)s” is no photograph, PDF or electronic invoice: send a JPEG, PNG, HEIC, PDF, XML or P7M file."),
    "invoice_broken": later("“%(name)s” cannot be read as an electronic invoice: send the file as it came, or a PDF of it."),
    "photo_kind": later("“%(name)s” is no photograph: send a JPEG, PNG or HEIC picture."),
    "file_broken": later("“%(name)s” cannot be read: take the photograph again, or save the document as a PDF anew."),
    "photo_too_large": later("“%(name)s” has too many pixels: take it in the phone's normal quality."),
    "pdf_pages": later("“%(name)s” has too many pages: send at most %(number)s, those with date, seller and item."),
    "papers_empty": later("Choose the photographs or the PDF first."),
    "too_many_files": later("That is too many files at once: choose at most %(number)s."),
    # messages
    "message_empty": later("Write something first."),
    # complaints
    "complaint_empty": later("Write what went wrong: a few words are enough."),
    "complaint_open": later("A complaint is with us already and waits for our answer. What you want to add, write as a message."),
    "complaint_twice": later("This complaint is in the register already."),
    "complaint_answered": later("This complaint was answered meanwhile. What you wrote is still below: compare it with the answer that was given."),
    "outcome_unknown": later("Choose how the complaint ends."),
    "received_in_future": later("The day of receipt lies in the future: write the day on which the complaint came."),
    "received_long_ago": later("The day of receipt lies more than a year back: check it."),
    "photos_need_ticket": later("Photographs are kept with a ticket: write its code, or describe what they show."),
    "name_needed": later("Write who complains."),
    "no_shop": later("No shop handed this item in: choose the customer."),
    "no_such_ticket": later("There is no ticket with this code: compare it group by group, or leave the field empty."),
    "changed_meanwhile": later("The ticket changed while you were writing. Look at it once more, then send the answer again: it is still below."),
    # parcels
    "parcel_empty": later("Put at least one ticket into the parcel."),
    "not_ready": later("Only what is ready can be sent: one of these tickets is not."),
    "several_addresses": later("One parcel has one address: these tickets go to different ones."),
    "tracking_needed": later("Scan or type the number on the courier's label."),
    "tracking_wrong": later("This is no tracking number of %(courier)s: scan the label again, or check the courier."),
    "courier_unknown": later("Choose one of the couriers shown."),
    "parcel_gone": later("This parcel has left already, or was cancelled. Look at the list of what is ready."),
    "items_unscanned": later("The parcel stays open: %(missing)s is still missing. Scan every item of this parcel first, then the courier's label."),
    "item_of_another": later("This item does not belong to this parcel. Nothing was sent and nothing has changed."),
    "parcel_went_on": later("Something in this parcel went on since it left: it cannot be taken back any more."),
    "weight_needed": later("%(courier)s wants the weight: scan its figures in grams and Enter, then the label."),
    "weight_impossible": later("Between 1 and 70,000 grams"),
    "label_of_another": later("This label belongs to another parcel. Nothing was sent and nothing has changed."),
    "already_booked": later("The parcel is booked already: call the lab to change the address."),
    # registrations
    "registered_already": later("This item is registered already: nothing more is needed. The number is in the letter that you got then."),
    "purchased_in_future": later("The day of purchase is never after today: check the year."),
    "registered_before_purchase": later("The day of the registration lies between the purchase and today: check both days."),
    "vat_number_wrong": later("The digits of this VAT number do not fit together: read them again."),
    # people
    "email_taken": later("Somebody with this e-mail address is here already."),
    "role_needs_retailer": later("A shop's person needs their retailer, the lab's people have none."),
    "shop_of_another_retailer": later("This shop belongs to another retailer: choose one of theirs."),
    "password_short": later("The password needs at least 10 characters. A sentence is easy to remember."),
    "password_long": later("The password is too long: 1024 characters are enough."),
    "password_guessable": later("This password is easy to guess: use words that have nothing to do with you or with us."),
}  # fmt: skip
_SOMETHING = later("This is not possible now. Reload the page and look at the ticket again.")


def refusal(refused: Refused) -> str:
    """What was refused and what to do about it; a code without words (a test finds those) says that it is not possible."""
    counted = _counted(refused.code, refused.facts)
    if counted:
        return counted
    sentence = _SENTENCES.get(refused.code, _SOMETHING)
    facts = {name: _fact(name, value) for name, value in refused.facts.items()}
    return sentence % facts if facts else str(sentence)


def worded(code: str) -> bool:
    """Whether a code has a sentence of its own."""
    return code in _SENTENCES or _counted(code, {}) is not None


def _counted(code: str, facts: Mapping[str, object]) -> str | None:
    """The objections of guards that count something; without a figure one is missing at least."""
    number = facts.get(_FIGURES.get(code, ""), 1)
    num = number if isinstance(number, int) and number > 0 else 1
    return {
        "tests_missing": ngettext("%(num)s check is missing: take the reading first.", "%(num)s checks are missing: take the readings first.", num),
        "tests_failed": ngettext("%(num)s check failed: back to the bench, or measure again.", "%(num)s checks failed: back to the bench, or measure again.", num),
        "decision_missing": ngettext("%(num)s finding waits for a manager's decision.", "%(num)s findings wait for a manager's decision.", num),
    }.get(code)  # fmt: skip


# Which of the guard's figures a counted objection names.
_FIGURES = {"tests_missing": "tests_missing", "tests_failed": "tests_failed", "decision_missing": "undecided"}


def _fact(name: str, value: object) -> str:
    """A fact as people say it: actions and statuses by their words, countries by name, dates as dates."""
    if name == "action":
        return action(Action(value), reader="lab").label
    if name == "status":
        return status(Status(value), (), reader="lab").word
    if name == "checks" and isinstance(value, tuple):
        return ", ".join(check(each) for each in value)
    if name == "country":
        return country(str(value))
    if name in ("cost", "left") and isinstance(value, int):
        return money(value)
    return day(value) if isinstance(value, date) else str(value)
