"""Show a progress bar on standard error, for long runs in a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from launchpolicy.operations.submissions.parallel import Progress
from launchpolicy.vocabulary.text import Language, Text

if TYPE_CHECKING:  # the type that click gives no public name
    from click._termui_impl import ProgressBar

_LONG = 500
_JUDGING = Text("judging", "正在判定")
ERASE_LINE = "\r\x1b[2K"  # ECMA-48 sections 8.3.15 and 8.3.41
"""What empties the line of a terminal on which something was counted."""


@contextmanager
def progress_bar(stream: TextIO, language: Language) -> Iterator[Progress | None]:
    """Yield a callback that moves the bar, erased at the end; None where nobody would see it.

    The callback learns how much there is to do from its first call; little shows no bar.
    """
    if not stream.isatty():
        yield None
        return
    bars: list[ProgressBar[int]] = []

    def move(done: int, total: int) -> None:
        if not bars and total >= _LONG:
            label = _JUDGING.in_language(language)
            bars.append(click.progressbar(length=total, label=label, file=stream, show_pos=True))
            bars[0].render_progress()
        for bar in bars:
            bar.update(done - bar.pos)

    yield move
    for bar in bars:
        bar.render_finish()
        stream.write("\x1b[1A" + ERASE_LINE)
        stream.flush()
