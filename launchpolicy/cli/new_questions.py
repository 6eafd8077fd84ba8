"""Ask at a terminal for what `launchpolicy new` is not given by options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.vocabulary.text import Language, Text


class NewQuestions:
    """Questions on the terminal; nothing is asked where there is none."""

    def __init__(self, language: Language, *, is_asking: bool) -> None:
        self.language = language
        self.is_asking = is_asking

    def text(self, question: Text) -> str:
        """Return an answer, "" for none: the request then says TODO."""
        if not self.is_asking:
            return ""
        prompt = Text(f"{question.en} (Enter: later)", f"{question.zh}（回车：稍后填写）")
        answer: str = click.prompt(
            prompt.in_language(self.language), default="", show_default=False
        )
        return answer.strip()

    def choice(self, question: Text, choices: tuple[str, ...], default: str = "") -> str:
        """Return one of `choices`, or `default`, which may be "" for later."""
        if not self.is_asking:
            return default
        prompt = f"{question.in_language(self.language)} ({' | '.join(choices)})"
        kind = ChoiceType(choices)

        def one_of_choices(answer: str) -> str:
            return kind.convert(answer, None, None) if answer.strip() else default

        answer: str = click.prompt(
            prompt, default=default, show_default=bool(default), value_proc=one_of_choices
        )
        return answer

    def start(self, end: datetime | None) -> datetime | None:
        """Return when the window begins, before `end`; None for later."""

        def in_order(start: datetime) -> None:
            if end is not None and start >= end:
                raise click.UsageError(wrong_order(start, end))

        return self._instant(Text("Launch window begins", "上线窗口开始"), in_order)

    def end(self, start: datetime | None) -> datetime | None:
        """Return when the window ends, after `start`; None for later."""

        def in_order(end: datetime) -> None:
            if start is not None and start >= end:
                raise click.UsageError(wrong_order(start, end))

        return self._instant(Text("Launch window ends", "上线窗口结束"), in_order)

    def _instant(
        self, question: Text, require_order: Callable[[datetime], None]
    ) -> datetime | None:
        """Return a point in time, None for none; one out of order is asked for again."""
        if not self.is_asking:
            return None
        prompt = Text(
            f"{question.en}, such as 2026-12-01 22:00 (Enter: later)",
            f"{question.zh}，如 2026-12-01 22:00（回车：稍后填写）",
        ).in_language(self.language)

        def instant_in_order(text: str) -> datetime | None:
            instant = _instant(text)
            if instant is not None:
                require_order(instant)
            return instant

        answer = click.prompt(prompt, default="", show_default=False, value_proc=instant_in_order)
        return answer if isinstance(answer, datetime) else None


def _instant(text: str) -> datetime | None:
    return InstantType().convert(text, None, None) if text.strip() else None


def wrong_order(start: datetime, end: datetime, option: str = "") -> str:
    """Return what is wrong with a window that ends before it begins."""
    first, last = iso_text(start), iso_text(end)
    return say(
        f"the window ends at {last}, which is not after it begins: {option}{first}",
        f"窗口结束时间 {last} 须晚于开始时间：{option}{first}",
    )


def iso_text(instant: datetime | None) -> str:
    """Return a point in time as a request says it; "" for none."""
    return instant.isoformat(timespec="seconds") if instant is not None else ""
