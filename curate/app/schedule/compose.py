"""Docker Compose: a container in which `curate watch` waits; it needs no cron, and no zone of the host."""

from __future__ import annotations

import json

from curate.app.schedule.model import Plan, ScheduleFile, Scheduler
from curate.domain.message import Message, message

HOME = "/account"  # where the container has the account's folder
# JSON is YAML too, and quotes whatever a path holds. The secrets are in the account's own file.
_COMPOSE = """\
# {title}
services:
  curate:
    image: curate
    entrypoint: [curate]
    command: [watch, --at, "{at}"]
    working_dir: {home}
    volumes:
      - type: bind
        source: {folder}
        target: {home}
    user: "{user}:{group}"
    environment: {{TZ: {zone}}}
    restart: unless-stopped
    stop_grace_period: 1m
    read_only: true
    tmpfs: [/tmp]
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
"""


def make_compose(plan: Plan) -> tuple[ScheduleFile, ...]:
    """compose.yaml, beside the account's folder."""
    text = _COMPOSE.format(
        title=plan.title,
        at=f"{plan.at:%H:%M}",
        home=HOME,
        folder=json.dumps(str(plan.folder).replace("$", "$$"), ensure_ascii=False),
        user=plan.owner[0],
        group=plan.owner[1],
        zone=plan.zone.key,
    )
    return (ScheduleFile(plan.folder / "compose.yaml", text),)


def _notes(plan: Plan) -> tuple[Message, ...]:
    return (
        message("schedule.compose.image"),
        message("schedule.zone kept"),
        message("schedule.caught up"),
        message("schedule.log", log="docker compose logs curate"),
    )


COMPOSE = Scheduler(
    "compose",
    make_compose,
    _notes,
    lambda plan: ("docker", "compose", "-f", str(make_compose(plan)[0].path), "config", "-q"),
)
