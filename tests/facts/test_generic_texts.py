"""Texts that fit every launch and reasons that are excuses, beside short texts that are honest."""

from __future__ import annotations

import pytest

from launchpolicy.facts.generic_texts import kind_of_generic
from launchpolicy.policy.edition import TENTH_EDITION

HOLLOW = (
    ("status.summary.text", "The launch was successful and everything works"),
    ("status.summary.text", "本次上线顺利完成，系统运行正常"),
    ("status.summary.text", "总结见附件"),
    ("status.execution.steps.symptom", "An error occurred"),
    ("status.execution.steps.handling", "It was fixed by the developers"),
    ("status.execution.steps.handling", "联系厂家解决"),
    ("spec.attempt.cause", "The cause is unknown"),
    ("spec.attempt.cause", "系统问题"),
    ("spec.attempt.fix", "优化了代码"),
    ("spec.attempt.fix", "We will be more careful"),
    ("status.feedback.text", "体验良好"),
    ("status.feedback.text", "OK, thanks"),
    ("status.operation.monitors", "监控正常"),
    ("status.operation.fixes", "修复了一些问题"),
    ("spec.infrastructure.plan.risks.treatment", "加强管理"),
    ("spec.infrastructure.plan.goal", "顺利上线"),
    ("spec.meeting.introduction.features", "产品特点突出"),
    ("spec.meeting.demonstration.summary", "The product was shown"),
    ("spec.meeting.releasePlan.promotion", "加大宣传力度"),
    ("spec.development.team.members.responsibility", "配合"),
    ("spec.development.feasibility.summary", "It is feasible"),
    ("spec.development.requirements.competitors.summary", "市场上同类产品很多"),
    ("spec.backup.restore.how", "联系 DBA"),
    ("spec.backup.restore.how", "by hand"),
    ("spec.rollback.trigger", "When the operations lead decides"),
    ("spec.rollback.trigger", "发现严重问题"),
    ("spec.rollback.impact.summary", "Users are affected by the rollback"),
    ("spec.rollback.impact.summary", "没有评估"),
    ("status.cancellation.reason", "因故取消"),
)
HONEST = (
    ("status.summary.text", "上线用时 41 分钟，无异常"),
    ("status.summary.text", "One step was repeated."),
    ("status.execution.steps.symptom", "启动失败"),
    ("status.execution.steps.handling", "重启"),
    ("status.execution.steps.handling", "Retried after the lock was released."),
    ("spec.attempt.fix", "Payments are taken one after the other."),
    ("status.feedback.text", "入口容易找到"),
    ("status.operation.monitors", "无告警"),
    ("status.operation.fixes", "没有需要修复的问题"),
    ("status.operation.fixes", "None was needed."),
    ("spec.development.team.members.responsibility", "开发"),
    ("spec.development.team.members.responsibility", "Tests."),
    ("spec.meeting.feedback.answer", "已优化"),
    ("spec.backup.restore.how", "pg_restore"),
    ("spec.backup.restore.how", "从快照恢复"),
    ("spec.rollback.trigger", "登录失败"),
    ("spec.rollback.impact.summary", "No user is affected."),
    ("spec.rollback.impact.summary", "无影响"),
    ("spec.rollback.impact.summary", "用户须重新登录"),
    ("spec.checks.before.how", "检查数据库"),
    ("status.execution.steps.expected", "系统运行正常"),
    ("spec.infrastructure.plan.tasks.summary", "安装"),
    ("spec.summary", "升级"),
)
EXCUSES = (
    "There is no time for a backup of the files, as the window was moved.",
    "时间紧张，来不及备份文件",
    "The files are too large to back up",
    "备份服务器空间不足",
    "上个月已经备份过",
    "领导同意不备份",
    "忘记发布",
    "风险较低，暂不备份",
    "Not considered necessary",
    "No announcement is necessary",
    "以后再推广",
)
GROUNDS = (
    "The table is too big to be copied in the window; it is rebuilt from the event log.",
    "No time series are stored by this service.",
    "数据量太大，无法在窗口内全量备份；数据可由上游重新推送。",
    "日志文件太多，且可由各节点重新生成，丢失不影响业务",
    "The manager agreed, because the archive is a copy of the ERP, which is backed up daily.",
    "The service writes no files; all state is in orders-db.",
    "本次上线不涉及任何文件，服务无本地存储。",
    "Only the nightly job changes; no user sees anything of it.",
    "不涉及其他系统",
    "无相关系统",
    "对用户无影响",
    "首次上线，尚无数据",
    "The product has no regions.",
    "No database: the product is a static page.",
    "Rolling upgrade without interruption.",
)
REASON = "spec.backup.none.reason"


HOLLOW_SINCE_ELEVEN = (
    ("spec.rollback.trigger", "出问题就回滚"),
    ("spec.rollback.trigger", "If something goes wrong"),
    ("spec.rollback.trigger", "视情况而定"),
    ("spec.rollback.trigger", "When the leader says so"),
    ("spec.backup.restore.how", "按标准流程恢复"),
    ("spec.watch.how", "看日志"),
    ("spec.watch.how", "有人值守"),
    ("spec.attempt.cause", "环境问题"),
    ("spec.attempt.cause", "原因已找到"),
    ("spec.attempt.fix", "修好了"),
    ("spec.attempt.fix", "加强测试"),
    ("spec.attempt.fix", "Corrected the code"),
    ("status.summary.text", "感谢大家的努力，上线成功"),
    ("status.summary.text", "All good, thanks to the team"),
    ("status.rollback.reason", "领导要求"),
    ("status.rollback.reason", "出问题了"),
    ("status.cancellation.reason", "计划有变"),
    ("status.cancellation.reason", "Management decision"),
    ("spec.emergency.reason", "客户催"),
    ("spec.emergency.reason", "The customer is waiting"),
    ("status.review.findings", "总结经验"),
    ("status.review.findings", "Lessons learned"),
    ("status.feedback.text", "挺好的"),
)
HONEST_BESIDE_THEM = (
    ("spec.rollback.trigger", "订单丢失"),
    ("spec.rollback.trigger", "系统宕机"),
    ("spec.rollback.trigger", "If an order is lost"),
    ("spec.rollback.trigger", "出现对账差异"),
    ("spec.rollback.trigger", "第 4 步超过 30 分钟"),
    ("spec.backup.restore.how", "用 restore.sh 脚本恢复"),
    ("spec.backup.restore.how", "执行 impdp"),
    ("spec.backup.restore.how", "用备份脚本还原"),
    ("spec.attempt.cause", "网络故障"),
    ("spec.attempt.cause", "Configuration error"),
    ("spec.watch.how", "看支付日志"),
    ("spec.watch.how", "Orders per minute"),
    ("spec.watch.how", "每 5 分钟看登录数"),
    ("spec.attempt.cause", "证书过期"),
    ("spec.attempt.cause", "连接池配置不足"),
    ("spec.attempt.cause", "Network line to the bank"),
    ("spec.attempt.fix", "连接池改为 200"),
    ("spec.attempt.fix", "Index added"),
    ("status.summary.text", "12 分钟完成，感谢大家"),
    ("status.rollback.reason", "支付失败"),
    ("status.rollback.reason", "Orders were lost"),
    ("status.cancellation.reason", "重复申请"),
    ("status.cancellation.reason", "银行通道推迟"),
    ("status.cancellation.reason", "Bank channel not open"),
    ("spec.emergency.reason", "客户无法付款"),
    ("spec.emergency.reason", "Customers cannot pay"),
    ("status.review.findings", "脚本应分批执行"),
    ("status.feedback.text", "希望支持分期"),
)


@pytest.mark.parametrize(("place", "text"), HOLLOW_SINCE_ELEVEN)
def test_an_excuse_in_everyday_words_says_nothing_since_edition_11(place: str, text: str) -> None:
    route = tuple(place.split("."))
    assert kind_of_generic(route, text)
    assert kind_of_generic(route, text, TENTH_EDITION) != "generic"


@pytest.mark.parametrize(("place", "text"), HONEST_BESIDE_THEM)
def test_a_short_text_that_names_a_thing_says_something(place: str, text: str) -> None:
    assert kind_of_generic(tuple(place.split(".")), text) == ""


EVERYDAY_EXCUSES = (
    "不用备份",
    "按惯例不备份",
    "一直不备份",
    "历来如此",
    "大家都知道",
    "已和领导沟通",
    "DBA说不用",
    "小改动",
    "改动很小",
    "出问题再说",
    "没有要求",
    "规定没写",
    "流程太长",
    "赶时间",
    "先上线再说",
    "磁盘满了",
    "没有工具",
    "没人会",
    "负责人休假",
    "节省成本",
    "备份太慢",
    "同上",
    "与上次相同",
    "按老规矩",
    "we never do",
    "it was never necessary",
    "nobody asked for it",
    "not requested",
    "small change",
    "no big deal",
    "nothing will happen",
    "trust me",
    "to save time",
    "in a hurry",
    "the deadline",
    "disk is full",
    "no space",
    "nobody knows how",
    "the DBA is on holiday",
    "agreed by phone",
    "discussed with the boss",
    "the DBA said no",
    "it takes too long",
    "costs too much",
    "same as last time",
)
GROUNDS_BESIDE_THEM = (
    "本次只改前端静态文案，不涉及数据",
    "仅修改按钮颜色",
    "服务无状态",
    "数据由上游每日重推",
    "只读服务",
    "缓存数据，可由主库重建",
    "新系统，无历史数据",
    "Static pages only",
    "Stateless service",
    "No data is changed",
    "Only texts change",
    "Internal tool, used by six people",
    "内部系统，不对外公告",
    "滚动发布，不中断",
    "网页产品，无需上架",
    "没有竞品：内部工具",
    "界面无变化，无需培训",
    "客户没有要求培训",
    "会上无人提问",
    "Nobody asked a question in the meeting",
    "The three customers were told by phone",
    "Business goes on as usual during the launch",
    "Not available in app stores",
    "没有工具栏",
    "一直没发生过故障",
    "The tax office sets the deadline, and it is met",
    "No people are affected",
)


@pytest.mark.parametrize("text", EVERYDAY_EXCUSES)
def test_an_everyday_excuse_is_no_reason_since_edition_11(text: str) -> None:
    assert kind_of_generic(tuple(REASON.split(".")), text) == "excuse"


@pytest.mark.parametrize("text", ["按惯例不备份", "to save time", "小改动", "DBA说不用"])
def test_a_reason_that_landed_under_an_earlier_edition_is_judged_as_then(text: str) -> None:
    assert kind_of_generic(tuple(REASON.split(".")), text, TENTH_EDITION) == ""


@pytest.mark.parametrize("text", GROUNDS_BESIDE_THEM)
def test_a_ground_in_few_words_is_a_reason(text: str) -> None:
    assert kind_of_generic(tuple(REASON.split(".")), text) == ""


@pytest.mark.parametrize(("place", "text"), HOLLOW)
def test_a_text_of_words_that_fit_every_launch_says_nothing(place: str, text: str) -> None:
    assert kind_of_generic(tuple(place.split(".")), text) == "generic"


@pytest.mark.parametrize(("place", "text"), HONEST)
def test_one_word_of_its_own_says_something(place: str, text: str) -> None:
    assert kind_of_generic(tuple(place.split(".")), text) == ""


@pytest.mark.parametrize("text", EXCUSES)
def test_an_excuse_is_no_reason(text: str) -> None:
    assert kind_of_generic(tuple(REASON.split(".")), text) == "excuse"


@pytest.mark.parametrize("text", GROUNDS)
def test_a_ground_is_a_reason(text: str) -> None:
    assert kind_of_generic(tuple(REASON.split(".")), text) == ""


EMERGENCIES = (
    "Payments fail for all users; the duty manager decided to repair it at once.",
    "支付接口证书今晚过期，过期后所有订单失败，值班领导同意立即更换。",
    "证书明早 6 点过期，来不及走常规流程",
    "Attackers scan for it, so there is no time for the ordinary order.",
)
NO_EMERGENCIES = (
    "The boss wants it today.",
    "没有时间走正常流程，领导要求今晚上线",
    "There was no time for the ordinary order.",
)


@pytest.mark.parametrize("text", EMERGENCIES)
def test_an_emergency_that_leaves_no_time_is_a_reason(text: str) -> None:
    assert kind_of_generic(("spec", "emergency", "reason"), text) == ""


@pytest.mark.parametrize("text", NO_EMERGENCIES)
def test_haste_and_leave_alone_are_no_emergency(text: str) -> None:
    assert kind_of_generic(("spec", "emergency", "reason"), text) == "excuse"


def test_a_language_and_a_number_of_an_item_make_no_difference() -> None:
    route = ("status", "execution", "steps", 2, "handling", "zh")
    assert kind_of_generic(route, "已处理") == "generic"
