"""Documents and decisions that refuse what they are to prove, and honest ones that only look so."""

from __future__ import annotations

import pytest

from launchpolicy.facts.decision_stances import stance_of_decisions
from launchpolicy.facts.stances import stance_of

AGAINST = (
    "功能是否通过：否\n页面是否通过：是",
    "Accepted: no",
    "用例 86 条：通过 83 条，不通过 3 条。",
    "DRAFT - not for publication. Loyalty points 1.7.",
    "验收单（草稿）",
    "尚未完成",
    "Not done yet.",
    (
        "Acceptance of checkout 3.2. Launch request LR-2026-0042. Functional completeness: "
        "not accepted. Appearance: not accepted. Wang Fang, Zhou Kai."
    ),
    (
        "Launch request LR-2026-0042. Acceptance of checkout 3.2: rejected. The refund page "
        "loses the amount."
    ),
    (
        "LR-2026-0042 checkout 3.2. We could not accept the product, because refunds fail. "
        "To be repeated next week."
    ),
    "LR-2026-0042 checkout 3.2. The acceptance was postponed until the refunds work.",
    "LR-2026-0042 checkout 3.2 Acceptance conditional on repair of refunds; open until then.",
    (
        "Acceptance form. Launch request LR-2026-0042. Functional completeness: [ ] accepted "
        "[ ] rejected. Appearance: [ ] accepted [ ] rejected. Signature: ________"
    ),
    "Acceptance form for checkout. LR-2026-0042. Name: ____ Date: ____ Result: ____ Remarks: ____",
    "# 验收单 LR-2026-0042\n\n产品：结算服务 3.2。\n\n功能是否完整：不通过\n页面样式：不通过",
    "结算服务 3.2 验收结论：不予验收，退款功能存在严重缺陷。",
    "结算服务 3.2 暂不同意上线，待修复退款缺陷后重新验收。",
    "结算服务 3.2 功能验收：□通过 □不通过\n页面验收：□通过 □不通过\n签字：",
    "结算服务 3.2 验收尚未完成，预计下周补充。",
    "结算服务 3.2 原则上同意，但退款缺陷必须先修复方可上线。",
    "结算服务 3.2 有条件通过：退款问题修复后生效。",
    "# Acceptance LR-2026-0042\n\nFunctional completeness: failed\nAppearance: failed",
    "I did not have time to look at it but it will be fine. Wang Fang",
    "没有来得及看，应该没问题。王芳",
    "We do not accept checkout 3.2 in this state: refunds fail.",
    "不同意上线",
    "The system does not meet the requirements.",
    "会后再议",
    "To be decided next week",
    "修复遗留问题后方可上线",
    "已阅",
    "Discussed.",
    "Countersigning sheet LR-2026-0206. Finance: does not agree. Marketing: rejected.",
    "The launch is rejected.",
    "本次上线不予通过。",
    "The launch may not go ahead.",
    "The review is postponed to next week.",
    "评审延期至下周。",
    "Nothing was decided.",
    "未形成决议。",
    "May be launched once the returns bug is fixed.",
    "Not approved.",
    "未通过。",
    "暂缓上线",
    "The launch does not go ahead",
    "The meeting says no.",
    "会议否决了该事项。",
    "The offices object to the launch.",
    "各室反对上线。",
    "Not to be launched",
    "再议",
    "The offices do not agree",
    "Conditionally approved, see minutes",
    "条件具备后上线",
    "Next week again",
    "Quality form LR-2026-0306. Conclusion: not passed. Three defects are open.",
    "质检结论：不合格。仍有三项缺陷未关闭。",
    "Customer acceptance report LR-2026-0206. Result: not accepted. The sums differ.",
    "待问题整改后再验收，本次不签字。",
    "Customer acceptance report: will be handed in after the launch.",
    "Report on LR-2026-0203: to be written after the holidays.",
    "不发布",
    "The product is not released.",
    "延期发布",
    "The release is rejected",
    "Design review LR-2026-0506: the design is rejected. It has no redundancy.",
    "Review of the plan LR-2026-0506 by the centre: not passed; the purchase is too dear.",
    "Launch confirmation LR-2026-0505: not issued. The network is not ready.",
    "方案未通过，需重新设计",
    "The request was sent back. The customer refuses the version.",
    "验收结果：驳回",
    "验收意见：暂不具备上线条件。",
    "下次评审：2027 年 1 月",
    "rc1: accepted\nrc2: rejected",
    "2026-11-20 同意\n2026-11-24 驳回：退款金额错误",
    "2026-11-24 驳回\n2026-11-20 同意",
    "Decision log\n2026-11-20 approved\n2026-11-24 postponed, CHK-790 open",
    "Verdict: fail (previous verdict: pass)",
    "Previous result: accepted (20 Nov). Present result: not accepted (24 Nov).",
    "The committee agreed to postpone the launch.",
    "同意不上线。",
    "功能未验收",
    "方案 A（否决）；方案 B（否决）。",
    "上线后补充截图归档。",
    "上线后补充验收报告，同意上线。",
    "Decision: Reject\nComment: refunds fail",
    "We cannot approve this.",
    "结论：退回修改。",
    "同意上线的前提是先解决退款问题。",
    "没有同意。",
)
FOR = (
    "Failed at 2026-12-01T21:50:00+08:00 first.",
    "是否存在不通过项：否\n结论：同意上线",
    "用例 86 条：通过 86 条，不通过 0 条，未执行 0 条。\n验收意见：无异议，同意上线。",
    "遗留缺陷：无\n不合格项：无\n驳回项：0\n结论：合格",
    "Second run; the first on 6 Nov failed in step install.",
    "Item pages: failed, reinspected and passed. Conclusion: passed.",
    "After the launch the old form is closed.",
    "Once the order is closed, it cannot be changed. Accepted.",
    "Decision: accepted without reservation.",
    "The team discussed whether the plan should be postponed, and decided against it. Approved.",
    "评审：若退货页面出现问题应暂停上线；系统室已准备回滚方案。结论：同意上线。",
    "Not tested: Internet Explorer.\nResult: accepted",
    "本次不涉及的页面尚未翻译。\n验收结论：通过",
    "# 验收单\n\n结算服务 3.2 功能完整，页面无不通过项，未发现不符合要求之处，同意上线。",
    (
        "Checkout 3.2. Functional completeness: accepted. Appearance: accepted. Nothing was "
        "rejected; the failed refund of the first round was repaired and seen again."
    ),
    "Functional completeness: [x] accepted [ ] rejected\nAppearance: [x] accepted [ ] rejected",
    "功能：☑通过 □不通过\n页面：☑通过 □不通过",
    "Orders with a wrong card are rejected, as they should be. Accepted.",
    "首轮验收未通过，修复后复验通过，同意上线。",
    "The first round failed. The second round on 23 November passed. Accepted by Wang Fang.",
    "Each office prepares its part by the day before the launch.",
    "各室于上线前一日完成各自准备。",
    "同意上线，各室无异议。",
    "同意上线，无反对意见。",
    "The offices have no objection to the launch on 1 December.",
    "The launch is approved; nobody objects.",
    "原则同意上线。",
    "应用系统符合上线要求，同意上线。",
    "Approved. After the launch the old servers are kept for a week.",
    "同意按计划上线，上线后一周内提交总结。",
    "If the smoke test fails, the launch is called off.",
    "如冒烟测试不通过，则取消上线。",
    "Customers whose card was declined can pay again. Accepted.",
    "验收结论：通过\n遗留问题：无",
    "The launch was postponed from 24 November to 1 December, and is accepted now.",
    "未登录用户不能发布评论：通过",
    "Refund is not possible after 30 days: passed",
    "The prototype was tested with six people; all could finish the main flow.",
    "Contrast raised for older eyes.",
    "已提高对比度，便于老年用户阅读。",
    "会议决定于12月1日发布，市场部会后提交海报终稿。",
    "Study rooms 1.0 is released on 2026-10-20.",
    (
        "Accepted with the remark that the main button is small; it is enlarged in the "
        "release candidate."
    ),
    "已修复首页缺陷后同意上线。",
    "The pages do not accept an empty name, and say why. Accepted.",
    "取消订单功能正常，验收通过。",
    "支持推迟发布文章，验收通过。",
    "验收范围：下单、退款、取消订单\n验收人：王芳",
    "Coverage 91 %. 3 of 3 cases passed, 0 failed.",
    "缺陷均已关闭，未通过用例 0 个，同意验收。",
    "评审意见：方案可行，同意实施。首版方案因缺少冗余未通过，修改后本次通过。",
    "提交未通过校验的表单时，页面提示错误，符合设计。验收通过。",
    "驳回流程：主管驳回后申请人可修改再提交，测试正常。结论：通过",
    "原不合格项已整改，同意签发。",
    "The customer may decline the terms; then the order stays in the basket. Accepted.",
    "下次评审：2027 年 1 月（例行）\n本次结论：同意",
    "rc1: rejected\nrc2: rejected\nrc3: accepted",
    "2026-11-20 驳回：退款金额错误\n2026-11-24 同意：已修复",
    "2026-11-24 10:00 王芳 同意\n2026-11-20 10:00 王芳 驳回",
    "2026-12-30 驳回\n2027-01-04 同意",
    "Verdict: pass (previous verdict: fail)",
    "方案对比：方案 A（否决，成本高）；方案 B（采用）。评审结论：通过。",
    "上线后补充截图归档。验收结论：通过。",
    "Decline by the bank: shown as an error\nResult: accepted",
)


@pytest.mark.parametrize("text", AGAINST)
def test_a_text_that_refuses_leaves_open_or_sets_a_condition_agrees_to_nothing(text: str) -> None:
    assert stance_of(text).kind


@pytest.mark.parametrize("text", FOR)
def test_a_text_that_agrees_may_tell_of_refusals(text: str) -> None:
    assert stance_of(text).kind == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The launch is rejected.", "refused"),
        ("Failed; it must be repaired first.", "refused"),
        ("会后再议", "open"),
        ("□通过 □不通过\n□合格 □不合格", "open"),
        ("姓名：____\n日期：____\n结论：____", "open"),
        ("整改完成后方可上线", "conditional"),
    ],
)
def test_the_kind_says_what_is_wrong(text: str, kind: str) -> None:
    assert stance_of(text).kind == kind


def test_a_label_that_comes_again_counts_as_it_stands_last() -> None:
    assert stance_of("Result: rejected\nResult: accepted").kind == ""
    assert stance_of("Result: accepted\nResult: rejected").kind == "refused"


def test_one_label_does_not_outweigh_another() -> None:
    assert stance_of("Functions: rejected\nPages: accepted").kind == "refused"


def test_a_meeting_that_agreed_may_put_off_another_matter() -> None:
    assert stance_of_decisions(["Loyalty is postponed.", "Returns 2.2 is approved."]).kind == ""
    assert stance_of_decisions(["Loyalty is postponed.", "Posters are printed."]).kind == "refused"
    assert stance_of_decisions(["每室准备各自部分。"]).kind == ""


def test_a_long_text_without_an_end_is_read_in_time() -> None:
    assert stance_of("after the plan is not " * 5_000).kind in {"", "refused"}
