"""What readers are answered, and what is told of it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "answers.help": "Reply with a number (such as {n}) for an item, “latest” for the newest issue,\nor a topic for its newest items: {names}.\nOr write what you are looking for.",
    "answers.help.review": "Reply with a number (such as {n}) for an item, “latest” for the newest issue, “review” for the newest review,\nor a topic for its newest items: {names}.\nOr write what you are looking for.",
    "answers.help.empty": "There is nothing yet; come again in a few days.",
    "answers.found": "{n} {n:item|items} found",
    "answers.nearest": "There is no number {n}; the nearest is issue {issue}:",
    "answers.no token": "{name} is not set: the token that was entered on the platform’s page for messages and events",
    "answers.no key": "{name} is no EncodingAESKey: it has 43 letters and digits, from the platform’s page for messages and events",
    "answers.no appid": "{name} is not set: encrypted messages are read with the AppID",
    "answers.own": "{file}: {said}",
}
