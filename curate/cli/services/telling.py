"""What a service answered, as the terminal says it."""

from __future__ import annotations

from curate.app.services.send import Sent
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here
from curate.domain.message import Value


def tell_sent(sent: Sent, *, with_answer: bool = False) -> None:
    """How sending went, with the service's own words where it refused, where its yes is none for certain, or where they are
    asked for."""
    values: dict[str, Value] = {"service": sent.service, "of": sent.of, "taken": sent.taken}
    if sent.taken == sent.of:
        hint = say_here("cli.sent_doubtful_hint") if sent.is_doubtful else ""
        key = "cli.sent_doubtful" if sent.is_doubtful else "cli.sent"
        told = say_here("cli.sent_answer", answer=sent.answer) if sent.is_doubtful or with_answer else ""
        complain(say_here(key, **values), *filter(None, (told,)), hint=hint)
        return
    hints = [say_here("cli.sent_perhaps")] if sent.is_doubtful else []
    hints += [say_here("cli.sent_go_on")] if sent.taken else []
    complain(say_here("cli.sent_part", refusal=sent.refusal, **values), hint="".join(hints))
