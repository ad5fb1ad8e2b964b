"""The documents stay true: every command, flag, key, reader, channel and exit status is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from fill_docs import LIST, TABLE, fill_document, find_messages, read_shapes

from curate import __version__
from curate.checks.table import CHECKS
from curate.cli.main import cli
from curate.i18n.catalogue import CATALOGUES
from curate.ranking.signals import SIGNALS
from curate.render import CHANNELS, themes
from curate.sources import READERS
from curate.storage.account import templates
from tests.test_house import ORDER

ROOT = Path(__file__).parents[1]
LANGUAGES = ("zh", "en")
READMES = ("README.md", "README.zh-CN.md")


def commands(command: click.Command, path: str = "curate") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from commands(child, f"{path} {name}")
    else:
        yield path, command


def read_commands(language: str) -> dict[str, str]:
    """Command -> its section, below what its page and the first of these pages say of all commands."""
    pages = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs" / language).glob("commands*.md")}
    heads = {name: text.split("\n## ")[0] for name, text in pages.items()}
    return {
        section.split("`")[1]: heads["commands"] + heads[name] + section
        for name, text in pages.items()
        for section in re.split(r"^(?=## )", text, flags=re.M)[1:]
    }


COMMANDS = {language: read_commands(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "command"), list(commands(cli)))
def test_every_command_and_flag_is_documented(path: str, command: click.Command, language: str) -> None:
    section = COMMANDS[language].get(path)
    assert section, f"docs/{language}/commands*.md have no section for {path}"
    for parameter in command.params:
        for flag in parameter.opts if isinstance(parameter, click.Option) else ():
            assert f"`{flag}" in section, f"{path}: {flag} is not in its section of docs/{language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_is_documented_that_is_not_there(language: str) -> None:
    assert set(COMMANDS[language]) == {path for path, _ in commands(cli)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documents_say_keys_and_messages_in_the_programs_own_words(language: str) -> None:
    for path in (ROOT / "docs" / language).glob("*.md"):
        page = path.read_text("utf-8")
        assert fill_document(page, language) == page, f"{path.name}: run `make schema`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_feeds_yaml_is_documented(language: str) -> None:
    pages = [path.read_text("utf-8") for path in (ROOT / "docs" / language).glob("feeds-yaml*.md")]
    assert {found[2] for page in pages for found in TABLE.finditer(page)} == set(read_shapes())


# Parts of the catalogue that tell of failures alone. Of the others a failure is what comes with advice (`….hint`).
FAILURES = ("fetch", "read", "notice", "picture", "link", "discover", "wechat", "restore")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_is_answered_under_its_own_message(language: str) -> None:
    sentences = CATALOGUES[language]
    advised = {key.removesuffix(".hint") for key in sentences if key.endswith(".hint")}
    told = {key for key in sentences if key.split(".")[0] in FAILURES and not key.endswith(".hint")}
    pages = [path.read_text("utf-8") for path in (ROOT / "docs" / language).glob("faq*.md")]
    lists = [found[2].split() for page in pages for found in LIST.finditer(page)]
    answered = {key for patterns in lists for pattern in patterns for key in find_messages(pattern)}
    assert told | (advised & set(sentences)) <= answered, (
        "name the key in the entry of docs/*/faq*.md that fits"
    )
    assert all(find_messages(pattern) for patterns in lists for pattern in patterns), "no such key"


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_reader_says_in_both_languages_what_it_reads(name: str) -> None:
    assert all(READERS[name].about), "`curate schema` shows it, and so does the editor of feeds.yaml"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_every_channel_is_documented(name: str, language: str) -> None:
    assert f"\n## `{name}`" in (ROOT / "docs" / language / "channels.md").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", themes(templates()))
def test_every_theme_is_documented_and_shown_by_day_and_by_night(name: str, language: str) -> None:
    text = (ROOT / "docs" / language / "themes.md").read_text("utf-8")
    row = re.search(rf"^\| `{name}`.*", text, re.M)
    assert row, f"{name} has no row in docs/{language}/themes.md"
    shown = re.findall(r'src="(.+?)"', row[0])
    assert shown in ([], [f"../images/theme-{name}-{mode}.png" for mode in ("light", "dark")])
    assert all((ROOT / "docs" / language / picture).stat().st_size < 120_000 for picture in shown)


@pytest.mark.parametrize("page", ["zh/choosing.md", "en/choosing.md", "engineering/judgement.md"])
@pytest.mark.parametrize("name", sorted(SIGNALS))
def test_every_signal_is_documented(name: str, page: str) -> None:
    assert re.search(rf"^\| `{name}`", (ROOT / "docs" / page).read_text("utf-8"), re.M)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_every_check_is_documented(name: str, language: str) -> None:
    assert re.search(rf"^\| `{name}`", (ROOT / "docs" / language / "check.md").read_text("utf-8"), re.M)


def test_every_dependency_is_named_with_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = (ROOT / "docs/engineering/architecture.md").read_text("utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[\[><=!~ ]", requirement)[0]
        assert f"| {name} |" in told, f"{name} is not in docs/engineering/architecture.md"


@pytest.mark.parametrize("readme", READMES)
def test_the_readmes_name_commands_that_are_there_and_files_that_exist(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    known = {path.split()[1] for path, _ in commands(cli)}
    for name in re.findall(
        r"\bcurate ([a-z]+)\b", "\n".join(re.findall(r"```(?:sh|bash|console)\n(.*?)```", text, re.S))
    ):
        assert name in known, f"{readme} names `curate {name}`"
    for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", text):
        assert (ROOT / target).exists(), f"{readme} links to {target}"
    for target in ("make demo", "make test"):
        assert target in text


def test_ci_runs_what_the_readme_tells() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    targets = {word for line in re.findall(r"\bmake (.*)", script) for word in line.split()}
    assert targets >= {"demo", "check", "cover", "wheel", "docs"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    quick, whole, *cover = re.findall(r"-m pytest (.*)", makefile)
    assert quick == '$(PARALLEL) -m "not slow"'
    assert whole == "$(PARALLEL)", "what `make test` runs, and the rest"
    assert cover == [quick, "$(PARALLEL) -m slow"], "the same, in two parts"


def test_the_index_of_benchmarks_names_each_of_them_and_nothing_else() -> None:
    index = (ROOT / "bench/README.md").read_text("utf-8")
    commands, shared = index.split("What they share:")
    runs = {path.name for path in (ROOT / "bench").glob("*.py") if "__main__" in path.read_text("utf-8")}
    others = {path.name for path in (ROOT / "bench").glob("*.py")} - runs
    assert set(re.findall(r"^\| `(\w+\.py)`", commands, re.M)) == runs
    assert set(re.findall(r"^\| `(\w+\.py)`", shared, re.M)) == others
    for row in re.findall(r"^\| `.*", index, re.M):
        assert all(cell.strip() for cell in row.strip("|").split("|")), row


def test_the_changelog_has_a_dated_section_of_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", text, re.M)


# --- two languages, one outline ---------------------------------------------------------------------------------------

PAGES = sorted(path.name for path in (ROOT / "docs/zh").glob("*.md"))
FENCE = re.compile(r"^( *)```.*?^\1```$", re.M | re.S)
MINUTES = 10  # that a person reads on one page
SPEED = {"zh": 300, "en": 230}  # characters and words a minute, of one who reads to understand
HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z0-9_./-]+")


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(path.name for path in (ROOT / "docs/en").glob("*.md")) == PAGES
    tops = {path.name for path in (ROOT / "docs").iterdir()}
    assert tops == {"zh", "en", "engineering", "images", "assets"}


@pytest.mark.parametrize(("name", "language"), [("mkdocs.yml", "zh"), ("mkdocs.en.yml", "en")])
def test_every_page_stands_in_the_navigation_of_its_language(name: str, language: str) -> None:
    told = set(re.findall(rf"\b{language}/([\w-]+\.md)", (ROOT / name).read_text("utf-8")))
    assert told == {path.name for path in (ROOT / "docs" / language).glob("*.md")}


def outline(text: str) -> list[str]:
    """What a page is made of, without its words: headings (whole where they are code), tables, code, pictures."""
    parts: list[str] = []
    for line in FENCE.sub("```", text).splitlines():
        if heading := re.match(r"(#+) (.*)", line):
            parts.append(heading[1] + (heading[2] if heading[2].startswith("`") else ""))
        elif line.strip() == "```" or line.startswith("| "):
            parts.append(line.strip()[:1])
        parts += re.findall(r"\.\./images/[\w-]+\.png", line)
    return parts


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_same_outline_in_both_languages(page: str) -> None:
    chinese, english = (outline((ROOT / "docs" / each / page).read_text("utf-8")) for each in LANGUAGES)
    assert chinese == english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_in_its_language_and_read_in_ten_minutes(page: str, language: str) -> None:
    text = FENCE.sub("", (ROOT / "docs" / language / page).read_text("utf-8"))
    han, words = len(HAN.findall(text)), len(WORD.findall(text))
    amount = han + words if language == "zh" else words + han / 2
    assert amount <= MINUTES * SPEED[language], f"{amount} is more than ten minutes: part the page in two"
    prose = [part for part in text.split("\n\n") if not part.startswith(("#", "|", "<", "    "))]
    for part in prose:
        chinese, latin = len(HAN.findall(part)), len(WORD.findall(re.sub(r"`[^`]*`|\([^)]*\)", "", part)))
        assert chinese + latin < 8 or (chinese > latin) == (language == "zh"), part


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_to_pages_of_its_own_language(page: str) -> None:
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        text = (ROOT / "docs" / language / page).read_text("utf-8")
        assert f"../{other}/" not in text


# --- the papers about the house: what they name is there --------------------------------------------------------------

PAPERS = [ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOPS = ("curate", "tests", "bench", "docs", "templates")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_a_paper_names_is_there(paper: Path) -> None:
    text = paper.read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", re.sub(r"`[^`\n]*`", "", text)):
        assert (paper.parent / target).exists(), f"{paper.name} links to {target}"
    for name in re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", re.sub(r"```.*?```", "", text, flags=re.S)):
        top = name.split("/")[0]
        if top in TOPS:
            assert (ROOT / name).exists(), f"{paper.name} names {name}"
        elif top in ORDER and name.endswith(".py"):
            assert (ROOT / "curate" / name).exists(), f"{paper.name} names {name}"


def test_the_architecture_tells_the_rooms_from_the_ground_floor_up_with_their_files_and_libraries() -> None:
    text = (ROOT / "docs/engineering/architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)/` \| .+? \| (.+?) \| (.*?) ?\|$", text, re.M)
    assert [room for room, *_ in rows] == list(ORDER)
    for room, files, _ in rows:
        for name in files.split(", "):
            place = ROOT / "curate" / room
            assert (place / f"{name}.py").exists() or (place / name).is_dir(), f"{room}/{name}"
    reasons = set(re.findall(r"^\| ([\w-]+) \|", text.split("## Dependencies")[1], re.M))
    told = {name for *_, libraries in rows for name in libraries.split(", ") if name}
    assert told <= reasons, told - reasons
