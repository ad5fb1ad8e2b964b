"""The part of a host's name that somebody registered: what belongs together, by the public suffix list."""

from __future__ import annotations

from functools import cache


@cache
def registrable_domain(host: str) -> str:
    """`blog.example.co.uk` -> `example.co.uk`; an address, or a name without a known suffix, is its own domain.

    The list is the installed one of `tld`; nothing is asked of the network.
    """
    from tld import get_fld  # its list takes a tenth of a second, for those who share hosts out

    return get_fld(f"http://{host}/", fail_silently=True) or host
