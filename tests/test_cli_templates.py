"""`curate templates`: the program's templates are copied to be changed; what is not copied stays the program's."""

from __future__ import annotations

from pathlib import Path

import pytest

from curate.cli.main import run
from curate.render import CHANNELS, themes
from curate.storage.account import copy_templates, template_groups, templates


def copy(folder: Path, name: str) -> int:
    return run(["templates", "copy", name, "-C", str(folder)])


@pytest.mark.parametrize("name", ["wechat", "email", "site", *themes(templates())])
def test_what_is_copied_is_the_programs_text_until_it_is_edited(tmp_path: Path, name: str) -> None:
    assert copy(tmp_path, name) == 0
    files = [path for path in (tmp_path / "templates").rglob("*") if path.is_file() and path.name[0] != "."]
    assert {path.relative_to(tmp_path / "templates").as_posix() for path in files} == set(
        template_groups()[name]
    )
    assert templates(tmp_path) == templates()
    files[0].write_text("mine", encoding="utf-8")
    changed = files[0].relative_to(tmp_path / "templates").as_posix()
    assert templates(tmp_path) == templates() | {changed: "mine"}


def test_an_edited_template_is_not_copied_over_and_an_earlier_copy_still_follows_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(tmp_path, "classic")
    own = tmp_path / "templates/wechat/themes/classic/style.css"
    own.write_text("/* mine */", encoding="utf-8")
    copy(tmp_path, "email")
    capsys.readouterr()
    assert copy(tmp_path, "classic") == 0
    assert "已经有了" in capsys.readouterr().err
    assert own.read_text("utf-8") == "/* mine */"
    outdated = tmp_path / "templates/email/style.css"
    assert templates(tmp_path)["email/style.css"] == outdated.read_text("utf-8")
    assert templates(tmp_path) == templates() | {"wechat/themes/classic/style.css": "/* mine */"}


def test_an_account_of_before_with_all_templates_copied_goes_on(tmp_path: Path) -> None:
    copy_templates(tmp_path, [name for files in template_groups().values() for name in files])
    old = tmp_path / "templates/markdown/post.md.j2"
    old.write_text(old.read_text("utf-8") + "\n(mine)", encoding="utf-8")
    assert templates(tmp_path)["markdown/post.md.j2"].endswith("(mine)")
    assert templates(tmp_path).keys() == templates().keys()


def test_nothing_of_others_can_be_copied_and_a_name_that_is_none_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not [name for files in template_groups().values() for name in files if "vendor" in name]
    assert copy(tmp_path, "vendor") == 2
    assert "classic" in capsys.readouterr().err
    assert run(["templates", "list"]) == 0
    listed = capsys.readouterr().out
    assert all(theme in listed for theme in themes(templates()))
    assert sum(channel in listed for channel in CHANNELS) >= 6
