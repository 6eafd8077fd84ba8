"""Documents as people write them: forms, minutes and logs that agree, beside ones that do not."""

from __future__ import annotations

import pytest

from launchpolicy.facts.decision_stances import stance_of_decisions
from launchpolicy.facts.stances import stance_of
from launchpolicy.policy.edition import EDITION, TENTH_EDITION

_TABLE = "| 用例 | 预期 | 实际 |\n|---|---|---|\n"
_COMMENTS = "| 专家 | 意见 | 处理 |\n|---|---|---|\n"
HONEST = (
    # Another product of the same agenda is put off.
    (
        "1. 结算系统 3.0：测试未完成，推迟到 12 月。\n"
        "2. 会员系统 2.4：各部门无异议，同意 11 月 30 日上线。\n"
        "3. 官网改版：设计稿尚未确认，下周再议。"
    ),
    (
        "1. Billing 3.0: tests are not finished; postponed to December.\n"
        "2. Portal 4.2: No objections. The board approves Portal 4.2 for 26 November."
    ),
    "- Loyalty 2.4: all offices agree to launch on 30 November. Hotline texts (Ito, 28 Nov, open).",
    # Versions, revisions and reviews, one after the other.
    "v1：不通过，按钮对比度不足\nv2：不通过，错误提示文案过长\nv3：通过",
    "初审：不通过（缺容灾设计）\n复审：通过",
    "Review 1: not passed (no disaster recovery)\nReview 2: passed",
    "Review 1: rejected\nReview 1: approved",
    "v2: rejected\nv2: approved",
    "Revision A: rejected\nRevision B: approved",
    # Rules, and what a contract says.
    "同意按所报方案上线。未经批准不得擅自变更上线时间。",
    "根据合同第 8 条，存在一类缺陷或三个以上二类缺陷时不予验收。\n验收结论：予以通过。",
    "By the contract acceptance may be refused only with defects of class A.\nAccepted.",
    # What a test expects, and comments that are handled.
    f"{_TABLE}| 余额不足 | 支付失败 | 支付失败 |\n| 重复提交 | 拒绝 | 拒绝 |\n同意投产。",
    "| Case | Expected | Actual |\n|---|---|---|\n| No right | refused | refused |\nApproved.",
    f"{_COMMENTS}| 邓超 | 反对直接删除旧表 | 采纳，旧表保留 |\n\n评审结论：同意通过。",
    (
        "| Reviewer | Comment | Handling |\n|---|---|---|\n"
        "| Deng | objects to the deletion | accepted, table is kept |\n\nApproved."
    ),
    # Votes, notes and short assent.
    "赞成 8 票，反对 1 票，通过",
    "验收组共 7 人，同意 7 人，反对 0 人。",
    "已阅，同意",
    "Noted; approved",
    "不反对",
    # Ticks.
    "- [x] Approved\n- [ ] Approved with changes\n- [ ] No, rejected",
    "- [x] 通过\n- [ ] 修改后通过\n- [ ] 不通过",
    # What is refused is no launch.
    "会议不同意提前；同意 12 月 2 日上线。",
    "原“审批不通过直接作废”改为“审批不通过退回修改”，评审同意该变更。",
    "提交 5 家，不合格 1 家（已淘汰），合格 4 家。审查通过。",
    "Laboratory report: 57 conform, 0 do not conform.",
    "张经理不同意的事项（夜间停机）已取消，张经理同意。",
    "The meeting did not accept the proposal to launch first. The meeting approves the launch.",
    "D-103 wording: deferred to 4.3, product manager agrees\nConclusion: ready for release, passed",
    "无保留意见",
    "Unfixed P0/P1 defects? No\nApproved for release? Yes",
    "是否有不同意的部门？否\n同意上线",
    # What a product does is no decision.
    "请先修改初始密码\n验收合格",
    "测试条件为 200 人并发\n测试通过",
    "前提条件是用户具有管理员权限\n结论：通过",
    "待客户付款后再审核\n验收合格",
    "系统 已拒绝 重复提交，符合预期\n验收通过",
    "订单 待审\n列表显示正确，验收通过",
    "| 撤回同意 | 通过 |\n| 撤回审批 | 通过 |\n结论：通过",
    "Accepted if the card is valid\nAll cases passed",
    "30 分钟内付款，否则取消订单\n验收通过",
    # Open tasks beside signatures that are all there.
    "| 审批人 | 意见 |\n|---|---|\n| 王敏 | 同意 |\n\n| 待办 | 状态 |\n|---|---|\n| 话术 | 待定 |",
    "Approved once more for the new date",
    "Approved on condition 3 of the contract, which has been met",
    "前提条件均已具备，同意上线",
    "We ran out of time on Monday; all tests were run on Tuesday. Accepted.",
    "Sales recommended waiting a week; after discussion the launch is approved.",
)
AGAINST = (
    "1. 门户 4.2：同意上线\n2. 安全部：对门户 4.2 有疑虑，尚未确认，下周再议上线。",
    "v1：通过\nv2：不通过",
    "初审：通过\n复审：不通过",
    "Review 1: passed\nReview 2: not passed",
    "Revision A: approved\nRevision B: rejected",
    "未经安全部批准不得上线",
    "因存在一类缺陷，根据合同第 8 条，不予验收。",
    "The acceptance may be refused for class A. The acceptance was refused.",
    f"{_TABLE}| 退款 | 成功 | 未通过 |",
    "| 用例 | 预期 | 实际 | 结论 |\n|---|---|---|---|\n| 退款 | 拒绝 | 拒绝 | 不通过 |",
    f"{_COMMENTS}| 邓超 | 不同意上线，方案缺容灾 | 已沟通 |",
    f"{_COMMENTS}| 邓超 | 反对直接切换 | 未采纳 |",
    "赞成 2 票，反对 7 票，通过",
    "已阅",
    "反对上线",
    "- [ ] Approved\n- [ ] Approved with changes\n- [x] Rejected",
    "Result: [ ] accepted  [x] rejected",
    "不同意提前上线",
    "反对删除回退步骤的方案上线",
    "审批结果从“通过”改为“不通过”",
    "不合格 3 项，已上报",
    "会议不同意提前。",
    "The meeting did not accept the proposal to launch first and test later.",
    "Launch: postponed to 4.3\nTests: passed",
    "保留意见",
)
COUNTS_BESIDE_ASSENT = (
    "- [ ] 通过\n- [x] 修改后通过\n- [ ] 不通过",
    "- [ ] Approved\n- [x] Approved with changes\n- [ ] Rejected",
    "王敏 已同意\n李强 已拒绝 评论：压测没过",
    "Keller: approved\nBrandt: rejected - load test failed",
    "2026-11-16 李强：通过\n2026-11-18 李强：撤回通过，发现迁移会丢数据",
    "2026-11-16 Brandt: approved\n2026-11-18 Brandt: approval withdrawn, it loses data",
    "| 部门 | 意见 |\n|---|---|\n| 产品部 | 待签 |\n| 研发部 | 同意 |",
    "| Department | Decision |\n|---|---|\n| Product | Pending |\n| R&D | Approved |",
    "同意上线，前提是周五之前把支付的两个 bug 修完，否则取消。",
    "同意，但需先修复支付缺陷",
    "原则同意，以安全部意见为准",
    "Approved subject to a successful load test",
    "Approved if the payment bug is fixed",
    "Approved with conditions",
    "Approved pending security sign-off",
    "验收意见：基本符合要求，待补充性能测试后再行验收。",
    "Only if operations agrees",
    "是否同意结项？不同意。",
    "Do you agree to close the project? No.",
    "同意延期",
)
COUNTS_ALONE = (
    "决议：下周三再开会讨论是否上线。",
    "Decision: meet again on Wednesday to decide whether to launch.",
    "这个版本我们试了两天，问题还挺多的，建议先别上，等修完了再说。",
    "There's still a lot that doesn't work. I'd rather wait until it's fixed.",
    "系统经常卡死，数据对不上账，暂时无法签收。",
    "The system freezes several times a day. We are not in a position to sign.",
    "领导出差，审批意见后补。",
    "The director is travelling; his approval will follow.",
    "本次 UAT 没有做完，剩余部分上线后再测。",
    "We ran out of time and tested only half of the cases. The rest is tested after go-live.",
    "存在高危漏洞 2 个，整改后复查。",
    "Two critical vulnerabilities remain.",
    "月底结账期间不建议停机，请另选时间。",
    "验收结论：________",
    "Decision: ________",
    "The launch is put on hold; a new date will be announced.",
    "下次会议再定",
    "建议推迟一周",
    "还需领导确认",
    "弃权",
    "等安全部意见",
    "Needs more work",
    "We recommend waiting a week",
    "Awaiting confirmation by the director",
    "Does not meet the requirements",
    "Revise and resubmit",
    "Under review",
    "评审中",
    "打回去重做",
    "没达到准入标准",
    "Wait for the test report",
    "Blocked by security",
    "再等等",
    "周四不行，客户那天盘点。",
    "Hold off",
)


@pytest.mark.parametrize("text", HONEST)
def test_a_page_that_agrees_may_tell_of_others_of_rules_and_of_earlier_rounds(text: str) -> None:
    assert not stance_of(text, counts_doubts=True).kind


@pytest.mark.parametrize("text", ["已阅，同意", "不反对", "赞成 8 票，反对 1 票，通过"])
def test_a_decision_in_few_words_agrees(text: str) -> None:
    assert not stance_of_decisions([text], counts_doubts=True).kind


@pytest.mark.parametrize("text", [*AGAINST, *COUNTS_BESIDE_ASSENT, *COUNTS_ALONE])
def test_a_page_whose_own_matter_is_refused_open_or_on_a_condition_proves_nothing(
    text: str,
) -> None:
    assert stance_of(text, counts_doubts=True).kind


@pytest.mark.parametrize("text", COUNTS_BESIDE_ASSENT)
def test_a_signer_a_tick_and_a_condition_count_whatever_agrees_beside_them(text: str) -> None:
    assert stance_of(f"会议同意 3.2 版本上线。\n{text}", counts_doubts=True).kind


@pytest.mark.parametrize("text", COUNTS_ALONE)
def test_everyday_words_of_doubt_count_only_where_nothing_agrees(text: str) -> None:
    if stance_of(text).kind:  # a refusal in so many words counts beside everything
        return
    assert not stance_of(f"{text}\n\n会议同意 3.2 版本上线。\n", counts_doubts=True).kind


@pytest.mark.parametrize("text", ["同意，但需先修复支付缺陷", "Needs more work", "弃权"])
def test_everyday_words_count_since_edition_11(text: str) -> None:
    assert EDITION > TENTH_EDITION
    assert not stance_of(text).kind
