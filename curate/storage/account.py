"""DOOR to what the package carries, and to an account's folder: starter, schema, templates.

An account's own templates/ wins over the packaged one, file by file; but a copy that `curate init` made and
nobody has edited gives way to the packaged file, so that an upgrade reaches it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from curate.domain.errors import ConfigError
from curate.domain.plugins import extend_table
from curate.storage.output import write_file

THEMES = "curate.themes"  # entry points: a theme's name -> its files, file name -> text
COPIES = ".copied.json"  # in templates/: what init copied, by hash
CARRIED = "desk/vendor/"  # others' scripts, in exact versions: nobody's to change, so init leaves them in the package

_GITIGNORE = "/output/*\n"


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


def templates(folder: Path | None = None) -> dict[str, str]:
    """Template name -> text, for example "wechat/page.html.j2"; `folder` is the account's."""
    own = _read(folder / "templates") if folder else {}
    copied = _read_copies(folder / "templates") if folder else {}
    edited = {name: text for name, text in own.items() if copied.get(name) != _digest(text)}
    packed = _read_packed()
    return {**_added_themes(packed), **packed, **edited}


def _added_themes(packed: Mapping[str, str]) -> dict[str, str]:
    """The files of the themes that installed packages add; a name of ours cannot be taken over."""
    folder = "wechat/themes/"
    ours: dict[str, Mapping[str, str]] = {
        name.removeprefix(folder).partition("/")[0]: {} for name in packed if name.startswith(folder)
    }
    added = extend_table(ours, THEMES)
    return {f"{folder}{theme}/{file}": text for theme, files in added.items() for file, text in files.items()}


def create(folder: Path, schema: Mapping[str, object]) -> list[Path]:
    """Lay out a new account; what is there already stays. Returns what was written.

    ConfigError where a file has the folder's name.
    """
    packed = {name: text for name, text in _read_packed().items() if not name.startswith(CARRIED)}
    texts = {
        "feeds.yaml": starter(),
        "feeds.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n",
        ".gitignore": _GITIGNORE,
        "originals/.keep": "",
        **{f"templates/{name}": text for name, text in packed.items()},
        f"templates/{COPIES}": json.dumps({name: _digest(text) for name, text in packed.items()}, indent=1)
        + "\n",
    }
    if folder.exists() and not folder.is_dir():
        raise ConfigError((f"{folder}: is a file（已有同名文件）",), "换一个名字。")
    return [folder / name for name, text in texts.items() if write_file(folder / name, text)]


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
