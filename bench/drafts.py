"""Drafts while faults strike: python bench/drafts.py [--number 200] [--seed 0] [--only "answer lost"] [--json]

A platform of our own on loopback, with its faults: for each of them so many random sequences of sending two issues of two
accounts, while texts change, drafts are published, covers deleted and processes killed. After every step an issue has at
most one draft, every draft all of its pictures, no account anything of the other's; AppSecret is in no address, header, word,
log, exception and no command line of a process. Sequence N of a fault follows from the seed and N alone.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from harness import parser

from curate.sources.identity import fingerprint
from curate.storage import Archive
from tests.draft_platform import DraftPlatform, served_platform
from tests.draft_sequences import FAULTS, Scene, play


def command_lines() -> Iterator[bytes]:
    """The command lines of all processes, where the system shows them."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes()
        except OSError:
            continue


def play_fault(
    fault: str, seeds: range, platform: DraftPlatform, archive: Archive, log: io.StringIO
) -> tuple[dict[str, int | float], list[str]]:
    """What came of a fault's sequences, and what did not hold."""
    told: dict[str, int | float] = {"sequences": len(seeds), "sent": 0, "refused": 0, "broken": 0}
    broken: list[str] = []
    began = time.perf_counter()
    for seed in seeds:
        try:
            scene = play(fault, seed, platform, archive)
            scene.check_secrets(log.getvalue())
            told["sent"] += scene.sent
            told["refused"] += scene.refused
            if seed == seeds[0]:
                check_processes(scene)
        except AssertionError as e:
            broken.append(f"{fault}, {seed}: {e}")
        log.seek(0)
        log.truncate()
    told["broken"], told["seconds"] = len(broken), round(time.perf_counter() - began, 1)
    return told, broken


def check_processes(scene: Scene) -> None:
    """AssertionError where a command line names a secret."""
    secrets = [account.secret.encode() for account in scene.platform.accounts.values()]
    assert not any(secret in line for line in command_lines() for secret in secrets), "a command line"


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--number", type=int, default=200, help="sequences of each fault")
    options.add_argument("--seed", type=int, default=0, help="the first")
    options.add_argument("--only", default="", help="faults whose name has this")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    log = io.StringIO()
    logging.basicConfig(stream=log, level=logging.DEBUG)
    found, broken = {}, []
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive("sqlite:///drafts.db", Path(folder), fingerprint) as archive,
        served_platform(DraftPlatform()) as platform,
    ):
        for fault in (each for each in FAULTS if asked.only in each):
            seeds = range(asked.seed, asked.seed + asked.number)
            found[fault], bad = play_fault(fault, seeds, platform, archive, log)
            broken += bad
            if not asked.json:
                print(f"{fault:34}", "  ".join(f"{n} {name}" for name, n in found[fault].items()), flush=True)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    for line in broken[:20]:
        print(line, file=sys.stderr)
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
