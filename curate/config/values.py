"""What kinds of values feeds.yaml has: a type each, with its checks."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from curate.config import validators as checks

HEX = r"^(#([0-9a-fA-F]{3}){1,2})?$"
Span = Annotated[timedelta, BeforeValidator(checks.lookback, json_schema_input_type=str)]
Age = Annotated[timedelta, BeforeValidator(checks.age, json_schema_input_type=str)]
Address = Annotated[str, BeforeValidator(checks.trim_address), AfterValidator(checks.address)]
Proxy = Annotated[str, AfterValidator(checks.proxy)]
Word = Annotated[str, AfterValidator(checks.word)]
Edge = Annotated[float, Field(ge=0, le=1)]
Crop = Annotated[tuple[Edge, Edge, Edge, Edge], AfterValidator(checks.crop)]
Identifier = Annotated[str, Field(pattern=r"^\w[\w-]{0,63}$")]


class Shape(BaseModel):
    """A part of feeds.yaml: frozen, and without keys that nobody knows."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_default=True,
        defer_build=True,  # once for the whole Config, not for each part of it again
    )
