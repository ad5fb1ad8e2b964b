"""The part of feeds.yaml about what goes out: what is looked for before it does, and where it goes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from curate.config.values import Crop, Shape


class CheckSettings(Shape):
    """What curate check looks for in an issue before it goes out."""

    words: Annotated[str, Field(max_length=500)] = ""
    """A file of words of your own, relative to feeds.yaml: one a line, /regular expression/, => reason."""
    permitted: Annotated[str, Field(max_length=500)] = ""
    """A file of the sources whose news may be reprinted, relative to feeds.yaml: one name or host a line."""
    quote: Annotated[float, Field(gt=0, le=1)] = 0.4
    """The share of an original from which a quotation is told."""
    ignore: dict[str, Annotated[str, Field(min_length=1, max_length=200)]] = {}
    """Checks that you do not want to hear of, each with the reason, for example `permit: not in China`."""


class DraftSettings(Shape):
    """What `curate draft` puts into the account's draft box."""

    kind: Literal["news", "newspic", "both"] = "news"
    """news is an article, newspic a post of pictures (贴图) drawn of the same issue, both makes a draft of each."""
    posts: Literal["issue", "topics"] = "issue"
    """issue: one post; topics: one post a topic, at most eight, the last with what is left."""
    author: Annotated[str, Field(max_length=16)] = ""
    """The author that stands below the title, at most 16 characters."""
    comments: Literal["none", "fans", "all"] = "none"
    """Who may comment: nobody, followers, or everybody. The account must have comments."""
    crop_wide: Crop | None = None
    """The part of the cover that lists show (2.35:1): left, top, right and bottom from 0 to 1, for example [0, 0, 1, 1]; the platform's choice where absent."""
    crop_square: Crop | None = None
    """The part of the cover that is shown when the post is passed on (1:1), written in the same way."""
