"""The files of one house read together — brand, goods, every version of the terms — and every fault of them at once."""

from __future__ import annotations

from pathlib import Path

from service_center.core import brand as brands
from service_center.core.brand import Brand, BrandFault
from service_center.core.goods_file import unworded
from service_center.warranty.terms import Rulebook
from service_center.warranty.terms_file import TermsFault, load_rulebook


def load(path: Path) -> tuple[Brand, Rulebook]:
    """The brand and its rule book; raises BrandFault with every fault of all files, a line each."""
    faults: list[str] = []
    brand, book, goods = None, None, None
    try:
        brand = brands.load(path)
        goods = brand.goods
    except BrandFault as fault:
        faults += fault.faults
        goods = fault.goods
    try:
        book = load_rulebook(brand.terms_files if brand else brands.terms_files_of(path))
    except TermsFault as fault:
        faults += fault.faults
    if goods and book:
        faults += [f"{terms.id}: {fault}" for terms in book.versions for fault in unworded(goods, terms.families)]
    if faults or brand is None or book is None:
        raise BrandFault(["The files of the house are wrong:", *dict.fromkeys(faults)])
    return brand, book
