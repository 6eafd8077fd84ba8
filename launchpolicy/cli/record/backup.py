"""`launchpolicy record backup NAME --file FILE [REQUEST]`: a backup, with its digest computed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from launchpolicy.cli.duration import DurationType
from launchpolicy.cli.language import say
from launchpolicy.cli.record.answer import run
from launchpolicy.cli.record.options import NightOptions, fact_options, request_argument
from launchpolicy.hosts.file_digest import digest_of
from launchpolicy.operations.record.facts import backup_fact


@click.command(
    help=say(
        """Record a planned backup: that it was taken, and that it was restored in a rehearsal.

        After the end of the launch it is the backup of the new system.

        \b
          launchpolicy record backup orders-db --file /backup/orders.dump
          launchpolicy record backup orders-db --restored 18m
        """,
        """登记一份计划的备份：已完成，或已通过恢复演练。

        上线结束之后登记的是新系统的备份。

        \b
          launchpolicy record backup orders-db --file /backup/orders.dump
          launchpolicy record backup orders-db --restored 18m
        """,
    )
)
@click.argument("name")
@request_argument()
@click.option(
    "--file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say("The backup; its digest is computed.", "备份文件；自动计算摘要。"),
)
@click.option(
    "--sha256",
    default="",
    metavar="DIGEST",
    help=say("Its digest, where the file is elsewhere.", "文件在他处时填写其摘要。"),
)
@click.option(
    "--location",
    default="",
    metavar="PLACE",
    help=say("Where it is kept (as planned).", "存放位置（默认按方案）。"),
)
@click.option(
    "--restored",
    type=DurationType(),
    metavar="DURATION",
    help=say("It was restored in a rehearsal, which took so long.", "恢复演练通过及其用时。"),
)
@click.option(
    "--restore-failed",
    is_flag=True,
    help=say("It could not be restored in a rehearsal.", "恢复演练未通过。"),
)
@fact_options
def command(
    *,
    name: str,
    file: Path | None,
    sha256: str,
    location: str,
    restored: timedelta | None,
    restore_failed: bool,
    **given: Any,  # noqa: ANN401 (the options by name)
) -> int:
    """Return the exit code: 0 recorded, 1 refused."""
    taken: dict[str, Any] = {"location": location} if location else {}
    if file is not None:
        digest = digest_of(file)
        taken |= {"sha256": digest.sha256, "size": digest.size}
    elif sha256:
        taken["sha256"] = sha256.lower()
    if restored is not None:
        taken["rehearsal"] = {"result": "restored", "takes": _duration_text(restored)}
    elif restore_failed:
        taken["rehearsal"] = {"result": "failed"}
    if not taken.keys() & {"sha256", "rehearsal"}:
        raise click.UsageError(
            say(
                "Give the backup with --file or --sha256, or its rehearsal with --restored.",
                "请用 --file 或 --sha256 指明备份，或用 --restored 登记恢复演练。",
            )
        )
    return run(NightOptions(**given), lambda night: backup_fact(night, name, taken))


def _duration_text(length: timedelta) -> str:
    """Return a length of time as files write it: `1h30m`."""
    seconds = int(length.total_seconds())
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)
