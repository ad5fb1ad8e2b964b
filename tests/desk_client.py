"""A browser's part in tests of the desk: it asks the application in this process, with what browsers send."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from curate.app.account import OpenAccount, load_config, open_archive
from curate.cli.terminal.console import Console
from curate.desk_server.guard import Door
from curate.desk_server.issue_desk import IssueDesk
from curate.desk_server.routes import desk_app
from curate.storage.output import Output
from tests.nouns import NOW

PORT = 8711
ORIGIN = f"http://127.0.0.1:{PORT}"


class DeskClient:
    """A tab that has come through the door. `revision` is what it has seen last."""

    def __init__(self, desk: IssueDesk) -> None:
        self.desk = desk
        self.door = Door(PORT)
        self.app = desk_app(desk, self.door)
        self.cookies = {self.door.cookie: self.door.key}
        self.revision = desk.read().revision

    def ask(
        self, method: str, path: str, *, cookies: dict[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        """One request with these headers and cookies, and no others."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            jar = self.cookies if cookies is None else cookies
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=jar) as client:
                return await client.request(method, path, **options)

        with ThreadPoolExecutor(1) as aside:  # the browser tests have an event loop in this thread
            return aside.submit(asyncio.run, asked()).result()

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, headers={"Sec-Fetch-Site": "same-origin"}, **options)

    def do(self, action: str, number: int = 0, *, seen: int | None = None, **form: Any) -> httpx.Response:
        """An action about the item of this sample number, on the revision that was seen last."""
        files = form.pop("files", None)
        key = {"source": f"s{number}", "entry": f"e{number}"} if number else {}
        values = {"revision": str(self.revision if seen is None else seen), **key, **form}
        answer = self.ask("POST", f"/do/{action}", headers={"Origin": ORIGIN}, data=values, files=files)
        if answer.status_code == 200:
            self.revision = self.desk.read().revision
        return answer


@contextmanager
def opened(home: Path, number: int = 7) -> Iterator[DeskClient]:
    """The desk of an account's issue, and a tab of it."""
    config = load_config(home, {})
    with open_archive(config, home) as archive:
        account = OpenAccount(config, home, Output(home / "output"), archive)
        with IssueDesk(account, number, lambda: NOW, Console(quiet=True), rest=0.0) as desk:
            yield DeskClient(desk)
