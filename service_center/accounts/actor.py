"""Who is acting: plain data handed to services, queries and history."""

from __future__ import annotations

from dataclasses import dataclass

from service_center.accounts.models import LAB, SHOPS, Role


@dataclass(frozen=True)
class Actor:
    """Somebody with rights. `kind` is a Role's word, `customer`, `public` or `system`.

    A customer acts on one ticket (`ticket_id`), proven by a link or by the slip's PIN.
    """

    kind: str
    user_id: int | None = None
    name: str = ""
    retailer_id: int | None = None
    shop_id: int | None = None
    ticket_id: int | None = None

    @property
    def role(self) -> Role | None:
        """The role of somebody signed in, else None."""
        return next((role for role in Role if role.value == self.kind), None)

    @property
    def in_lab(self) -> bool:
        return self.role in LAB

    @property
    def in_shop(self) -> bool:
        return self.role in SHOPS

    @property
    def initials(self) -> str:
        return " ".join(f"{word[0]}." for word in self.name.split()[:2])


PUBLIC = Actor("public")
SYSTEM = Actor("system", name="system")


def customer(ticket_id: int, name: str = "") -> Actor:
    """The person whose ticket it is, known by a link or a PIN."""
    return Actor("customer", name=name, ticket_id=ticket_id)
