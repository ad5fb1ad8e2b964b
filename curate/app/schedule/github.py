"""GitHub Actions: a workflow in the account's own repository, whose memory is kept as files of a draft release.

A cache is thrown away when it is not used for a week or there is no room; an artifact after some weeks; a branch grows by the
whole archive every night. A file of a release stays until it is deleted, and nobody sees a draft but who may write. Each
night adds a backup under a new name, checked by its checksums when it comes back, and only then the oldest go: a run that is
cut off at any point loses nothing that was kept before. What could not be brought back is never written over.
"""

from __future__ import annotations

from datetime import UTC, time

from curate.app.schedule.model import Plan, ScheduleFile, Scheduler
from curate.app.schedule.wall_time import list_clock_times
from curate.domain.message import Message, message

KEPT = 7  # backups
_WORKFLOW = """\
# {title}; the hour below is UTC, and GitHub may start it an hour or two late.
# Keep this repository private. In a public one schedules stop after 60 days without a commit.
name: curate

on:
  schedule:
    - cron: "{minute} {hour} * * *"
  workflow_dispatch:

permissions:
  contents: write # the memory is kept as files of a draft release

concurrency:
  group: curate
  cancel-in-progress: false

jobs:
  night:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    env:
      GH_TOKEN: ${{{{ github.token }}}}
      GH_REPO: ${{{{ github.repository }}}}
      STATE: curate-state
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - name: Install curate
        run: python -m pip install "curate=={version}"
      - name: Bring back what is remembered
        id: restore
        run: |
          releases=$(gh release list --limit 1000 --json tagName --jq '.[].tagName')
          if ! grep -qxF "$STATE" <<< "$releases"; then
            gh release create "$STATE" --draft --title "$STATE" --notes "What curate remembers. Do not delete."
          fi
          newest=$(gh release view "$STATE" --json assets \\
            --jq '[.assets[] | select(.state == "uploaded") | .name] | sort | last // ""')
          if [ -n "$newest" ]; then
            gh release download "$STATE" --pattern "$newest" --output "$RUNNER_TEMP/state.tar.gz"
            curate restore "$RUNNER_TEMP/state.tar.gz" --to "$RUNNER_TEMP/account"
            rm -rf output
            mv "$RUNNER_TEMP/account/output" output
          fi
      - name: Run the night
{environment}        run: |
          curate run || [ $? -eq 3 ] # 3: nothing new
      - name: Keep what is remembered
        if: ${{{{ !cancelled() && steps.restore.outcome == 'success' }}}}
        run: |
          name="state-$(date -u +%Y%m%dT%H%M%SZ)-$GITHUB_RUN_ID.tar.gz"
          curate backup "$RUNNER_TEMP/$name"
          gh release upload "$STATE" "$RUNNER_TEMP/$name"
          gh release view "$STATE" --json assets --jq '[.assets[].name] | sort | .[:-{kept}][]' |
            while read -r old; do gh release delete-asset "$STATE" "$old" --yes; done
      - name: Hand out the issue
        if: ${{{{ !cancelled() }}}}
        uses: actions/upload-artifact@v5
        with:
          name: output
          path: |
            output/issues
            output/site
            output/runs
          if-no-files-found: ignore
          retention-days: 14
"""


def make_workflow(plan: Plan) -> tuple[ScheduleFile, ...]:
    """The workflow's file."""
    at = _times(plan)[0]
    lines = [f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in plan.variables]
    text = _WORKFLOW.format(
        title=plan.title,
        minute=at.minute,
        hour=at.hour,
        version=plan.version,
        environment="".join(("        env:\n", *lines)) if lines else "",
        kept=KEPT,
    )
    return (ScheduleFile(plan.folder / ".github/workflows/curate.yml", text),)


def _times(plan: Plan) -> tuple[time, ...]:
    return list_clock_times(plan.now, plan.at, plan.zone, lambda moment: moment.astimezone(UTC))


def _notes(plan: Plan) -> tuple[Message, ...]:
    times = _times(plan)
    own = f"{times[0]:%H:%M}"
    hour = message("schedule.github.utc", said=plan.hour, own=own)
    others = tuple(f"{each:%H:%M}" for each in times[1:])
    drifts = message("schedule.drifts", said=plan.hour, own=own, others=others, name="github")
    return (
        drifts if others else hour,
        message("schedule.github.late"),
        message("schedule.github.state"),
        *((message("schedule.github.secrets", names=plan.variables),) if plan.variables else ()),
    )


GITHUB = Scheduler(
    "github",
    make_workflow,
    _notes,
    lambda plan: ("actionlint", str(make_workflow(plan)[0].path)),
)
