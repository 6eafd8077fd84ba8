"""A progress bar on standard error, for long runs in a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from launchpolicy.hosts.running import Progress
from launchpolicy.vocabulary.text import Language, Text

_LONG = 500
_JUDGING = Text("judging", "正在判定")


@contextmanager
def progress_bar(stream: IO[str], total: int, language: Language) -> Iterator[Progress | None]:
    """A callback that moves the bar; None where nobody would see it."""
    if total < _LONG or not stream.isatty():
        yield None
        return
    # Loaded here on purpose: nothing else on the check path needs rich.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task(_JUDGING.in_language(language), total=total)
        yield lambda done, every: bar.update(task, completed=done, total=every)
