"""A message as a mail. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses
from hashlib import sha256

PORT = 465
SUBJECT = 100  # characters
LIMIT = 200_000  # bytes of text; a whole issue has a tenth of it


@dataclass(frozen=True, slots=True)
class MailCall:
    """One mail to hand in. Neither the login nor the text show when it is printed."""

    host: str
    port: int
    user: str = field(repr=False)
    password: str = field(repr=False)
    sender: str = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)
    data: bytes = field(repr=False)


def build_mail(title: str, text: str, secrets: Mapping[str, str], now: float) -> MailCall:
    """The mail that says a text; its subject is the title and the text's first line.

    The same text at the same time is the same mail, which its id tells to whoever gets it twice.
    """
    user = secrets["USER"]
    sender = _one_line(secrets.get("FROM") or user)
    mail = EmailMessage(policy=SMTP)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    mail["Subject"] = _one_line(title if first.startswith(title) or not first else f"{title} · {first}")[
        :SUBJECT
    ]
    mail["From"] = sender
    mail["To"] = ", ".join(recipients := _list_addresses(secrets["TO"]))
    mail["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    address = next(iter(_list_addresses(sender)), user)
    mark = sha256(f"{now}\0{text}".encode("utf-8", "replace")).hexdigest()[:32]
    mail["Message-ID"] = f"<{mark}@{address.rpartition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text.encode("utf-8", "replace").decode())
    host, _, port = secrets["HOST"].partition(":")
    number = secrets.get("PORT") or port
    return MailCall(
        host=host,
        port=int(number) if number.isdecimal() else PORT,
        user=user,
        password=secrets["PASSWORD"],
        sender=address,
        recipients=tuple(recipients),
        data=mail.as_bytes(),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _list_addresses(text: str) -> list[str]:
    """The addresses of a list, with or without names, by commas or semicolons of either script."""
    plain = text.replace("，", ",").replace("；", ",").replace(";", ",")
    return [address for _, address in getaddresses([_one_line(plain)]) if address]
