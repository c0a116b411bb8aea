"""The first page of a PDF as a picture, drawn in a process of its own: a file that hangs or breaks PDFium ends that one alone.

PDFium is not made for threads, and a page of a kilobyte can keep it busy for days. Read: the file from standard input.
Written: `pages width height` on a line, then the pixels; without the last two where the file has too many pages.
"""

from __future__ import annotations

import resource
import subprocess  # nosec B404
import sys
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image

SECONDS, PATIENCE = 5, 30
"""Of the processor's time, and of the clock's."""
MEMORY = 1024**3


class NoPicture(Exception):
    """The file is broken, or nobody waits that long for it."""


@dataclass(frozen=True)
class FirstPage:
    """How many pages there are, and the first one; none where there are more than were allowed."""

    pages: int
    picture: Image.Image | None


def first_page(content: bytes, *, side: int, most: int) -> FirstPage:
    """Draw the first page, `side` pixels long; raises NoPicture."""
    command = [sys.executable, "-I", __file__, str(side), str(most)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=True)  # nosec B603
        head, _, pixels = done.stdout.partition(b"\n")
        pages, *size = (int(number) for number in head.split())
        return FirstPage(pages, Image.frombytes("RGB", (size[0], size[1]), pixels) if size else None)
    except (subprocess.SubprocessError, OSError, ValueError) as fault:
        raise NoPicture from fault


def _draw(content: bytes, side: int, most: int) -> bytes:
    document = pdfium.PdfDocument(content)
    pages = len(document)
    if not 1 <= pages <= most:
        return b"%d\n" % pages
    page = document[0]
    longest = max(*page.get_size(), 1.0)
    picture: Image.Image = page.render(scale=min(4.0, side / longest)).to_pil().convert("RGB")
    return b"%d %d %d\n" % (pages, *picture.size) + picture.tobytes()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_draw(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2])))
