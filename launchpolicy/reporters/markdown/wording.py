"""Hold every word of the Markdown report that the text report does not have."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text

TO_FIX = Text("To fix", "待修正")
UNJUDGED = Text("Cannot be judged", "无法判定")
UNANSWERED = Text("For the owner of the policies", "须由策略负责人处理")
MISSING = Text("Approvals still missing", "尚缺的审批")
ANNOUNCED = Text("Approvals to ask for before the merge", "合并之前须征求的审批")
WARNINGS = Text("Warnings", "警告")
RECORDED = Text("Recorded only", "仅记录")
WAIVED = Text("Waived", "已豁免")
STORIES = Text("Approvals so far", "已有的审批")
SETTLED = Text("{} passed, {} not applicable", "满足 {} 项，不适用 {} 项")
COLON = Text(": ", "：")
STOP = Text("; ", "；")
PARTED = Text(", ", "、")
OR = Text(" or ", "、")

HEADLINE = Text("launchpolicy: {}", "launchpolicy：{}")
CITED = Text("{} ({})", "{}（{}）")
BRACKETED = Text(" ({})", "（{}）")

SEVERAL = Text("{count} × {who}", "{count} × {who}")
CAN = Text("{} can still give it", "{} 可以审批")
PERSON = Text("{} ({})", "{}（{}）")
WAITS = Text("waits for {}", "须待{}审批之后")
NOBODY = Text("nobody can still give it", "已无人可以审批")
CANNOT = Text("{} cannot ({})", "{} 不可以（{}）")
AND_MORE = Text("{} and {} more", "{} 等，另有 {} 人")
NAMED = Text("the approval of {}", "{} 的审批")

WHO = Text("Who", "审批人")
FROM = Text("From", "来源")
WHEN = Text("When", "时间")
IS_COUNTED = Text("Counted?", "是否计入")

UNDER = Text(
    "Waived by {name} ({path}) until {expires}; owner {owner}. {reason}",
    "依据 {name}（{path}）豁免，有效期至 {expires}，负责人 {owner}。{reason}",
)

EFFECTS = Text("What the changed rules would change", "规则变更将带来的影响")
EFFECTS_INTRO = Text(
    "This change was judged by the rules as they were before it. Once merged, these outcomes would"
    " be others:",
    "本次变更仍按变更前的规则判定。合并之后，下列结果将会改变：",
)
REQUEST = Text("Request", "申请")
POLICY = Text("Policy", "策略")
BEFORE = Text("Now", "目前")
AFTER = Text("Then", "合并后")
ABSENT = Text("no such policy", "无此策略")

OTHERS = Text("and {:,} more", "另有 {:,} 个")
RULES = Text("rules {}", "规则摘要 {}")
GOOD_UNTIL = Text("Good until {}; it is judged again then.", "有效至 {}，届时将重新判定。")
AS_OF = Text("judged as of {}", "判定时间 {}")
BINDS = Text("An approval of this version binds to {}", "对该版本的审批绑定于 {}")
CUT = Text(
    "⋯ This report is cut at {limit:,} bytes: {requests} of {total} requests are not shown, or"
    " not completely. The text report in the log of the job has everything.",
    "⋯ 本报告在 {limit:,} 字节处截断：{total} 个申请中有 {requests} 个未显示或未完整显示。"
    "任务日志中的文本报告包含全部内容。",
)
