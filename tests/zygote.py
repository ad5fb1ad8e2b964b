"""Runs `curate` again and again without paying for the imports each time: a fork for each line of stdin.

stdin: a JSON list of arguments a line. stdout: the child's pid, then, when it has ended, its exit status or
minus the signal that killed it. Only for tests that need many real processes.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    import curate.cli
    import curate.cli.doors
    import curate.pipeline
    import curate.render.report

    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 1)
            log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(log, 2)
            os._exit(curate.cli.run(json.loads(line)))
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


main()
