"""What is said of another matter, of another version or of a wrong input is no refusal."""

from __future__ import annotations

import pytest

from launchpolicy.facts.decision_stances import stance_of_decisions
from launchpolicy.facts.marked_places import MarkedValue
from launchpolicy.facts.refusals import refusals
from launchpolicy.facts.stances import stance_of


def _refused_remark(text: str) -> bool:
    route = ("spec", "acceptance", "checks", 0, "remark")
    data = {"spec": {"acceptance": {"checks": [{"result": "accepted", "remark": text}]}}}
    return bool(refusals(data, [MarkedValue(route, text, None, None)]))


@pytest.mark.parametrize(
    "remark",
    [
        "批量退款不在本期范围，未验收。",
        "Failed payments are shown as failed, as required.",
        "余额不足时支付失败，提示正确",
        "When a payment fails, the order stays open.",
        "如支付失败，订单保留",
        "Failed in round 1, passed in round 2.",
        "支付失败场景 12 条全部通过",
        "超时、失败、取消三种情况都测了",
        "登录失败 5 次锁定账号，符合需求",
        "Wrong passwords are rejected.",
        "Step 3 failed because of a typing error; corrected and repeated with success.",
    ],
)
def test_a_remark_may_tell_of_wrong_input_and_of_what_is_not_in_scope(remark: str) -> None:
    assert not _refused_remark(remark)


@pytest.mark.parametrize(
    "remark",
    [
        "退款不在本期范围，本次上线不予通过",
        "其余功能不在本期范围，未通过验收",
        "验收未通过，不在本期范围内的功能除外",
        "3 of 12 tests failed, as required",
        "2 项用例未通过，符合预期",
        "验收失败，提示正确",
        "退款时支付失败",
        "When we tested it, refunds failed.",
        "Failed in round 1, failed in round 2.",
        "失败场景 3 条",
        "Step 3 failed",
        "退款失败，待修复",
        "没来得及测",
    ],
)
def test_a_remark_that_tells_of_a_failure_is_no_success(remark: str) -> None:
    assert _refused_remark(remark)


@pytest.mark.parametrize(
    "decision",
    [
        "同意上线；礼品卡 2.0 另行讨论。",
        "同意优惠券 2.4 按期上线，其他事项下次再议。",
        "同意。关于首页改版：待设计稿完成后再议。",
        "通过优惠券2.4；不通过礼品包装1.2。",
        "各项目均同意；仓储系统因未演练，暂不上线。",
        "Release on 1 December; prices are discussed next time.",
        "The launch is approved; the open question on refunds goes to the next meeting.",
        "Coupons approved. Gift wrap postponed.",
    ],
)
def test_a_decision_that_agrees_may_put_off_what_it_names(decision: str) -> None:
    assert stance_of_decisions([decision]).kind == ""


@pytest.mark.parametrize(
    "decision",
    [
        "同意上线；退款问题修复后方可上线。",
        "同意上线；因未演练，暂不上线。",
        "同意上线；但验收结论下次再议。",
        "会议同意；上线时间下次再议",
        "原则同意，具体下次再议。",
        "同意，下次再议。",
        "The launch is postponed. All agreed.",
        "Agreed; the decision is taken next week.",
        "Coupons 2.4: to be discussed next week.",
        "报表优化另行讨论",
    ],
)
def test_a_decision_that_puts_its_own_matter_off_agrees_to_nothing(decision: str) -> None:
    assert stance_of_decisions([decision]).kind


def test_votes_are_counted() -> None:
    assert stance_of("5 票同意，0 票反对，0 票弃权").kind == ""
    assert stance_of("3 票同意，10 票反对").kind == "refused"


def test_what_is_out_of_scope_need_not_be_accepted() -> None:
    accepted = "Split payment is accepted."
    text = "Batch refunds are not part of this release and have not been accepted."

    assert stance_of(f"{text} {accepted}").kind == ""
    assert stance_of(f"{text} The release is not accepted.").kind == "refused"
    assert stance_of("批量退款因未纳入本期，不予验收；其余验收通过。").kind == ""
    assert stance_of("批量退款因未纳入本期，本次不予验收。").kind == "refused"


@pytest.mark.parametrize(
    "text",
    [
        "会议同意 11 月 28 日上线。公告待上线成功后再发布。",
        "同意上线。宣传海报待产品室确认后发布。",
        "第一批 3 个营业厅上线，其余营业厅待第一批稳定后再上线，会议同意该安排。",
    ],
)
def test_what_comes_after_the_launch_is_no_condition_of_it(text: str) -> None:
    for counts_doubts in (True, False):
        assert not stance_of(text, counts_doubts=counts_doubts).kind
        assert not stance_of_decisions([text], counts_doubts=counts_doubts).kind


@pytest.mark.parametrize(
    "text",
    [
        "会议同意发布公告。产品待缺陷修复后再上线。",
        "待缺陷修复后上线",
        "公告中写明：本次上线待整改后验收",
    ],
)
def test_a_condition_of_the_launch_counts_beside_what_comes_after_it(text: str) -> None:
    assert stance_of(text).kind == "conditional"
