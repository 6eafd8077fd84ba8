"""What a page says of rules, of expectations and of other products, which decides nothing itself.

A contract says when acceptance may be refused, a row of a test expects that a wrong card is
refused, a vote counts those against, and a weekly meeting agrees to one product and puts off
another. `stance_layout` takes such words out before a page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from launchpolicy.facts.stance_words import kind_of_clause
from launchpolicy.vocabulary.late_pattern import LatePattern

_RULES: Final = LatePattern(
    r"未经[^,。;\n]{0,12}?(?:批准|同意|许可|授权|通过)[,]?(?:任何人|任何部门|各部门|各单位|一律"
    r"|均)?"
    r"(?:不得|不能|不可|不准|严禁|禁止)(?!(?:本次|此次|将?该?版本)?(?:上线|发布|投产|切换"
    r"|验收))[^,。;\n]*"
    r"|(?:根据|按照?|依据?|凡|合同|协议|标准)[^。;\n]{0,50}?(?:时|的|者)[,]?则?(?:一律|均)?"
    r"不予?(?:以)?(?:验收|通过|上线|签字|签收)"
    r"|(?:^|(?<=[.;\n]))[^.;\n]*\bmay (?:only )?be (?:refused|rejected|denied"
    r"|withheld)(?: only)? (?:if|when|with"
    r"|where|in case|for|on)\b[^.;\n]*",
    re.IGNORECASE,
)
"""What a rule would refuse."""
_QUOTED: Final = LatePattern(
    r"[“「\"][^”」\"\n]{3,30}[”」\"](?=改为|改成|字段|按钮|流程|功能|状态|选项|菜单)"
    r"|(?<=改为|改成)[“「\"][^”」\"\n]{3,30}[”」\"]"
)
"""A name or a text of the product that is changed."""
_OF_VERDICT: Final = LatePattern(
    r"结论|意见|决定|结果|decision|conclusion|result|outcome", re.IGNORECASE
)
_VOTES: Final = LatePattern(
    r"(?:赞成|同意)票?\s*[:]?\s*(\d{1,3})\s*[票人位]?[\s,、;]*(?:反对|否决|不同意)票?\s*[:]?\s*"
    r"(\d{1,3})\s*[票人位]?"
)
_STATUS: Final = LatePattern(
    r"\([^()\n]{1,40},\s*(?:open|pending|in progress|not started|未开始|未完成|进行中|待办)\)",
    re.IGNORECASE,
)
"""Who does a task until when, and how far it is."""
_EXPECTED: Final = LatePattern(
    r"(?:预期|期望|应有|预计)(?:结果|行为|输出|值)?|expect(?:ed|ation)(?: (?:result|behaviou?r))?",
    re.IGNORECASE,
)
_ACTUAL: Final = LatePattern(
    r"(?:实际|实测|测试)(?:结果|行为|输出|值)?|(?:actual|observed)(?: (?:result|behaviou?r))?",
    re.IGNORECASE,
)
_HANDLING: Final = LatePattern(
    r"(?:处理|整改|采纳|答复|修改|落实)(?:结果|情况|意见|措施|说明)?|handling|handled|resolution"
    r"|response"
    r"|answer|action taken",
    re.IGNORECASE,
)
_HANDLED: Final = LatePattern(
    r"(?:已|均)?(?:采纳|补充|修改|修订|修复|解决|调整|落实|完成|整改)|\b(?:added|fixed|changed"
    r"|accepted|adopted"
    r"|resolved|corrected|done|worked in|included)\b",
    re.IGNORECASE,
)
_NOT_HANDLED: Final = LatePattern(
    r"未|不|没|待|拟|将|\b(?:not|no|will|to be|never)\b", re.IGNORECASE
)
_OF_LAUNCH: Final = LatePattern(
    r"上线|发布|投产|不同意|否决|不通过|未通过|不合格|\b(?:launch|release|go[- ]live|reject\w*"
    r"|not approved"
    r"|declined|failed)\b",
    re.IGNORECASE,
)
"""In a comment that is about all of the matter, and stands whatever is said beside it."""
_FEWEST_BARS: Final = 2
"""Bars between the cells of a row."""
_ITEM: Final = LatePattern(
    r"\s*(?:[-*•]|\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,3}[)、.])\s*"
    r"(?P<label>[^:,。;\n]{2,40}):\s*(?P<rest>.+)"
)
_PRODUCT: Final = LatePattern(
    r"\d\.\d|系统|平台|门户|官网|网站|改版|小程序|客户端|看板|机房|搬迁"
    r"|\b(?:website|portal|systems?|app|platform|shop|move|relocation)\b",
    re.IGNORECASE,
)
_PARTY: Final = LatePattern(
    r"部门?$|处$|室$|组$|意见|测试|评审|验收|检查|审批|\b(?:department|office|team|tests?|review"
    r"|acceptance|check|administrators?|owners?)\b",
    re.IGNORECASE,
)
"""In the label of an item that is about the same matter."""
_AGREED: Final = LatePattern(
    r"(?:同意|批准|准予|通过|决定|确定|可以|无异议).{0,20}(?:上线|发布|投产|切换)"
    r"|\b(?:agree[sd]?|approve[sd]?|clear(?:s|ed)|decide[sd]?)\b.*\b(?:launch|release|go[- ]live"
    r"|go live|for \d|\d\.\d)",
    re.IGNORECASE,
)
_REFUSES: Final = LatePattern(
    r"不同意|不予|否决|驳回|未通过|不通过|\b(?:rejected|refused|not approved|declined)\b",
    re.IGNORECASE,
)


def without_rules(text: str) -> str:
    """Return a text of one compatible form (NFKC) without rules, votes lost and states of tasks."""
    plain = _STATUS.sub(" ", _VOTES.sub(_lost_votes, _RULES.sub(" ", text)))
    if not _QUOTED.search(plain):
        return plain
    return "\n".join(
        line if _OF_VERDICT.search(line) else _QUOTED.sub(" ", line) for line in plain.splitlines()
    )


def without_other_items(lines: Sequence[str]) -> list[str]:
    """Return the lines without items that put off one product where another is agreed to.

    Args:
        lines: those of the text.
    """
    items = [_ITEM.match(line) for line in lines]
    agreed = [item["label"].strip() for item in items if item and _agrees(item)]
    return [
        line
        for line, item in zip(lines, items, strict=True)
        if not (item and agreed and _is_of_another(item, agreed))
    ]


def without_expectations(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines; rows of a table without what was expected, and what came as expected."""
    at: tuple[int, int, int] | None = None
    handling = (-1, 0)
    for line in lines:
        if line.count("|") < _FEWEST_BARS:
            at, handling = None, (-1, 0)
            yield line
            continue
        cells = line.split("|")
        columns = _columns(cells)
        if columns:
            at = (*columns, len(cells))
        elif at and len(cells) == at[2]:
            _leave_out(cells, at[0], at[1])
        column = next(
            (n for n, cell in enumerate(cells) if _HANDLING.fullmatch(cell.strip(" *_"))), -1
        )
        if column > 0:
            handling = (column, len(cells))
        elif len(cells) == handling[1]:
            _leave_out_comments(cells, handling[0])
        yield "|".join(cells)


def _columns(cells: Sequence[str]) -> tuple[int, int] | None:
    plain = [cell.strip(" *_") for cell in cells]
    expected = [at for at, cell in enumerate(plain) if _EXPECTED.fullmatch(cell)]
    actual = [at for at, cell in enumerate(plain) if _ACTUAL.fullmatch(cell)]
    return (expected[0], actual[0]) if expected and actual else None


def _leave_out(cells: list[str], expected: int, actual: int) -> None:
    expectation, result = cells[expected].strip(), cells[actual].strip()
    kind = kind_of_clause(expectation)
    if expectation.casefold() == result.casefold() or (kind and kind == kind_of_clause(result)):
        cells[actual] = " "
    cells[expected] = " "


def _leave_out_comments(cells: list[str], handling: int) -> None:
    """Remove the comments of a row that says that they are handled."""
    answer = cells[handling]
    if not _HANDLED.search(answer) or _NOT_HANDLED.search(answer):
        return
    for at, cell in enumerate(cells):
        if at != handling and not _OF_LAUNCH.search(cell):
            cells[at] = " "


def _lost_votes(votes: re.Match[str]) -> str:
    return " " if int(votes[1]) > int(votes[2]) else votes[0]


def _agrees(item: re.Match[str]) -> bool:
    is_clear = _AGREED.search(item["rest"]) and not _REFUSES.search(item["rest"])
    return bool(is_clear and _PRODUCT.search(item["label"]))


def _is_of_another(item: re.Match[str], agreed: Sequence[str]) -> bool:
    """Return whether an item is about a product to which none of those agreed belongs."""
    label = item["label"].strip()
    if not _PRODUCT.search(label) or _PARTY.search(label) or _REFUSES.search(item["rest"]):
        return False
    return not _agrees(item) and not any(label in other or other in label for other in agreed)
