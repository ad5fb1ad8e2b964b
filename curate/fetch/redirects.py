"""Addresses as they are written, and where redirects lead."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

from yarl import URL

from curate.fetch.errors import Problem
from curate.fetch.transport import Reply

_LEGAL = "!#$%&'()*+,/:;=?@[]~-._"  # RFC 3986: what an address may hold beside letters and digits
_ALL_LEGAL = re.compile(rf"[A-Za-z0-9{re.escape(_LEGAL)}]*")


def parse(text: str) -> URL:
    """`text` as an address, kept as it is written where it is written legally (signed ones bear no change).

    Raises Problem where it is none. What is found to be its host here is what is checked and connected to.
    """
    text = text.strip().partition("#")[0]
    legal = _ALL_LEGAL.fullmatch(text) is not None
    try:
        url = URL(text, encoded=legal)
        if not url.raw_host or url.port is None:  # both are read only now, with any mistake in them
            raise Problem("bad address", url=text[:200])
        return url if url.raw_path else url.with_path("/")
    except (ValueError, TypeError) as error:
        raise Problem("bad address", url=text[:200]) from error


def target(url: URL, reply: Reply) -> URL:
    """Where a redirect leads. Bytes that are not ASCII arrive as surrogates and are quoted as they were sent.

    Problem where it leads nowhere.
    """
    location = reply.headers.get("Location", "").strip()
    if not location.isascii():
        location = quote(location.encode("utf-8", "surrogateescape"), safe=_LEGAL)
    if not location:
        raise Problem("redirect nowhere", status=reply.status)
    try:
        joined = urljoin(str(url), location)
    except ValueError as error:  # brackets that are no IPv6 address
        raise Problem("redirect nowhere", status=reply.status) from error
    return parse(joined)
