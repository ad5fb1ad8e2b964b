"""Whether a picture's own metadata say that a machine generated it.

- IPTC Digital Source Type, in XMP and in C2PA manifests: trainedAlgorithmicMedia and its kin (cv.iptc.org/newscodes).
- The implicit label of China's GB 45438-2025: an AIGC field with a Label, in the TC260 namespace of XMP or by itself.
- What generators write of themselves into PNG texts and EXIF.

A file of ours has no metadata, so this is looked at before it is encoded; it has to be declared all the same.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(
    rb"(?:composite(?:With)?|)[tT]rainedAlgorithmicMedia|TC260:AIGC|tc260\.org\.cn/ns/AIGC|AIGC\W{0,8}\{\W{0,4}\\?[\"']?(?:Label|AIGC)"
    rb"|tEXtparameters\x00[^\x00]{0,4000}?Steps: \d|(?:Software|CreatorTool|Description)\W{1,24}(?:Midjourney|DALL.E|Stable Diffusion|NovelAI|Adobe Firefly)"
)


def is_generated(data: bytes) -> bool:
    """Whether a file says so of itself; one without metadata says nothing."""
    return _SIGNS.search(data) is not None
