"""Runs `curate` again and again without paying each time for what it loads: a fork for each line of stdin but the first.

stdin: a JSON list of arguments a line. stdout: the child's pid, then, when it has ended, its exit status or
minus the signal that killed it. The first line is run by this process itself, so that its children have all that a
night loads, the encoder's weights among it. Only for tests that need many real processes.
"""

from __future__ import annotations

import json
import os
import sys
import threading

import curate.cli.main


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    print(os.getpid(), file=answers)
    print(curate.cli.main.run(json.loads(sys.stdin.readline())), file=answers)
    assert threading.active_count() == 1, "a fork has no other threads, but the locks that they held"
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os._exit(curate.cli.main.run(json.loads(line)))
        print(pid, file=answers)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), file=answers)


main()
