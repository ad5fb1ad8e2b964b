"""Addresses of the desk -> answers, put together in `desk_app`. Everything stands behind the guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from curate.app.render_issue import pictures_of
from curate.config.schema import Look
from curate.desk.draft import items_of
from curate.desk.events import WITHIN
from curate.desk_server.action_types import ActionRequest, UnusableError
from curate.desk_server.actions import decide
from curate.desk_server.candidates import read_filter
from curate.desk_server.guard import POST_POLICY, DeskGuard, Door
from curate.desk_server.issue_desk import IssueDesk
from curate.desk_server.page import Pages, say_decision
from curate.desk_server.panels import PANELS
from curate.desk_server.post import post_of, preview_of
from curate.desk_server.share import share_name, share_page
from curate.domain.errors import ArchiveError, ConfigError, CurateError, OutputError, StaleError
from curate.domain.model import EntryKey, Failure, Item
from curate.i18n.catalogue import failure_of
from curate.render.color import parse_color
from curate.render.theme import themes

_KINDS = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
}
_FILES = ("desk.css", "desk.js", "icon.svg", "vendor/htmx-4.0.1.min.js", "vendor/sortable-1.15.7.min.js")


def desk_app(desk: IssueDesk, door: Door) -> Starlette:
    """The desk of one issue as an ASGI application behind `door`."""
    answers = Answers(desk)
    routes = [
        Route("/", answers.page),
        Route("/board", answers.board),
        Route("/list", answers.candidates),
        Route("/item", answers.item),
        Route("/doubts", answers.doubts, methods=["POST"]),
        Route("/panel/{name}", answers.panel),
        Route("/checks", answers.checks),
        Route("/share", answers.share),
        Route("/copied", answers.note_copy, methods=["POST"]),
        Route("/post", answers.post),
        Route("/copy", answers.copy_post),
        Route("/look", answers.look, methods=["POST"]),
        Route("/do/{action}", answers.act, methods=["POST"]),
        Route("/static/{name:path}", answers.static),
        Route("/{name:path}", answers.picture),
    ]
    return Starlette(routes=routes, middleware=[Middleware(DeskGuard, door=door)])


class Answers:
    """The answers to each address. Those that are plain functions run in the server's pool of threads."""

    def __init__(self, desk: IssueDesk) -> None:
        self._desk = desk
        self._pages = Pages(desk)

    def page(self, request: Request) -> Response:
        """The whole page; that it was opened is noted."""
        self._desk.note_visit("open")
        return HTMLResponse(self._pages.whole(self._desk.read(), read_filter(request.query_params)))

    def board(self, request: Request) -> Response:
        """What an action changes, as it is now."""
        return HTMLResponse(self._pages.board(self._desk.read(), read_filter(request.query_params)))

    def candidates(self, request: Request) -> Response:
        return HTMLResponse(self._pages.candidates(self._desk.read(), read_filter(request.query_params)))

    def item(self, request: Request) -> Response:
        edited = self._desk.read()
        found = _item(request.query_params.get, edited.issue.sections)
        if found is None:
            return PlainTextResponse(self._pages.say("not_here"), 404)
        return HTMLResponse(self._pages.item(edited, found))

    async def doubts(self, request: Request) -> Response:
        """What changed of numbers and negations in the words that are being typed."""
        form = await request.form()
        return await run_in_threadpool(self._doubts, {name: str(value) for name, value in form.items()})

    def panel(self, request: Request) -> Response:
        """What opens over the desk."""
        name = request.path_params["name"]
        if name not in PANELS:
            return PlainTextResponse("404", 404)
        return HTMLResponse(self._pages.panel(self._desk.read(), name))

    def checks(self, request: Request) -> Response:
        """What the checks find in the post, and where it is asked for what each channel cuts."""
        has_sizes = "sizes" in request.query_params
        return HTMLResponse(self._pages.checks(self._desk.read(), has_sizes=has_sizes))

    def post(self, request: Request) -> Response:
        """The post for the frame, under a policy of its own."""
        edited, dark = self._desk.read(), "dark" in request.query_params
        post = post_of(self._desk, edited)
        html = self._pages.frame(edited, preview_of(post, dark=dark), post, dark=dark)
        return HTMLResponse(html, headers={"Content-Security-Policy": POST_POLICY})

    def copy_post(self, _: Request) -> Response:
        """What goes onto the clipboard, in both types; 422 where the platform's editor would not keep it."""
        post = post_of(self._desk, self._desk.read())
        if post.has_errors:
            return JSONResponse({"error": self._pages.say("copy_refused")}, 422)
        return JSONResponse({"html": post.html, "text": post.text})

    def note_copy(self, _: Request) -> Response:
        """The page says that the post is on the clipboard."""
        self._desk.note_visit("copy")
        return Response(status_code=204)

    def share(self, _: Request) -> Response:
        """The page for a colleague, to be kept as a file."""
        headers = {"Content-Disposition": f'attachment; filename="{share_name(self._desk.number)}"'}
        return HTMLResponse(share_page(self._desk, self._desk.clock()), headers=headers)

    async def look(self, request: Request) -> Response:
        """Choose theme and color for preview and copy."""
        form = await request.form()
        return await run_in_threadpool(self._look, str(form.get("theme", "")), str(form.get("color", "")))

    async def act(self, request: Request) -> Response:
        """Decide, keep it, and show the issue as it is then: 409 where it was changed elsewhere."""
        async with request.form(max_files=1, max_fields=40, max_part_size=100_000) as form:
            values = {name: value for name, value in form.items() if isinstance(value, str)}
            files = [value for value in form.values() if isinstance(value, UploadFile)]
            upload = await files[0].read() if files else b""
        return await run_in_threadpool(self._act, request.path_params["action"], values, upload)

    def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _FILES:
            return PlainTextResponse("404", 404)
        return Response(self._desk.templates[f"desk/{name}"], media_type=_KINDS[name.rpartition(".")[2]])

    def picture(self, request: Request) -> Response:
        """A picture of the issue, of any of its versions; nothing else of its folder."""
        name, edited = request.path_params["name"], self._desk.read()
        kind = _KINDS.get(name.rpartition(".")[2], "")
        if name not in pictures_of(edited) or not kind.startswith("image/"):
            return PlainTextResponse("404", 404)
        files = self._desk.account.output.files(edited.folder, [name])
        if name not in files:
            return PlainTextResponse("404", 404)
        return Response(files[name], media_type=kind, headers={"Content-Security-Policy": POST_POLICY})

    def _act(self, name: str, form: dict[str, str], upload: bytes) -> Response:
        desk, say, wanted = self._desk, self._pages.say, read_filter(form)
        try:
            made = decide(name, ActionRequest(desk, desk.read(), form, upload))
            seen = None if made.is_free else _number(form.get("revision", ""))
            edited = desk.decide(seen, made.events, made.files)
        except UnusableError as e:
            return self._tell_outcome(f"{say(e.reason)} {e.hint}".strip(), 422, wanted)
        except StaleError:
            return self._tell_outcome(say("stale"), 409, wanted)
        except ConfigError as e:
            told = self._as_failure(e)
            return self._tell_outcome(f"{say('no_settings')} {told.reason} {told.hint}".strip(), 422, wanted)
        except (OutputError, ArchiveError) as e:
            return self._tell_outcome(f"{say('busy')} ({self._as_failure(e).reason})", 503, wanted)
        if made.then:
            made.then()
        if made.fetched and made.events:
            desk.fetch_later(*made.fetched)
        key = EntryKey(form.get("source", ""), form.get("entry", ""))
        said = say_decision(say, made.said, made.about, edited, key)
        if all(isinstance(event, WITHIN) for event in made.events):
            return HTMLResponse(self._pages.issue(edited, said))
        return HTMLResponse(self._pages.board(edited, wanted, said))

    def _as_failure(self, error: CurateError) -> Failure:
        return failure_of("", error, self._desk.account.config.account.language)

    def _tell_outcome(self, words: str, status: int, wanted: Any) -> Response:
        return HTMLResponse(self._pages.board(self._desk.read(), wanted, words, is_bad=True), status)

    def _doubts(self, form: dict[str, str]) -> Response:
        edited = self._desk.read()
        sections = edited.machine.sections
        original = _item(form.get, sections) or _item(form.get, edited.issue.sections)
        if original is None:
            return PlainTextResponse("", 404)
        title, summary = form.get("title", ""), form.get("summary", "")
        return HTMLResponse(self._pages.doubt_list(edited, original, title, summary))

    def _look(self, theme: str, given: str) -> Response:
        desk = self._desk
        known = theme in themes(desk.templates)
        chosen = given if parse_color(given) else ""
        changed = {"theme": theme if known else desk.look.theme, "color": chosen}
        desk.look = Look.model_validate({**desk.look.model_dump(), **changed})
        return HTMLResponse(self._pages.look(desk.read()))


def _item(asked: Callable[[str, str], Any], sections: Any) -> Item | None:
    key = EntryKey(asked("source", ""), asked("entry", ""))
    return next((item for item in items_of(sections) if item.key == key), None)


def _number(text: str) -> int:
    """A revision; one that no issue has where it is none, so that it counts as stale."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 10**9
