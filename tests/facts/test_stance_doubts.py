"""A page on which nothing agrees proves nothing, in whatever words it stands against its matter."""

from __future__ import annotations

import pytest

from launchpolicy.facts.decision_stances import stance_of_decisions
from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.document import read
from launchpolicy.facts.marked_places import MarkedValue
from launchpolicy.facts.refusals import refusals
from launchpolicy.facts.stances import stance_of
from launchpolicy.policy.edition import EDITION, TENTH_EDITION

_HEADS = (
    "# 评审记录\n\n产品：支付 3.2    日期：2026-11-24    参加：王芳、周凯、何林\n\n",
    "# Acceptance record\n\nProduct: Payments 3.2. Present on 2026-11-24: Wang Fang, Zhou Kai\n\n",
)
_AGAINST = (
    "Do not launch.",
    "Please do not release this version.",
    "请勿上线。",
    "禁止发布",
    "结论：暂缓。",
    "Result: no-go.",
    "Launch denied.",
    "Acceptance is withheld until the three faults are fixed.",
    "We recommend against going live.",
    "Reviewers spoke against the launch.",
    "The product must not go live.",
    "The customer refused to sign.",
    "用户代表拒绝签字。",
    "The user representative did not accept the prototype.",
    "The client has not signed.",
    "客户对样机不满意，要求重做。",
    "Trial production: yield 60 %, not released for series production.",
    "Two of five members voted for it; the motion is lost.",
    "评审专家认为方案存在重大缺陷，不建议实施。",
    "尚有 3 个严重缺陷未解决。",
    "Two critical defects are not fixed.",
    "The release still has serious faults.",
    "验收组认为产品不成熟",
    "不符合合同约定",
    "达不到要求",
    "测试通过率 60%，未达标",
    "Pass rate 60 %, below the limit",
    "风险不可控",
    "数据核对：目标库少 333 条，原因不明。",
    "The rehearsal failed: the switch took four hours.",
    "演练失败，切换超时。",
    "业务尚未恢复。",
)
_LEAVES_OPEN = (
    "验收未完成，先行上线，后补材料。",
    "因时间紧迫，本次验收从简，未逐项检查。",
    "No tests were run.",
    "Test not performed due to lack of environment.",
    "The rehearsal was skipped.",
    "The training did not take place.",
    "测试环境不可用，未执行测试。",
    "演练未做。",
    "有待进一步验证。",
    "需要进一步测试后才能决定。",
    "会议未就上线达成一致。",
    "No agreement was reached.",
    "负责人出差，未签字。",
    "Not signed: the lead is on holiday.",
    "Pending",
    "待定",
    "需要整改",
    "修改后重新提交评审",
    "Needs rework",
    "开发未完成",
    "The development is not finished",
    "未征求财务部意见",
    "只测了一半",
    "人数不足，会议无效",
    "The quorum was not reached",
)
_HONEST = (
    "可以上线",
    "风险可控，可以实施",
    "问题均已闭环",
    "评分 92 分，优秀",
    "Score 4.5 of 5",
    "Positive",
    "There is no reason not to launch",
    "Nobody objected",
    "I have no reason to refuse",
    "未提出反对意见",
    "否决票 0 票，弃权 1 票，赞成 6 票",
    "驳回原因：—",
    "没有理由不上线",
    "不存在不能上线的因素",
    "无拒绝签字情况",
    "各方均已签字，无未签字人员",
    "用户对速度不满意的问题已解决",
    "首次评审未通过，修改设计后第二次评审通过",
    "第一次验收因环境问题未进行，11月24日补做并通过",
    "The review of 20 November did not take place; it was held on 22 November and passed",
    "The acceptance was delayed by a day because of a power cut; all checks passed.",
    "Tests on the old tablet were not performed; all other tests passed",
    "性能测试未做（本次仅改文案），功能测试全部通过",
    "No load test was run, as only texts change; the functional tests passed",
    "遗留 1 个一般问题未修复（文案），已列入下一版本，不影响上线",
    "尚有 2 个一般缺陷，评估后不影响使用，准予通过",
    "One serious defect was found and fixed on 22 November; none is open",
    "曾发现 1 个严重缺陷，已于 11 月 22 日修复",
    "不得先上线后补材料",
    "任何部门不得提前对外发布上线消息",
    "Do not launch before 22:00",
    "22:00 之前请勿上线",
    "请勿将本文件外传",
    "封网期间不得上线，本次窗口在封网之前",
    "During the launch nobody else may release anything",
    "未通过培训考核的人员不得上岗",
    "Customers who refused to accept the new terms keep the old tariff",
    "A user who did not confirm the mail cannot log in, as designed",
    "客户拒绝签收的流程验证无误",
    "合同第 7 条；不合格条款不适用",
    "不合格的 1 台已退货更换",
    "上线时间定为 11 月 28 日 22:00，由赵敏负责执行",
    "财务部要求周五前提交对账报表",
    "未达到触发条件，未回退",
    "满意度 4.6 分，不满意 2 人（配送费）",
    "公告未发供应商（不受影响）",
)


def _stance_of_document(text: str, edition: int = EDITION) -> list[str]:
    kinds = []
    for head in _HEADS:
        contents = read("record.md", f"{head}{text}\n".encode(), {}, edition)
        assert isinstance(contents, EvidenceContents)
        kinds.append("" if contents.passed else "failed")
        kinds.append(contents.details["stance"]["kind"])
    return kinds


@pytest.mark.parametrize("text", [*_AGAINST, *_LEAVES_OPEN])
def test_a_page_that_stands_against_its_matter_in_any_words_proves_nothing(text: str) -> None:
    assert any(_stance_of_document(text)[:2])
    assert any(_stance_of_document(text)[2:])
    assert stance_of_decisions([text], counts_doubts=True).kind


@pytest.mark.parametrize("text", _LEAVES_OPEN)
def test_what_was_not_done_or_decided_is_left_open(text: str) -> None:
    assert stance_of(text, counts_doubts=True).kind == "open"


@pytest.mark.parametrize("text", _HONEST)
def test_a_page_may_tell_of_other_matters_of_rules_and_of_what_is_repaired(text: str) -> None:
    assert not any(_stance_of_document(text))
    assert not stance_of(text, counts_doubts=True).kind


@pytest.mark.parametrize("text", [*_AGAINST, *_LEAVES_OPEN])
def test_words_of_doubt_beside_an_agreement_are_of_another_matter(text: str) -> None:
    if stance_of(text).kind:  # a refusal in so many words counts beside everything
        return
    agreed = f"{text}\n\n会议同意 3.2 版本上线。\n"
    assert not stance_of(agreed, counts_doubts=True).kind
    assert not stance_of_decisions([text, "The board approves 3.2"], counts_doubts=True).kind


@pytest.mark.parametrize("text", ["Do not launch.", "有待进一步验证。"])
def test_what_landed_under_an_earlier_edition_is_judged_as_then(text: str) -> None:
    route = ("spec", "review", "conclusion")
    data = {"spec": {"review": {"conclusion": text}}}
    marked = [MarkedValue(route, text, None, None)]
    assert not any(_stance_of_document(text, TENTH_EDITION))
    assert not refusals(data, marked, TENTH_EDITION)
    assert refusals(data, marked)
