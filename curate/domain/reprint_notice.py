"""What an original says of passing it on; the nouns of `model.py` carry it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReprintNotice:
    """What a page says of passing its text on.

    `kind`: "forbidden" without leave, "permission" to be asked for, "credit" where naming the source is enough,
    "license" of Creative Commons.
    """

    kind: str
    text: str  # the page's own sentence, or the license's name
