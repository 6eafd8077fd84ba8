"""Forms with a column for each answer, rounds, criteria and legends, as a reader takes them."""

from __future__ import annotations

import pytest

from launchpolicy.facts.stances import stance_of
from tests.growth import grows_with_its_input

FORM = "# 验收单\n\n| 验收内容 | 通过 | 不通过 | 备注 |\n|---|---|---|---|\n"
ROUNDS = "| 轮次 | 日期 | 结论 | 说明 |\n|---|---|---|---|\n"
WORD = "验收单\n检查项\n合格\n不合格\n"
FOR = (
    f"{FORM}| 分单支付 | √ | | |\n| 总体结论 | √ | | 同意上线 |\n\n王芳",
    "验收内容,通过,不通过,备注\n功能,√,,\n结论,√,,同意上线\n",
    "| Item | Accepted | Rejected | Remark |\n|---|---|---|---|\n| Pages | x | | go ahead |\n",
    "内容\t是否通过\n功能\t通过\n页面\t通过\n",
    f"{WORD}功能\n√\n\n页面\n√\n\n",
    f"{ROUNDS}| 1 | 11-20 | 不通过 | 金额错误 |\n| 2 | 11-24 | 通过 | |\n",
    "| Round | Result |\n|---|---|\n| 1 | rejected |\n| 2 | accepted |\n",
    "轮次\n结论\n第一轮\n不通过\n第二轮\n通过\n",
    "Round 1 (20 Nov): rejected, refunds showed a wrong amount.\nRound 2 (24 Nov): accepted.",
    "20 Nov: rejected\n24 Nov: accepted after the fix of CHK-790\nWang Fang",
    "11-20：不通过\n11-24：复验通过",
    "Failed in round 1, passed in round 2.",
    "检查项\n结果（通过/不通过）\n功能\n通过\n页面\n通过\n",
    "说明：√ 表示通过，× 表示不通过，— 表示不适用。\n分单支付 √\n退款 √\n结论：√",
    "验收标准：致命缺陷数为 0 方可通过，否则不予验收。\n实际：致命 0。\n验收结论：通过",
    "验收标准：全部用例通过；存在一级缺陷则验收不通过。\n验收结果：满足标准，验收通过。",
    "Criteria: the release is rejected if a critical defect is open.\nResult: accepted.",
    "验收结果：通过（✓）/ 不通过（ ）\n验收人：王芳",
    "Version 3.1 was not accepted in September because of its speed. Version 3.2 is accepted.",
)
AGAINST = (
    f"{FORM}| 分单支付 | √ | | |\n| 总体结论 | | √ | |\n\n王芳",
    f"{FORM}| 分单支付 | | | |\n| 总体结论 | | | |\n\n王芳",
    "验收内容,通过,不通过,备注\n功能,√,,\n结论,,√,退款失败\n",
    "| Item | Accepted | Rejected | Remark |\n|---|---|---|---|\n| Pages | | x | |\n",
    f"{FORM}| 分单支付 | √ | | 不同意上线 |\n",
    f"{WORD}功能\n√\n\n页面\n\n√\n",
    f"{WORD}功能\n\n\n页面\n\n\n",
    "验收单\n通过\n不通过\n王芳",
    "| 轮次 | 结论 |\n|---|---|\n| 1 | 通过 |\n| 2 | 不通过 |\n",
    "| 序号 | 结论 |\n|---|---|\n| 1 | 不通过 |\n| 2 | 通过 |\n",
    "轮次\n结论\n第一轮\n不通过\n第二轮\n待定\n",
    "Round 1: accepted.\nRound 2: rejected.",
    "Round 1: rejected.\nRound 2: next week",
    "20 Nov: rejected\n24 Nov: see the wiki",
    "Failed in round 1 and in round 2.",
    "检查项\n结果（通过/不通过）\n功能\n通过\n页面\n不通过\n",
    "说明：√ 表示通过，× 表示不通过。\n结论：不通过",
    "说明：√ 表示通过，× 表示不通过。\n功能 □通过 □不通过\n页面 □通过 □不通过",
    "王芳表示不同意上线",
    "研发部 A 表示不同意上线",
    "验收标准：未达到，不予验收。",
    "验收标准：无严重缺陷，否则不予验收。验收结论：不予验收",
    "Criteria: the release is rejected if a defect is open.\nThe release is rejected.",
    "The release is not accepted if the refunds are not repaired by Friday.",
    "验收结果：通过（ ）/ 不通过（✓）\n验收人：王芳",
    "Version 3.2 was not accepted. Version 3.1 is accepted.",
)


@pytest.mark.parametrize("text", FOR)
def test_a_form_that_agrees_may_name_the_other_answers(text: str) -> None:
    assert stance_of(text).kind == ""


@pytest.mark.parametrize("text", AGAINST)
def test_a_form_that_refuses_or_is_not_filled_in_agrees_to_nothing(text: str) -> None:
    assert stance_of(text).kind


@pytest.mark.parametrize(
    "piece",
    [
        "a\n通过\n不通过\nx\n√\n\n",
        "a\n通过\n不通过\n",
        "通过\n不通过\n",
        "| a | 通过 | 不通过 |\n",
        "| a | 通过 | 不通过 |\n| b | √ | |\n",
        "a(b/c)\n",
        "结果: 通过( ) 不通过( ) ",
        "round 1\n",
        "is to be next ",
        "不在",
    ],
)
def test_the_time_of_a_long_form_grows_with_the_form(piece: str) -> None:
    assert grows_with_its_input(lambda size: stance_of(piece * (size // len(piece))), 10_000)
