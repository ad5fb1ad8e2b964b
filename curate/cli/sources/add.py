"""`curate sources add`: the feed or the RSSHub route behind an address, written into feeds.yaml."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from curate.app.discover_feed import Subscription, find_feed, find_route, follow_link, refuse_link
from curate.app.doors import fetcher
from curate.app.edit_feeds import amend, hold_settings, outside, source_keys, source_names, unique
from curate.app.exit_codes import ExitCode
from curate.cli.terminal.account import read_config
from curate.cli.terminal.console import complain
from curate.cli.terminal.language import say_here, usage_error
from curate.cli.terminal.options import folder_option
from curate.cli.terminal.topics import topic_called
from curate.config.load import fill_in
from curate.config.schema import Config
from curate.domain.message import message
from curate.domain.model import Failure
from curate.i18n.catalogue import say_failure
from curate.sources.recognize import Recognized, recognize_link, rsshub_route
from curate.sources.subscriptions import pasted_address, subscription_key
from curate.text.clean import one_line

LONGEST = 60  # characters of a source's name


@click.command()
@click.argument("url", metavar="网址")
@click.option(
    "--name",
    metavar="名字",
    help="显示给读者的名字，默认用 feed 自己的标题。\nThe name that readers see; the feed's own title by default.",
)
@click.option(
    "--topic",
    metavar="栏目",
    help="通常属于哪个栏目，写 id 或名字。\nThe topic that it mostly belongs to, by id or name.",
)
@folder_option
def add(url: str, name: str | None, topic: str | None, folder: Path) -> ExitCode:
    """找到网址背后的 feed 或 RSSHub 路由，加进 feeds.yaml；原有的注释和排版都不动。

    Find the feed or RSSHub route behind an address and add it to feeds.yaml; comments and layout stay.
    """
    config = read_config(folder, bare=True)
    _check_name(name, config)
    topic = topic and topic_called(topic, config)
    route, written = rsshub_route(url), pasted_address(url)
    if not route and not written:
        raise usage_error("sources.no address", text=url.strip())
    address = "" if route else fill_in(written, os.environ)
    known = Recognized(route=route) if route else recognize_link(address) or Recognized()
    if _is_known(_read_at(known, address, config), config):
        return ExitCode.OK
    known, onward, found = _follow(known, address, config, guessed="://" not in url)
    if isinstance(found, Failure):
        told = say_failure(found, config.account.language)
        complain(f"{told.subject}  {told.reason}", hint=told.hint)
        return ExitCode.NO_SOURCE
    by_route = bool(known.route) and found.url == _read_at(known, onward, config)
    if by_route:
        row = {"reader": "rsshub", "route": outside(known.route)}
    else:
        row = {"url": written if found.url == address else outside(found.url)}
    if site := ((written if onward == address else onward) if by_route else found.site):
        row["site"] = outside(site)
    if topic:
        row["topic"] = topic
    return _write(row, name, found, folder)


def _read_at(known: Recognized, address: str, config: Config) -> str:
    """The address that a source would be read at."""
    if known.route:
        return f"{config.network.rsshub.rstrip('/')}{known.route}"
    return known.url or address


def _write(row: dict[str, str], name: str | None, found: Subscription, folder: Path) -> ExitCode:
    """Into feeds.yaml as it is by now: others may have added to it while the feed was looked for."""
    with hold_settings(folder) as settings:
        if _is_known(found.url, settings.config):
            return ExitCode.OK
        called = name or unique(_title(found), source_names(settings.config))
        amend(folder, {"sources": [{"name": called, **row}]})
    entries = found.reading.entries
    count = message("sources.count" if entries else "sources.count none", n=len(entries))
    address = row.get("url") or row["route"]
    click.echo(say_here("sources.added", name=called, address=address, count=count), err=True)
    return ExitCode.OK


def _check_name(name: str | None, config: Config) -> None:
    """UsageError about what was typed, before anything is fetched: no line of feeds.yaml is at fault."""
    if name is not None and not 0 < len(name.strip()) <= LONGEST:
        raise usage_error("sources.option name", most=LONGEST)
    if name in source_names(config):
        raise usage_error("sources.option taken", name=str(name))


def _is_known(url: str, config: Config) -> bool:
    """Whether a source reads this feed already, under whichever spelling of its address; told if so."""
    known = source_keys(config).get(subscription_key(url))
    if known is None:
        return False
    key = "sources.known" if known.enabled else "sources.known disabled"
    click.echo(say_here(key, url=url, name=known.name), err=True)
    return True


def _follow(
    known: Recognized, address: str, config: Config, *, guessed: bool
) -> tuple[Recognized, str, Subscription | Failure]:
    """The feed behind an address, as what and at which address it was found: where an unknown one has none, as a short
    address that an app shared, what it leads to may be known."""
    found = _find(known, address, config, guessed=guessed)
    if isinstance(found, Subscription) or known != Recognized():
        return known, address, found
    onward = follow_link(address, fetcher(config, datetime.now(UTC)))
    meant = recognize_link(onward) if onward != address else None
    return (meant, onward, _find(meant, onward, config, guessed=False)) if meant else (known, address, found)


def _find(known: Recognized, address: str, config: Config, *, guessed: bool) -> Subscription | Failure:
    """The feed behind an address: by what it was recognized as, else by looking; where https was only a guess, http is
    tried after it. Where the feed that there should be by rule is none, the address itself is looked at."""
    fetch = fetcher(config, datetime.now(UTC))
    if known.refusal:
        return refuse_link(address, known.refusal)
    if known.page and not isinstance(found := find_feed(address, fetch), Failure):
        return found
    if known.route:
        return find_route(known.route, str(config.network.rsshub), fetch)
    found = find_feed(known.url or address, fetch)
    if isinstance(found, Failure) and known.url:
        found = find_feed(address, fetch)
    if guessed and isinstance(found, Failure):
        other = find_feed(address.replace("https:", "http:", 1), fetch)
        return found if isinstance(other, Failure) else other
    return found


def _title(found: Subscription) -> str:
    """What the feed calls itself; its host where it has no name."""
    return outside(one_line(found.reading.title)) or (urlsplit(found.url).hostname or "").removeprefix("www.")
