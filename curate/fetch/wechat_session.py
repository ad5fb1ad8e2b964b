"""Asking the platform with an access token: fetched when first needed, once more when it is refused, never written down.

`stable_token` gives the same token again while it is valid, and never takes one away from another program: so nothing is
gained by keeping it, and nothing can leak from a disk. AppSecret stands in that one request's body alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from curate.domain.errors import FetchError
from curate.fetch.wechat_errors import (
    COMMON,
    OfficialError,
    RefusedCode,
    UnansweredError,
    make_refusal,
    make_unexpected,
)

WAITS = (2.0, 8.0)  # seconds before asking again where the platform is busy
OfficialAnswer: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What proves who asks. Neither shows when it is printed. `env`: what the names of their variables begin with."""

    appid: str = field(repr=False)
    secret: str = field(repr=False)
    env: str = "CURATE_WECHAT"


class OfficialWire(Protocol):
    """What carries requests: FetchError where no answer came. Never tells what it sends, nor where to."""

    def get(self, path: str, query: Mapping[str, str]) -> Any: ...
    def post(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> Any: ...
    def upload(self, path: str, query: Mapping[str, str], name: str, data: bytes) -> Any: ...


class WechatSession:
    """One account's session. `refusals`: the codes of the interfaces that are asked; `sleep` waits some seconds."""

    def __init__(
        self,
        wire: OfficialWire,
        secrets: Secrets,
        sleep: Callable[[float], None],
        refusals: Mapping[int, RefusedCode] = COMMON,
    ) -> None:
        self._wire, self._secrets, self._sleep, self._refusals = wire, secrets, sleep, refusals
        self._token = ""

    def sign_in(self) -> None:
        """Fetch a token where there is none yet. OfficialError or FetchError where there is none to be had."""
        self._token = self._token or self._new_token(force=False)

    def get(self, path: str) -> OfficialAnswer:
        """The answer to a request that says nothing. Errors as of `ask`."""
        return self._insist(lambda query: self._wire.get(path, query), path, True)

    def ask(self, path: str, body: Mapping[str, Any], *, repeatable: bool = True) -> OfficialAnswer:
        """The answer to a request. OfficialError where the platform refuses, FetchError where it does not answer.

        A request that is not `repeatable` is never sent again after an answer that leaves open whether it was
        carried out ("busy").
        """
        return self._insist(lambda query: self._wire.post(path, query, body), path, repeatable)

    def upload(self, path: str, query: Mapping[str, str], name: str, data: bytes) -> OfficialAnswer:
        """The answer to an upload of a file called `name`. Errors as of `ask`."""
        return self._insist(lambda token: self._wire.upload(path, {**query, **token}, name, data), path, True)

    def _insist(
        self, send: Callable[[Mapping[str, str]], Any], path: str, repeatable: bool
    ) -> OfficialAnswer:
        renewed, waits = False, list(WAITS)
        while True:
            self.sign_in()
            try:
                return self._read(send({"access_token": self._token}), path)
            except OfficialError as e:
                if e.action == "refresh" and not renewed:
                    renewed = True
                    self._renew()
                elif waits and (e.action == "wait" or (e.action == "busy" and repeatable)):
                    self._sleep(waits.pop(0))
                else:
                    raise

    def _renew(self) -> None:
        """Another token: what is valid now, or a new one where that was refused. Forcing is limited to twenty a day."""
        token = self._new_token(force=False)
        self._token = token if token != self._token else self._new_token(force=True)

    def _new_token(self, *, force: bool) -> str:
        body = {
            "grant_type": "client_credential",
            "appid": self._secrets.appid,
            "secret": self._secrets.secret,
            "force_refresh": force,
        }
        answer = self._ask_token(body)
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise make_unexpected("stable_token")
        return token

    def _ask_token(self, body: Mapping[str, Any]) -> OfficialAnswer:
        """Asked again where the platform is busy or its answer was lost: nothing is made but a token."""
        waits = list(WAITS)
        while True:
            try:
                return self._read(self._wire.post("/cgi-bin/stable_token", {}, body), "stable_token")
            except OfficialError as e:
                if e.action not in ("busy", "wait") or not waits:
                    raise
            except UnansweredError as e:
                if not waits:
                    raise FetchError(status=e.status, message=e.message, advice=e.advice) from None
            self._sleep(waits.pop(0))

    def _read(self, answer: Any, path: str) -> OfficialAnswer:
        name = path.rpartition("/")[2]
        if not isinstance(answer, dict):
            raise make_unexpected(name)
        code = answer.get("errcode", 0)
        if not isinstance(code, int):
            raise make_unexpected(name)
        if code:
            raise make_refusal(code, str(answer.get("errmsg", "")), self._secrets.env, self._refusals)
        return answer
