"""Remarks, reasons and short answers in everyday words, beside honest ones that are like them."""

from __future__ import annotations

import pytest

from launchpolicy.facts.generic_texts import kind_of_generic
from launchpolicy.facts.marked_places import MarkedValue
from launchpolicy.facts.refusals import refusals
from launchpolicy.policy.edition import EDITION, TENTH_EDITION

_ROUTE = ("spec", "acceptance", "checks", 0, "remark")
FAULTS = (
    *(
        "偶尔会卡",
        "按钮点了没反应",
        "打印不出来",
        "数据对不上",
        "时好时坏",
        "磁盘快满了",
        "CPU 一直 100%",
    ),
    *(
        "一台服务器连不上",
        "连接经常断",
        "备份没做",
        "校验不一致",
        "主从延迟很大",
        "未达到目标",
        "内存泄漏",
    ),
    *(
        "测试环境坏了，没测成",
        "没有条件测试",
        "同上次，没再测",
        "时间不够没验证",
        "暂时跳过",
        "只测了一部分",
    ),
    *(
        "感觉还行",
        "先通过吧",
        "领导说可以",
        "按以往经验没问题",
        "和开发说好了，下版修",
        "报错但能用",
    ),
    *(
        "样式乱了",
        "图片加载不出来",
        "登录不上去",
        "有漏洞，已知",
        "点保存就白屏",
        "凑合能用",
        "短信收不到",
    ),
    *("接口 500", "明天再测", "开发演示的，我没操作", "图表不显示", "扣款扣了两次"),
    *(
        "Freezes from time to time",
        "Button does nothing",
        "Figures do not match",
        "Disk nearly full",
    ),
    *("CPU at 100 % all the time", "One server unreachable", "Connection keeps dropping"),
    *(
        "No backup was made",
        "Checksum differs",
        "Misses the target",
        "Memory leak",
        "Cannot log in",
    ),
    *("Could not be tested", "Test environment was broken", "Skipped for now", "Styles are broken"),
    *(
        "Let's accept it for now",
        "Boss said it is fine",
        "Will be fixed later",
        "Known vulnerability",
    ),
    *("From experience no problem", "White screen on save", "API returns 500", "Keeps timing out"),
    *("Crashed twice", "I did not try", "Charts are not shown", "Works only sometimes"),
    *("会丢单", "老是要重启", "按钮位置不对", "没仔细看", "Memory keeps growing", "Loses orders"),
    *("Text overlaps", "Did not look closely"),
)
FINE = (
    *(
        "断网时提示“网络异常”，恢复后可继续",
        "登录失败 5 次后锁定，符合要求",
        "磁盘未满",
        "校验一致",
    ),
    *("上轮发现的按钮错位已改好", "满减后金额为 0 时不显示支付按钮，正确", "白屏问题已修复"),
    *("漏洞扫描 0 高危", "有漏洞扫描报告，无高危", "两次提交只扣一次款", "拔网线后 5 秒恢复"),
    *("下架商品打不开，符合设计", "收不到验证码时可重发，正常", "模拟接口 500，页面提示稍后再试"),
    *("领导和客户都到场验收", "第二次测试通过，第一次因账号没权限失败", "驳回原因必填"),
    *("审核不通过可修改后再提交", "错别字一处，下版修", "延迟不大，0.3 秒"),
    *("Answers 429 above the limit", "Void invoices cannot be printed, correct", "Checksums agree"),
    *("Withdrawn products cannot be opened, by design", "Double click charges once only"),
    *("White screen of the last round is fixed", "Users without rights cannot print"),
    *("Retry works after the API returned 500", "Disabled users cannot log in"),
    *("没有内存增长", "位置不对时有提示", "消息不会丢", "Never loses an order", "No text overlaps"),
    *("Minor typo, will be fixed in the next release", "One server down, service continues"),
    "iOS 12 not tested (not supported), everything else passed",
    "Not tested again as nothing changed here, result of round 1 stands: passed",
)
NOT_CONCLUDED = (
    "登录时提示“系统异常”",
    "第一次通过，第二次失败",
    "登录失败 5 次",
    "驳回",
    "审核不通过",
)
EXCUSES = (
    *(
        "以前也没备",
        "应该不会出问题",
        "没有人会做",
        "上次备过了吧",
        "备份脚本坏了",
        "没权限",
        "不会弄",
    ),
    *("没什么可备的", "懒得备", "Not enough space", "Backup script is broken", "No permission"),
    *("Not our job", "Nothing to back up I guess"),
)
GROUNDS = (
    *(
        "以前没有该系统",
        "没有权限相关数据变更，只改页面",
        "不想丢的数据都在主库，本次不动主库",
        "无库",
    ),
    *("原来的备份脚本已停用，数据由云平台快照保护", "只读服务，无数据", "Read only", "No database"),
    *("We will be fine without: the service has no state", "The tool keeps nothing on disk"),
)
HOLLOW = (
    ("spec.announcement.none.reason", "没人看公告"),
    ("spec.announcement.none.reason", "Nobody reads announcements"),
    ("spec.development.defects.none.reason", "没有记录"),
    ("spec.development.defects.none.reason", "We did not keep a list"),
    ("spec.attempt.cause", "考虑不周"),
    ("spec.attempt.cause", "历史遗留问题"),
    ("spec.attempt.cause", "Insufficient testing"),
    ("spec.attempt.cause", "Under investigation"),
    ("spec.attempt.fix", "重新部署"),
    ("spec.attempt.fix", "加强培训"),
    ("spec.attempt.fix", "Lessons learned"),
    ("spec.attempt.cause", "说不清"),
    ("spec.attempt.fix", "重视起来"),
    ("spec.rollback.trigger", "Too risky"),
    ("status.cancellation.reason", "Nobody cares"),
    ("spec.rollback.trigger", "现场判断"),
    ("spec.rollback.trigger", "短时间修不好"),
    ("spec.rollback.trigger", "Major incident"),
    ("spec.rollback.trigger", "As a last resort"),
    ("spec.backup.restore.how", "常规方式"),
    ("spec.backup.restore.how", "一键恢复"),
    ("spec.backup.restore.how", "Call operations"),
    ("spec.watch.how", "密切关注"),
    ("spec.watch.how", "专人负责"),
    ("spec.watch.how", "Watch closely"),
    ("spec.watch.how", "Real-time monitoring"),
    ("status.summary.text", "在大家的努力下顺利上线"),
    ("status.summary.text", "See the log"),
    ("status.cancellation.reason", "条件不成熟"),
    ("status.cancellation.reason", "Other priorities"),
    ("status.rollback.reason", "bug 太多"),
    ("status.rollback.reason", "Something broke"),
    ("status.feedback.text", "用户都说好"),
    ("status.execution.steps.handling", "找人处理"),
    ("status.execution.steps.handling", "Took care of it"),
)
SUBSTANTIAL = (
    ("spec.development.defects.none.reason", "三轮测试均未发现缺陷"),
    ("spec.attempt.cause", "硬件故障"),
    ("spec.attempt.cause", "历史数据里有空手机号"),
    ("spec.attempt.cause", "测试没覆盖离线场景"),
    ("spec.attempt.cause", "Deployed in the wrong order"),
    ("spec.attempt.fix", "打了 nginx 1.26.2 补丁"),
    ("spec.attempt.fix", "培训了 12 名店长使用新收银流程"),
    ("spec.attempt.fix", "Restart order is in the script now"),
    ("spec.rollback.trigger", "客户无法下单"),
    ("spec.rollback.trigger", "Migration takes longer than 40 minutes"),
    ("spec.attempt.cause", "偶发的主从延迟 8 秒"),
    ("status.cancellation.reason", "预算没人批"),
    ("spec.rollback.trigger", "Customers cannot order"),
    ("spec.rollback.trigger", "White screen"),
    ("spec.backup.restore.how", "一键脚本 restore_all.sh"),
    ("spec.backup.restore.how", "One click in Veeam"),
    ("spec.watch.how", "专人看 Grafana"),
    ("spec.watch.how", "实时看订单量"),
    ("spec.watch.how", "Real-time order count"),
    ("status.summary.text", "观察 2 小时，错误率 0.02%"),
    ("status.cancellation.reason", "机房条件不具备：空调故障"),
    ("status.cancellation.reason", "Hardware is not ready before January"),
    ("status.rollback.reason", "bug 导致库存错乱"),
    ("status.feedback.text", "客户都说扫码快"),
    ("status.execution.steps.handling", "改用备用镜像仓库"),
)


def _is_refused(text: str, edition: int = EDITION) -> bool:
    data = {"spec": {"acceptance": {"checks": [{"result": "accepted", "remark": text}]}}}
    return bool(refusals(data, [MarkedValue(_ROUTE, text, None, None)], edition))


@pytest.mark.parametrize("remark", [*FAULTS, *NOT_CONCLUDED])
def test_a_remark_that_tells_of_a_fault_or_of_no_look_is_no_acceptance(remark: str) -> None:
    assert _is_refused(remark)


@pytest.mark.parametrize("remark", FINE)
def test_a_remark_may_tell_what_is_as_it_should_be(remark: str) -> None:
    assert not _is_refused(remark)


@pytest.mark.parametrize("remark", ["Checksum differs", "图表不显示", "Will be fixed later"])
def test_everyday_faults_count_since_edition_11(remark: str) -> None:
    assert not _is_refused(remark, TENTH_EDITION)


@pytest.mark.parametrize("text", EXCUSES)
def test_an_excuse_of_every_day_is_no_reason(text: str) -> None:
    assert kind_of_generic(("spec", "backup", "none", "reason"), text) == "excuse"


@pytest.mark.parametrize("text", GROUNDS)
def test_a_ground_with_a_word_of_an_excuse_is_a_reason(text: str) -> None:
    assert kind_of_generic(("spec", "backup", "none", "reason"), text) == ""


@pytest.mark.parametrize(("place", "text"), HOLLOW)
def test_everyday_words_that_fit_every_launch_say_nothing(place: str, text: str) -> None:
    assert kind_of_generic(tuple(place.split(".")), text)
    assert kind_of_generic(tuple(place.split(".")), text, TENTH_EDITION) != "generic"


@pytest.mark.parametrize(("place", "text"), SUBSTANTIAL)
def test_a_thing_beside_such_words_says_something(place: str, text: str) -> None:
    assert kind_of_generic(tuple(place.split(".")), text) == ""
