"""The bar of a long run: on a terminal only, in the language of the report, erased at the end."""

from __future__ import annotations

import io

from launchpolicy.cli.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_run_on_a_terminal_counts_to_the_end_and_leaves_nothing() -> None:
    stream = Terminal()
    with progress_bar(stream, "zh") as progress:
        assert progress is not None
        progress(64, 600)
        progress(600, 600)
    shown = stream.getvalue()
    assert "正在判定" in shown
    assert "64/600" in shown
    assert "600/600" in shown
    assert shown.endswith("\n\x1b[1A\r\x1b[2K")


def test_no_bar_where_nobody_would_see_it_or_the_run_is_short() -> None:
    for stream in (io.StringIO(), Terminal()):
        with progress_bar(stream, "en") as progress:
            if progress is not None:
                progress(2, 499)
        assert stream.getvalue() == ""


def test_the_bar_counts_up_to_what_there_is_to_do() -> None:
    stream = Terminal()
    with progress_bar(stream, "en") as progress:
        assert progress is not None
        progress(1, 700)
    assert "1/700" in stream.getvalue()
