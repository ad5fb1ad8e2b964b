"""TABLE of what the draft box refuses beside what every interface does. Origin: the pages of its interfaces, and reports."""

from __future__ import annotations

from curate.fetch.wechat_errors import COMMON, RefusedCode

DRAFT_CODES: dict[int, RefusedCode] = {
    **COMMON,
    40004: RefusedCode("draft picture kind"),
    40005: RefusedCode("draft picture kind"),
    40006: RefusedCode("draft picture size"),
    40009: RefusedCode("draft picture size"),
    45001: RefusedCode("draft picture size"),
    40007: RefusedCode("draft media", "gone"),
    40118: RefusedCode("draft media", "gone"),
    40097: RefusedCode("draft parameter"),
    44003: RefusedCode("draft empty"),
    44004: RefusedCode("draft empty"),
    45002: RefusedCode("draft content"),
    45003: RefusedCode("draft title"),
    45004: RefusedCode("draft digest"),
    45005: RefusedCode("draft address"),
    45008: RefusedCode("draft posts"),
    45034: RefusedCode("draft material"),
    45110: RefusedCode("draft author"),
    45166: RefusedCode("draft words"),
    48001: RefusedCode("draft right"),
    53401: RefusedCode("draft crop"),
    53402: RefusedCode("draft crop"),
    88000: RefusedCode("draft comments"),
}
