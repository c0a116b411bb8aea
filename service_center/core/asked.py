"""The request as views read it: what no browser sends is made what a browser would have sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Request

_PLAIN = "".join(map(chr, range(33, 127)))


class Asked(Request):
    """A browser escapes what stands in an address; bytes that a program sends as they are would break every page that reads one."""

    def __init__(self, environ: dict[str, Any], *args: Any, **more: Any) -> None:
        question = environ.get("QUERY_STRING", "")
        if not question.isascii():
            environ["QUERY_STRING"] = quote(question, safe=_PLAIN, encoding="latin-1")
        super().__init__(environ, *args, **more)
