"""Write which mistakes the cases of policies notice, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from launchpolicy.engine.analysis.mutation import MutationResult
from launchpolicy.reporters.json_encoding import encode_indented
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Language, Text


class PackFigures(NamedTuple):
    """How many mistakes the cases of one pack notice."""

    total: int
    killed: int
    equivalent: int

    @property
    def share(self) -> float:
        """Return the share that is noticed, of those that change something, in percent."""
        effective = self.total - self.equivalent
        return 100 * self.killed / effective if effective else 100.0


def figures_of(results: Sequence[MutationResult]) -> dict[str, PackFigures]:
    """Return the figures of each pack, by its name."""
    figures: dict[str, PackFigures] = {}
    for result in results:
        before = figures.get(result.pack, PackFigures(0, 0, 0))
        figures[result.pack] = PackFigures(
            before.total + result.total,
            before.killed + result.kill_count,
            before.equivalent + len(result.equivalent),
        )
    return dict(sorted(figures.items()))


def as_text(results: Sequence[MutationResult], language: Language) -> str:
    """Return the mistakes that no case notices, a line each, and the figures of each pack."""
    lines = [_failing_line(result).in_language(language) for result in results if result.failing]
    for result in results:
        if result.survivors or result.outdated:
            lines.append(f"{result.pack}/{result.policy}")
        lines += [f"  ✗ {escape(mutant)}" for mutant in result.survivors]
        lines += [
            f"  ! {_outdated_line(mutant).in_language(language)}" for mutant in result.outdated
        ]
    unable = {result.pack for result in results if result.failing}
    for pack, figures in figures_of(results).items():
        is_empty = not figures.total and pack not in unable
        line = _nothing_line(pack) if is_empty else _pack_line(pack, figures)
        lines.append(line.in_language(language))
    if not results:
        lines.append(_NOTHING.in_language(language))
    return "\n".join(lines) + "\n"


def as_json(results: Sequence[MutationResult], language: Language) -> str:
    """Return everything, versioned; `language` changes nothing."""
    del language
    document: Mapping[str, Any] = {
        "version": 1,
        "packs": {name: _figures(figures) for name, figures in figures_of(results).items()},
        "policies": [{**result._asdict(), "killed": result.kill_count} for result in results],
    }
    return encode_indented(document) + "\n"


def as_table(packs: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the figures of packs as a table in Markdown."""
    lines = [
        "| pack | mistakes | noticed | equivalent | share |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, item in packs.items():
        cells = (item["total"], item["killed"], item["equivalent"], f"{item['share']} %")
        lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


_NOTHING = Text("No policy differs from the base.", "没有与基准不同的策略。")

FORMATS = {"text": as_text, "json": as_json}


def _figures(figures: PackFigures) -> dict[str, Any]:
    return {**figures._asdict(), "share": round(figures.share, 1)}


def _failing_line(result: MutationResult) -> Text:
    names = [escape(name) for name in result.failing]
    return Text(
        f"✗ {result.pack}/{result.policy}: these cases do not come out as expected, so they notice "
        f"nothing; correct them first (launchpolicy policy test): {', '.join(names)}",
        f"✗ {result.pack}/{result.policy}：下列用例不符合预期，无法发现任何变异；"
        f"请先更正（launchpolicy policy test）：{'、'.join(names)}",
    )


def _outdated_line(mutant: str) -> Text:
    return Text(
        f"declared as equivalent, but noticed or not there: {escape(mutant)}",
        f"声明为等价，但已被发现或不存在：{escape(mutant)}",
    )


def _nothing_line(pack: str) -> Text:
    return Text(
        f"{pack}: no mistake can be made in its policies, so nothing is said of their cases",
        f"{pack}：其策略没有可供变异之处，无从检验用例",
    )


def _pack_line(pack: str, figures: PackFigures) -> Text:
    share = f"{figures.share:.1f} %"
    return Text(
        f"{pack}: {figures.killed} of {figures.total} mistakes noticed, "
        f"{figures.equivalent} equivalent: {share}",
        f"{pack}：共 {figures.total} 处变异，发现 {figures.killed} 处，"
        f"等价 {figures.equivalent} 处：{share}",
    )
