"""A theme: its files by name. They lie in a folder of the package."""

from __future__ import annotations

from importlib.resources import files

PLAIN = {
    path.name: path.read_text("utf-8")
    for path in (files(__package__) / "plain").iterdir()
    if path.name in ("post.html.j2", "style.css")
}
