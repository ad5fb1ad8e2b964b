from __future__ import annotations

import pytest

from curate.sources.authors import author_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("noreply@blogger.com (林晚)", "林晚"),
        ("林晚 <lin@site.example>", "林晚"),
        ("林晚 (hidden)", "林晚"),
        ("Ann Author", "Ann Author"),
        ("Strunk, William, Jr.", "Strunk, William, Jr."),
        ("新华社记者 林晚、周舟", "新华社记者 林晚、周舟"),
        ("editor@site.example", ""),
        ("mailto:editor@site.example", ""),
        ("editor@site.example, desk@site.example", ""),
        ("admin", ""),
        ("Admin, 林晚", "林晚"),
        ("desk@site.example (admin)", ""),
        ("noreply@blogger.com (Unknown)", ""),
        ("佚名", ""),
        ("网站管理员", ""),
        ("https://site.example/author/1", ""),
        ("-", ""),
        ("Administrative Council", "Administrative Council"),
        ("@nobody_special", "@nobody_special"),
        ("", ""),
    ],
)
def test_an_author_is_a_name_that_a_reader_knows(written: str, name: str) -> None:
    assert author_name(written) == name
