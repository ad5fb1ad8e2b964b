"""DOOR to what the package carries, and to an account's folder: starter, schema, templates.

An account's own templates/ wins over the packaged one, file by file; but a copy that `curate templates copy` made and
nobody has edited gives way to the packaged file, so that an upgrade reaches it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from curate.domain.errors import ConfigError
from curate.domain.plugins import extend_table
from curate.storage.output import write_file

THEMES = "curate.themes"  # entry points: a theme's name -> its files, file name -> text
THEME_FOLDER = "wechat/themes/"
COPIES = ".copied.json"  # in templates/: what was copied, by hash
CARRIED = (
    "desk/vendor/"  # others' scripts, in exact versions: nobody's to change, so they stay in the package
)

# An account is often kept in git; the archive, the issues and secrets are not.
_GITIGNORE = "/output/*\nsecrets.env\ncurate.log\n"
_README = """# 账号文件夹

- `feeds.yaml`：写给谁看、分哪些栏目、每天读哪些来源。要改的都在这里，写错了会告诉你在第几行。
- `originals/`：你自己写的文章，一篇一个 Markdown 文件。
- `output/`：运行以后才有。每一期、存档和运行报告都在里面，不要手工改。
- `feeds.schema.json`：给编辑器用的，写 `feeds.yaml` 时有提示和补全。

先看看样子：`curate demo`。跑一晚：`curate run`。早上看一遍、改一遍：`curate desk`。
想改样式：`curate templates copy wechat`（或主题名，如 `classic`），改复制出来的文件。

# An account's folder

- `feeds.yaml`: whom it is for, its sections, what is read. All that you change is here; a mistake is told with its line.
- `originals/`: articles of your own, a Markdown file each.
- `output/`: comes with the first run: the issues, the archive, the run reports. Not to be edited.
- `feeds.schema.json`: lets an editor complete and explain the keys of `feeds.yaml`.

See how it looks: `curate demo`. One night: `curate run`. In the morning: `curate desk`.
To change the look: `curate templates copy wechat` (or a theme, such as `classic`), and edit the copies.
"""


def find_package_data() -> Path:
    """Where templates/ and feeds.yaml are: in the wheel's data, or at the top of a checkout."""
    data = Path(str(files("curate"))) / "data"
    return data if data.is_dir() else data.parent.parent


def find_extension() -> Path:
    """The browser extension's folder, which a browser can load as it is."""
    return Path(str(files("curate"))) / "extension"


def copy_extension(folder: Path) -> Path:
    """Put the browser extension into a folder, in place of an older one; returns the folder."""
    for path in sorted(find_extension().rglob("*")):
        if path.is_file():
            name = path.relative_to(find_extension())
            write_file(folder / name, path.read_text(encoding="utf-8"), replace=True)
    return folder


def starter() -> str:
    """The feeds.yaml that a new account begins with."""
    return (find_package_data() / "feeds.yaml").read_text(encoding="utf-8")


def ready_sections() -> str:
    """The sections that a new account may begin with, as YAML."""
    return (files("curate") / "config/ready_sections.yaml").read_text(encoding="utf-8")


def templates(folder: Path | None = None) -> dict[str, str]:
    """Template name -> text, for example "wechat/page.html.j2"; `folder` is the account's."""
    own = _read(folder / "templates") if folder else {}
    copied = _read_copies(folder / "templates") if folder else {}
    edited = {name: text for name, text in own.items() if copied.get(name) != _digest(text)}
    packed = _read_packed()
    return {**_added_themes(packed), **packed, **edited}


def _added_themes(packed: Mapping[str, str]) -> dict[str, str]:
    """The files of the themes that installed packages add; a name of ours cannot be taken over."""
    ours: dict[str, Mapping[str, str]] = {
        name.removeprefix(THEME_FOLDER).partition("/")[0]: {}
        for name in packed
        if name.startswith(THEME_FOLDER)
    }
    added = extend_table(ours, THEMES)
    return {
        f"{THEME_FOLDER}{theme}/{file}": text
        for theme, files in added.items()
        for file, text in files.items()
    }


def create(folder: Path, feeds: str, schema: Mapping[str, object]) -> list[Path]:
    """Lay out a new account with this feeds.yaml; what is there already stays. Returns what was written.

    ConfigError where a file has the folder's name.
    """
    texts = {
        "feeds.yaml": feeds,
        "feeds.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n",
        "README.md": _README,
        ".gitignore": _GITIGNORE,
        "originals/.keep": "",
    }
    if folder.exists() and not folder.is_dir():
        raise ConfigError((f"{folder}: is a file（已有同名文件）",), "换一个名字。")
    return [folder / name for name, text in texts.items() if write_file(folder / name, text)]


def template_groups() -> dict[str, tuple[str, ...]]:
    """What can be copied, by name: a theme's files, and the files of each other folder of the packaged templates."""
    groups: dict[str, tuple[str, ...]] = {}
    for name in sorted(_offer()):
        theme = name.removeprefix(THEME_FOLDER).partition("/")[0] if name.startswith(THEME_FOLDER) else ""
        group = theme or name.partition("/")[0]
        groups[group] = (*groups.get(group, ()), name)
    return groups


def copy_templates(folder: Path, names: Collection[str]) -> list[Path]:
    """Copy packaged templates into an account's templates/; what is there already stays. Returns what was written."""
    home = folder / "templates"
    texts = {name: text for name, text in _offer().items() if name in names}
    written = [name for name, text in texts.items() if write_file(home / name, text)]
    if written:
        copied = _read_copies(home) | {name: _digest(texts[name]) for name in written}
        write_file(home / COPIES, json.dumps(copied, indent=1) + "\n", replace=True)
    return [home / name for name in written]


def _offer() -> dict[str, str]:
    """The templates that may be copied: all but others' scripts."""
    packed = _read_packed()
    return {
        name: text
        for name, text in {**_added_themes(packed), **packed}.items()
        if not name.startswith(CARRIED)
    }


@cache
def _read_packed() -> Mapping[str, str]:
    """The package's own, which stay as they are while it runs."""
    return MappingProxyType(_read(find_package_data() / "templates"))


def _read(folder: Path) -> dict[str, str]:
    """The text files below a folder, which may be a link itself; hidden ones and what leads outside are left out."""
    root = folder.resolve()
    texts = {}
    try:
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            if path.is_file() and not path.name.startswith(".") and path.resolve().is_relative_to(root):
                name = path.relative_to(root).as_posix()
                texts[name] = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise ConfigError(
            (f"templates/{path.relative_to(root).as_posix()}: 不是 UTF-8 文字（not UTF-8 text）",),
            "模板只能是文字：图片之类的文件移到别处，文字另存为 UTF-8。",
        ) from e
    except OSError as e:
        raise ConfigError((f"{e.filename}: 读不了（cannot be read）：{e.strerror}",)) from e
    return texts


def _read_copies(folder: Path) -> dict[str, str]:
    try:
        copied = json.loads((folder / COPIES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return copied if isinstance(copied, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_beside(folder: Path, name: str) -> str:
    """A text file that feeds.yaml names, relative to it; ConfigError where it cannot be read."""
    try:
        return (folder / name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as e:
        raise ConfigError((f"{name}: 不是 UTF-8 文字（not UTF-8 text）",), "另存为 UTF-8。") from e
    except OSError as e:
        raise ConfigError((f"{name}: 读不了（cannot be read）：{e.strerror}",)) from e
