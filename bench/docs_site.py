"""Hooks of mkdocs.yml: the documents as one site in two languages, Chinese at its root and English below en/.

Pages of the language lose its name in their addresses; the switch leads from each page to the same one in the other language,
also where the site is opened from a folder. The two papers at the top of the repository stand among those of engineering.
"""

from __future__ import annotations

import posixpath
import re

from harness import ROOT
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

PAPERS = {"engineering/contributing.md": "CONTRIBUTING.md", "engineering/security.md": "SECURITY.md"}
OTHERS = {"zh": "en", "en": "zh"}
SWITCH = re.compile(r'href="[^"]*" (hreflang="(zh|en)")')
CODE = re.compile(r"(<pre.*?</pre>)", re.S)
FOLD = re.compile(
    r"(?<=[\u2014-\u9fff\uff00-\uffef])\n(?=[\u2014-\u9fff\uff00-\uffef])"
)  # a line's end within Chinese


def language_of(config: MkDocsConfig) -> str:
    return str(config.theme["language"])


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the language out of its pages' addresses, and the papers in."""
    for path, paper in PAPERS.items():
        files.append(File.generated(config, path, content=(ROOT / paper).read_text("utf-8")))
    prefix = f"{language_of(config)}/"
    for file in files.documentation_pages():
        file.dest_uri = file.dest_uri.removeprefix(prefix)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links lead to where files stand on the site: the papers among the others, documents of this language."""
    here = posixpath.dirname(page.file.src_uri)
    if page.file.src_uri in PAPERS:
        markdown = re.sub(r"\]\(docs/", "](../", markdown)
    for path, paper in PAPERS.items():
        link = posixpath.relpath(path, here)
        markdown = re.sub(rf"\]\((?:\.\./)*{paper}", f"]({link}", markdown)
    own, other = language_of(config), OTHERS[language_of(config)]
    if here == own:  # a tag is left as it stands, but the page loses a folder
        markdown = markdown.replace('src="../images/', 'src="images/')
    return re.sub(rf"\]\(\.\./((?:\.\./)*){other}/", rf"](../\1{own}/", markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Join Chinese lines: a browser would show a blank where one ends."""
    return "".join(part if CODE.match(part) else FOLD.sub("", part) for part in CODE.split(html))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Point the switch of languages to this page in the other one."""
    up = "../" * page.file.dest_uri.count("/")
    roots = {"zh": {"zh": "", "en": "en/"}, "en": {"zh": "../", "en": ""}}[language_of(config)]
    return SWITCH.sub(lambda found: f'href="{up}{roots[found[2]]}{page.file.dest_uri}" {found[1]}', output)
