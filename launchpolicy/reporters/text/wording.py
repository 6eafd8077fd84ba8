"""Hold every word of the text report that is not quoted from a policy or a request."""

from __future__ import annotations

from launchpolicy.reporters.text.writer import Style
from launchpolicy.vocabulary.finding import Action, Operation, Outcome, Verdict
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import VALUE_NAMES

_VERDICT, _OUTCOME, _ACTION = (VALUE_NAMES[kind] for kind in ("verdict", "outcome", "action"))


class Symbol(NamedTuple):
    """A symbol for the eye, a word for everybody, a style for both."""

    symbol: str
    word: Text
    style: Style


VERDICTS = {
    Verdict.PASS: Symbol("✓", _VERDICT["pass"], "good"),
    Verdict.BLOCKED: Symbol("✗", _VERDICT["blocked"], "bad"),
    Verdict.REJECTED: Symbol("✗", _VERDICT["rejected"], "bad"),
    Verdict.UNDECIDED: Symbol("?", _VERDICT["undecided"], "bad"),
}
NOTHING_JUDGED = Symbol("○", Text("nothing judged", "未作判定"), "hint")
"""In place of a pass, where there was no request at all."""

OUTCOMES = {
    Outcome.PASSED: Symbol("✓", _OUTCOME["passed"], "good"),
    Outcome.FAILED: Symbol("✗", _OUTCOME["failed"], "bad"),
    Outcome.PENDING: Symbol("…", _OUTCOME["pending"], "warn"),
    Outcome.WAIVED: Symbol("~", _OUTCOME["waived"], "hint"),
    Outcome.NOT_APPLICABLE: Symbol("-", _OUTCOME["not-applicable"], "faint"),
    Outcome.ERROR: Symbol("?", _OUTCOME["error"], "bad"),
}
FAILURES = {
    Action.DENY: OUTCOMES[Outcome.FAILED],
    Action.WARN: Symbol("!", _ACTION["warn"], "warn"),
    Action.AUDIT: Symbol("·", _ACTION["audit"], "faint"),
}
OPERATIONS = {
    Operation.CREATE: Text("new", "新增"),
    Operation.UPDATE: Text("", ""),
    Operation.DELETE: Text("deleted", "删除"),
}

COUNTED_IN = Symbol("✓", Text("counted", "计入"), "good")
NOT_COUNTED = Symbol("–", Text("not counted", "未计入"), "faint")

STAGE = Text("stage {}", "阶段：{}")
PARTED = Text(", ", "，")
CITED = Text("{} ({})", "{}（{}）")
FIX = "→"

OWNED = Text("for the owner of the policies: {}", "须由策略负责人处理：{}")
MISSING = Text("`{}` is missing here", "此处缺少 `{}`")
APPROVED_BY = Text("approved by ", "审批人：")
STORIES = Text("Approvals so far:", "已有的审批：")
SAME_STORIES = Text("Approvals so far: the same as above.", "已有的审批：同上。")
UNDER = Text(
    "Waived by {name} ({path}) until {expires}; owner {owner}. {reason}",
    "依据 {name}（{path}）豁免，有效期至 {expires}，负责人 {owner}。{reason}",
)
FOLDED = Text(
    "and {:,} more that pass; --verbose lists them", "另有 {:,} 个申请通过，加 --verbose 可列出"
)

COUNTED = Text("{number:,} {word}", "{word} {number:,}")
PLURALS = {
    FAILURES[Action.WARN]: Text("warnings", "警告"),
    OUTCOMES[Outcome.ERROR]: Text("errors", "出错"),
}
REQUESTS = Text("requests", "申请")
RESULTS = Text("outcomes", "策略结果")
COMPARED = Text("judged", "判定范围")
BASE = Text("base {}", "基准 {}")
HEAD = Text("head {}", "待合并 {}")
RULES = Text("rules", "规则摘要")
GOOD_UNTIL = Text("good until", "有效至")
NOW = Text("as of", "判定时间")
NOTE = Text("note", "说明")
EFFECT = Text("effect", "规则影响")
CHANGES = Text("{request}  {policy}: {before} → {after}", "{request}  {policy}：{before} → {after}")
ABSENT = Text("no such policy", "无此策略")
MORE_EFFECTS = Text("and {:,} more; --verbose lists them", "另有 {:,} 项，加 --verbose 可列出")
NO_REQUESTS = Text("none", "无")
EXIT_CODE = Text("exit code {}", "退出码 {}")

NOTHING_TO_JUDGE = Text("Nothing was judged: there was no request.", "未作判定：其中没有申请。")
PASSED = Text("Pass: every request may go ahead.", "通过：所有申请均可继续。")
PASSED_WITH_WARNINGS = Text(
    "Pass: every request may go ahead. Consider the warnings; they may become failures.",
    "通过：所有申请均可继续。请留意其中的警告，它们以后可能会阻断。",
)
PASSED_AND_ANNOUNCED = Text(
    "Pass: every request may go ahead; approvals are asked for before the merge.",
    "通过：所有申请均可继续；审批在合并之前进行。",
)
PASSED_WITH_BOTH = Text(
    "Pass: every request may go ahead; approvals are asked for before the merge. Consider the"
    " warnings; they may become failures.",
    "通过：所有申请均可继续；审批在合并之前进行。请留意其中的警告，它们以后可能会阻断。",
)
BLOCKED = Text(
    "Blocked: fix what is marked “failed”, then check again.",
    "阻断：请修正标为“不满足”的各项，然后重新检查。",
)
BLOCKED_AND_PENDING = Text(
    "Blocked: fix what is marked “failed” and ask for the approvals that are pending, then check"
    " again.",
    "阻断：请修正标为“不满足”的各项，并取得尚缺的审批，然后重新检查。",
)
ONLY_PENDING = Text(
    "Blocked: only approvals are missing. Ask for those marked “pending”, then check again.",
    "阻断：仅缺审批。请取得标为“待审批”的各项，然后重新检查。",
)
UNANSWERED = Symbol("✗", Text("open", "待填写"), "bad")
UNANSWERED_TITLE = Text("Questions that are not answered yet", "尚未填写的内容")
OPEN = Text(
    "Blocked: replace each TODO with its answer, then check again.",
    "阻断：请将每处 TODO 替换为实际内容，然后重新检查。",
)
OPEN_AND_FAILED = Text(
    "Blocked: replace each TODO with its answer and fix what is marked “failed”, then check again.",
    "阻断：请将每处 TODO 替换为实际内容，并修正标为“不满足”的各项，然后重新检查。",
)
REJECTED = Text(
    "Malformed: what is marked “malformed” could not be judged. Fix it, then check again.",
    "格式错误：标为“格式错误”的申请无法判定。请修正后重新检查。",
)
UNDECIDED = Text(
    "Undecided, which is not a pass: no verdict could be reached where “error” or “undecided”"
    " stands; the remedy there says who must act.",
    "无法判定，不等于通过：标为“出错”或“无法判定”之处未能得出结论，请按该处说明由相应人员处理。",
)
