"""One who refuses what others agree to counts, in sentences, answers and both languages."""

from __future__ import annotations

import pytest

from launchpolicy.facts.decision_stances import stance_of_decisions
from launchpolicy.facts.refusals import refusals
from launchpolicy.facts.stance_dissent import answer_against
from launchpolicy.facts.stances import dissent_of, stance_of
from launchpolicy.policy.edition import EDITION, TWELFTH_EDITION
from tests.growth import grows_with_its_input

_ENGLISH = """\
The customer refused to accept the delivery.
The customer refused to sign.
The customer refuses to sign the acceptance.
The DBA refused to approve the migration.
The DBA declined to approve.
Finance declined to sign off.
The customer is not willing to sign.
The customer was unwilling to accept the release.
The security office would not sign.
The DBA won't approve it.
The security office withheld its approval.
The security office withholds consent.
Quality assurance did not agree.
Quality assurance does not agree to the launch.
Legal disagrees.
Legal objects to the launch.
Legal has objected.
Legal raised an objection.
Legal vetoed the launch.
Wang Fang voted against.
Wang Fang did not sign.
wang.fang refused to sign.
Wang Fang has not signed yet.
The customer turned the delivery down.
The customer sent the delivery back.
The customer returned the delivery.
The DBA could not approve.
The DBA cannot agree to this.
The DBA is against the launch.
The DBA opposes the launch.
Two approvers refused to sign.
Product lead: refused to approve
Security office: against
R&D lead: objects
DBA: no
But legal objects to the launch.
However, the DBA refused to approve.
In this case the DBA refused to approve.
QA refused to sign because of the error on the invoice page.
Legal refused to sign when the notice was shown to it.
Approval was refused by the DBA.
Approval was denied by the DBA.
Sign-off was withheld by finance.""".splitlines()
_CHINESE = """\
客户拒绝签字。
客户拒绝验收。
客户拒绝在验收单上签字。
客户不肯签字。
客户不愿意验收。
客户拒签。
客户拒收。
客户方拒绝接收本次交付。
DBA 拒绝批准。
DBA 无法同意本次上线。
法务部提出异议。
法务部有异议。
法务部负责人持异议。
质量部未同意。
质量部未签字。
质量部尚未签字。
王芳投了反对票。
王芳拒绝同意。
王芳（质量部）拒绝签字。
客户将交付物退回。
客户退回了本次交付。
财务部：拒绝
财务部意见：反对
安全负责人：有异议
但法务部提出异议。
其中，法务部对本次上线提出异议。
会上法务部明确拒绝签字。
法务部对系统上线有异议。
DBA 当场拒绝批准。
运维部门未批准。""".splitlines()
_OPEN = """\
Legal has not answered yet.
Legal is still reviewing.
Legal will decide next week.
Legal wants to look at it again.
Legal's answer is pending.
The answer of legal is still missing.
The customer's signature is missing.
We are waiting for the customer's signature.
The customer will sign later.
The customer will sign after the launch.
The security office has open questions.
Security asks for another test before the launch.
Legal abstained.
Security: to be confirmed
Security: pending
Security: not yet
Legal: under review
Legal: waiting for an answer
法务部尚未答复。
法务部仍在评估。
法务部下周决定。
法务部意见待定。
安全部待确认。
安全部：待定
安全部：审核中
安全部：未回复
财务部需再评估。
财务部要求再测一轮后再上线。
客户签字待补。
客户上线后再签字。
客户尚未签字确认。
法务部弃权。""".splitlines()
_CONDITIONAL = """\
The DBA agrees only if the index is rebuilt.
The DBA agrees on condition that the backup is repeated.
The DBA approved with the reservation that the backup is repeated first.
Finance agrees, provided the invoice run is moved.
Finance agrees, but only if the invoice run is moved.
Legal approved the launch subject to a new notice.
DBA 在重建索引的前提下同意。
DBA 同意，但须先重做备份。
DBA 有条件同意。""".splitlines()
_AGREEMENTS = {
    "en": ("Operations agree. ", "Acceptance passed.\n", "All five functions were accepted. "),
    "zh": ("运维部同意。", "验收通过。\n", "五项功能全部验收合格。"),
}
_HONEST = """\
Legal has no objection.
Legal did not object.
No department objected.
Nobody objected to the launch.
None of the departments refused.
The system refused to accept a wrong card.
The gateway declined to accept an expired card.
Users who did not agree to the privacy notice see the page again.
The customer service team declined to open the second hotline on Sunday; the first is enough.
QA did not accept any further test cases after Friday.
At first the customer refused to sign. After the repair the customer signed and accepted it all.
Legal objected to the wording in the first round. Legal agrees now.
The DBA objected to the index name; it was renamed, and the DBA approved.
The customer refused to sign on 20 November. The customer accepted the delivery on 25 November.
The security team raised an objection; it was closed and the security team approved.
Legal objected to the date. The objection was withdrawn.
Legal objected to the launch. The objection was overruled by the board.
The product owner is against a second banner on the page. All approved the launch.
Two suppliers declined to offer. The third was chosen.
The representative of the customer did not attend; he accepted in writing.
The test server did not accept the certificate at first.
Wang Fang did not sign the attendance list, but took part. All agreed.
The team will not accept tickets during the maintenance window.
The customer returned the signed delivery note.
Marketing opposes the old slogan.
If the customer refuses to sign, the launch is put off.
The DBA agrees on condition that the backup is repeated. The condition is met (20 November).
Legal was still reviewing on Monday. Legal approved the launch on Tuesday.
The customer accepted after the repair was checked.
Operations will check the dashboards every ten minutes after the launch.
Operations will review the figures again on Friday, as planned in step 7.
The customer will sign the invoice later.
Security has no open questions.
The security office reviewed further ports and found nothing.
The team leads agree. The next review is on 3 December.
Security: approved
Security review: done
Finance agrees.
The DBA approved the additional backup.
法务部无异议。
各部门均无异议，一致同意上线。
未有部门提出异议。
没有人提出反对意见。
公示期内无人提出异议。
客户拒绝授权时弹出提示，验证通过。
用户拒绝签署协议时不能下单，测试通过。
客户拒绝签收的流程验证无误。
系统拒绝接受过期的卡，符合预期。
法务部曾提出异议，修改后同意。
首轮法务部有异议，修改条款后法务部同意上线。
法务部提出异议，经修改已无异议。
DBA 对索引名提出异议，现已修改，DBA 同意。
客户退回了旧设备，共 12 台。
财务部退回了两张不合规的发票，与本次上线无关。
王芳未签到，但参加了会议，同意上线。
李伟未参会，书面同意。
运维部没有人值班的时段已排除。
供应商拒绝承担旧扫描枪的维修，该部分不在本次范围。
项目组未收到异议。
业务部门不愿延长停机时间，窗口按原计划执行，同意上线。
客户不愿意再等，要求按计划上线。
本次会议无反对意见，同意上线。
法务部提出异议，经表决通过。
法务部尚未答复时已电话确认，法务部同意上线。
DBA 同意，但须先重做备份。条件已满足。
安全部待确认事项已全部关闭。
安全部：同意
客户签字待补的单据已补齐，客户同意上线。
运维部上线后再确认监控指标。
财务部要求的对账已完成，财务部同意。
法务部在会前已审核，同意上线。
测试部正在评估的两条建议不影响本次上线。
产品部同意，但希望下一版增加导出。""".splitlines()


def _with_agreement(text: str) -> list[str]:
    language = "en" if text.isascii() else "zh"
    around = _AGREEMENTS[language]
    return [*(f"{other}{text}" for other in around), *(f"{text}\n{other}" for other in around)]


@pytest.mark.parametrize("text", [*_ENGLISH, *_CHINESE])
def test_one_who_refuses_counts_whatever_agrees_beside(text: str) -> None:
    for page in _with_agreement(text):
        assert stance_of(page, counts_doubts=True, counts_dissent=True).kind, page
        assert dissent_of(page).kind == "refused", page


@pytest.mark.parametrize(
    ("text", "kind"),
    [*((text, "open") for text in _OPEN), *((text, "conditional") for text in _CONDITIONAL)],
)
def test_one_who_has_not_agreed_yet_counts_whatever_agrees_beside(text: str, kind: str) -> None:
    for page in _with_agreement(text):
        assert stance_of(page, counts_doubts=True, counts_dissent=True).kind, page
        assert dissent_of(page).kind == kind, page


@pytest.mark.parametrize("text", _HONEST)
def test_what_is_no_refusal_of_the_matter_does_not_count(text: str) -> None:
    assert dissent_of(text).kind == ""
    for page in _with_agreement(text):
        assert dissent_of(page).kind == "", page


@pytest.mark.parametrize(
    "page",
    [
        "- [x] label is printed\n- [ ] accepted",
        "- [x] 标签已打印\n- [ ] 验收通过",
        "☑ 已测试 ☐ 同意",
        "Acceptance\n[x] tested\n[x] documented\n[ ] approved\nAll functions passed.",
    ],
)
def test_an_empty_box_of_agreement_is_open_where_no_full_one_agrees(page: str) -> None:
    assert stance_of(page, counts_doubts=True, counts_dissent=True).kind == "open"


@pytest.mark.parametrize(
    "page",
    [
        "- [x] label is printed\n- [x] accepted",
        "☑ 通过 ☐ 有条件通过 ☐ 不通过",
        "☐ 有条件通过 ☑ 通过",
        "[ ] approved with conditions [x] approved",
        "结论：☑同意 □不同意",
        "[x] accepted [ ] rejected",
        "- [x] all tests passed and accepted\n- [ ] further wishes",
    ],
)
def test_boxes_that_agree_or_offer_others_are_not_open(page: str) -> None:
    assert stance_of(page, counts_doubts=True, counts_dissent=True).kind == ""


def test_one_who_agrees_later_takes_back_only_what_the_same_one_refused() -> None:
    both = "Legal objects to the launch.\nThe DBA refused to approve.\nThe DBA approves now."
    assert dissent_of(both).words == "Legal objects to the launch"
    assert (
        dissent_of("法务部提出异议。财务部拒绝签字。财务部已签字，同意上线。").words
        == "法务部提出异议"
    )
    assert dissent_of("法务部提出异议，运维部已同意，其他部门均同意。").kind == "refused"
    assert dissent_of("法务部提出异议。运维部不顾法务部意见，同意上线。").kind == "refused"
    assert dissent_of("Legal objects. Operations agrees without legal.").kind == "refused"
    assert dissent_of("法务部提出异议。运维部再次同意。").kind == "refused"
    assert dissent_of("法务部提出异议。已收到运维部同意。").kind == "refused"
    assert dissent_of("Legal objects. All conditions of the plan are met.").kind == "refused"
    assert dissent_of("法务部提出异议。上线条件已全部满足。").kind == "refused"
    assert dissent_of("客户拒绝签字。整改后复验合格，客户签字。").kind == ""
    assert dissent_of("客户拒绝签字。整改后复验合格。").kind == ""


def test_a_decision_a_conclusion_and_a_remark_are_read_likewise() -> None:
    decisions = ["Operations agree to the launch.", "The DBA refused to approve."]
    assert stance_of_decisions(decisions, counts_doubts=True, counts_dissent=True).kind
    assert not stance_of_decisions(decisions, counts_doubts=True).kind


def test_what_landed_before_edition_13_is_judged_as_then() -> None:
    assert EDITION > TWELFTH_EDITION
    text = "Operations agree. The DBA refused to approve."
    assert stance_of(text, counts_doubts=True).kind == ""
    assert refusals({}, [], TWELFTH_EDITION) == []


def test_a_clause_without_a_sign_of_refusal_is_read_no_further() -> None:
    assert answer_against("All five functions were accepted by Wang Fang") == ("", "")


@pytest.mark.parametrize(
    "piece",
    [
        "the customer and ",
        "customer customer ",
        "王芳",
        "法务部（",
        "the the the ",
        "not signed ",
        ": no",
    ],
)
def test_a_long_clause_is_read_in_time_that_grows_with_it(piece: str) -> None:
    clause = f"refused 拒绝 {piece * 20}. "
    assert grows_with_its_input(lambda times: dissent_of(clause * times), 20)
