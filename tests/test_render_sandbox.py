"""A slip in an editor's template is told with its place; it holds no night and takes no memory."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from curate.domain.errors import ChannelError, ConfigError
from curate.render import sandbox
from curate.render.templating import fill
from curate.storage.account import templates

ITEMS = [{"title": f"标题{n}", "tags": ["a", "b"]} for n in range(50)]


def made(text: str, name: str = "wechat/page.html.j2", **values: object) -> str:
    return fill({name: text}, name, {"language": "zh", "items": ITEMS, **values})


@pytest.mark.parametrize(
    "text",
    [
        "{% include 'wechat/page.html.j2' %}",
        "{% extends 'wechat/page.html.j2' %}",
        "{% import 'wechat/page.html.j2' as me %}{{ me }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in items recursive %}{{ loop(items) }}{% endfor %}",
        "{{ 'a' * 4000000000 }}",
        "{{ 4000000000 * 'a' }}",
        "{{ [0] * 4000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ 'a' | center(4000000000) }}",
        "{{ 'a'.ljust(4000000000) }}",
        "{{ '%4000000000d' % 1 }}",
        "{{ '%4000000000d' | format(1) }}",
        "{{ '{:4000000000}'.format(1) }}",
        "{{ items | batch(4000000000, 'x') | list }}",
        "{{ ('a' * 90000).replace('a', 'b' * 90000) }}",
        "{{ ('a' * 90000) | replace('a', 'b' * 90000) }}",
        "{{ range(90000) | join('x' * 90000) }}",
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}"
        "{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}{% endfor %}",
        "{% set x = 'a' * 7000000 %}{% for i in range(90000) %}{{ x }}{% endfor %}",
    ],
)
def test_what_would_never_end_or_fill_the_memory_is_told_with_its_place(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "MOST_TURNS", 200_000)  # the test's patience
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ChannelError) as caught:
        made(text)
    assert "wechat/page.html.j2" in caught.value.reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kilobytes


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            "{% for i in items[:2] %}{{ loop.index }}/{{ loop.length }}{{ ',' if not loop.last }}{% endfor %}",
            "1/2,2/2",
        ),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% else %}none{% endfor %}", "a1"),
        ("{% for i in [] %}{% else %}none{% endfor %}", "none"),
        ("{% for i in [3, 1, 2] | sort if i > 1 %}{{ i }}{% endfor %}", "23"),
        ("{{ '<b>' ~ '&' }}{{ 'x' * 3 }}{{ 2 ** 10 }}", "&lt;b&gt;&amp;xxx1024"),
        (
            "{{ ['a', 'b'] | join('-') }}{{ '%05d' % 7 }}{{ '{:>3}'.format(1700000000) }}",
            "a-b000071700000000",
        ),
        ("{{ 'aXb' | replace('X', '<i>') }}{{ 'a\nb' | indent(2) }}", "a&lt;i&gt;ba\n  b"),
        ("{% for r in items[:3] | batch(2) %}{{ r | length }}{% endfor %}", "21"),
    ],
)
def test_ordinary_templates_are_as_they_were(text: str, result: str) -> None:
    assert made(text) == result


def test_turns_are_counted_anew_for_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_TURNS", 60)
    text = "{% for i in items %}.{% endfor %}"
    assert [made(text) for _ in range(3)] == ["." * 50] * 3


def test_a_binary_file_among_templates_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates" / "wechat").mkdir(parents=True)
    (tmp_path / "templates" / "wechat" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    with pytest.raises(ConfigError, match=r"templates/wechat/logo\.png"):
        templates(tmp_path)


def test_a_link_that_leads_out_of_templates_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hunter2", encoding="utf-8")
    shared = tmp_path / "shared"
    (shared / "wechat").mkdir(parents=True)
    (shared / "wechat" / "mine.css").write_text("a{}", encoding="utf-8")
    (shared / "wechat" / "linked.css").symlink_to("mine.css")
    (shared / "wechat" / "out.css").symlink_to(tmp_path / "secret.txt")
    (shared / "folder").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "account").mkdir()
    (tmp_path / "account" / "templates").symlink_to(shared, target_is_directory=True)
    found = templates(tmp_path / "account")
    assert found["wechat/mine.css"] == found["wechat/linked.css"] == "a{}"
    assert not any("hunter2" in text for text in found.values())
