"""TABLE of what the data interfaces refuse beside what every interface does. Origin: their own pages."""

from __future__ import annotations

from curate.fetch.wechat_errors import COMMON, RefusedCode

DATA_CODES: dict[int, RefusedCode] = {
    **COMMON,
    40066: RefusedCode("data interface", "retired"),
    47001: RefusedCode("data format"),
    48001: RefusedCode("data right", "retired"),
    61500: RefusedCode("data format"),
    61501: RefusedCode("data range", "missing"),
    61503: RefusedCode("data not ready", "missing"),
}
