"""Show a progress bar on standard error, for long runs in a terminal only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from launchpolicy.operations.submissions.parallel import Progress
from launchpolicy.vocabulary.text import Language, Text

_LONG = 500
_JUDGING = Text("judging", "正在判定")
_ERASE_LINE = "\r\x1b[2K"  # ECMA-48 sections 8.3.15 and 8.3.41


@contextmanager
def progress_bar(stream: TextIO, total: int, language: Language) -> Iterator[Progress | None]:
    """Yield a callback that moves the bar, erased at the end; None where nobody would see it."""
    if total < _LONG or not stream.isatty():
        yield None
        return
    label = _JUDGING.in_language(language)
    with click.progressbar(length=total, label=label, file=stream, show_pos=True) as bar:
        yield lambda done, _: bar.update(done - bar.pos)
        bar.render_progress()
    stream.write("\x1b[1A" + _ERASE_LINE)
    stream.flush()
