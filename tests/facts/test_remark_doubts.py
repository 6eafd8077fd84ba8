"""A remark beside a good result may tell of what a test provoked, and of no fault that is there."""

from __future__ import annotations

import pytest

from launchpolicy.facts.marked_places import MarkedValue
from launchpolicy.facts.refusals import refusals
from launchpolicy.policy.edition import EDITION, TENTH_EDITION

_ROUTE = ("spec", "acceptance", "checks", 0, "remark")
FAULTS = (
    "功能有问题，先这样",
    "有 bug，后面再修",
    "偶尔报错",
    "有时打不开",
    "页面空白",
    "数据不对",
    "金额算错",
    "Sometimes it crashes",
    "Shows an error now and then",
    "Wrong totals",
    "Amounts are wrong",
    "It does not work on Android",
    "Android 上不能用",
    "没测",
    "未测",
    "Not tested",
    "not run",
    "skipped",
    "跳过",
    "没时间测",
    "只看了一眼",
    "大致看了一下",
    "looks ok, not tested",
    "应该没问题",
    "Should be fine",
    "估计可以",
    "I think it works",
    "没有验收",
    "由开发自测，未验收",
    "勉强通过",
    "大部分通过",
    "部分通过",
    "Mostly works",
    "Partly accepted",
    "3 个用例没过",
    "还有 2 个缺陷未修",
    "2 defects still open",
    "Two bugs left",
    "待修复后再验",
    "等修复",
    "To be retested",
    "to be fixed",
    "Failing on Safari",
    "Safari 显示异常",
    "性能不达标",
    "p95 above the limit",
    "too slow",
    "太慢",
    "超时",
    "卡顿严重",
    "丢数据",
    "Data loss seen",
    "回退失败",
    "The restore did not work",
    "恢复不了",
    "备份文件损坏",
    "用户不满意",
    "不好用",
    "无法登录",
    "登录不了",
)
HONEST = (
    "全部通过",
    "12 条用例全部通过",
    "12 of 12 passed",
    "通过，建议优化加载速度",
    "通过；导出稍慢（2 秒），可接受",
    "首轮发现 2 个缺陷，修复后复验通过",
    "Two defects were found and fixed; passed on 24 November",
    "登录失败 5 次锁定，符合设计",
    "金额算错的问题已修复并复验",
    "超时提示正确",
    "断网后自动重连",
    "不支持 IE，符合需求",
    "Not supported on IE, as agreed",
    "无异常",
    "无缺陷",
    "未发现问题",
    "No errors in the log",
    "no data loss",
    "未丢数据",
    "数据一致，无丢失",
    "Error messages are clear",
    "错误提示清晰",
    "Crash of one node is survived",
    "单节点宕机时自动切换",
    "没有遗留缺陷",
    "回退用时 18 分钟",
    "Restore took 18 minutes",
    "恢复后核对一致",
    "p95 180 ms，低于上限 300 ms",
    "p95 180 ms, limit 300 ms",
    "未超时",
    "没有卡顿",
    "慢查询 0 条",
    "未登录时跳转登录页",
    "登录后显示欢迎页",
    "拒绝弱口令",
    "弱口令被拒绝",
    "Weak passwords are refused",
    "无法重复提交，符合预期",
    "不能重复下单，符合预期",
    "Cannot be submitted twice, as required",
    "重复提交被拦截",
    "测试环境与生产一致",
    "3 轮测试，最后一轮全部通过",
    "抽查 50 单，金额一致",
    "客服试用两天，无问题",
    "与旧版对比无差异",
    "旧版缺陷 1182 已不再出现",
    "Bug 1182 does not occur any more",
    "性能达标",
    "安全扫描无高危",
    "2 个低危漏洞，评估后接受",
    "Two low findings, accepted by security",
    "跳过引导页后进入首页，正常",
    "Skipping the tour leads to the home page",
    "待办列表显示正常",
    "未付款订单 30 分钟后关闭，符合规则",
    "Failed payments can be repeated",
    "失败的支付可以重试，已验证",
    "空数据时页面显示“暂无数据”",
    "Empty page shows a hint",
    "检查了 3 台设备，全部正常",
    "现场核对",
    "by phone",
    "on the staging system",
    "用生产副本测试",
    "见用例 12",
    "王芳现场确认",
    "耗时 12 分钟",
    "双人复核",
    "与财务对账一致",
    "1 项建议：增加导出",
    "有 2 处文案建议，已记录",
    "有一个小问题：按钮偏小，列入 3.3",
    "Tested by hand",
    "Tested on Android 12 and iOS 17",
    "Checked against the contract",
    "Only Chrome and Edge are supported",
    "Only the first 50 rows were compared",
    "Some tests were repeated",
    "takes a little long (4 s)",
    "a bit slow on old tablets, accepted by product",
    "客户希望加快",
    "超时重试 3 次",
    "响应超时 0 次",
    "未出现超时",
    "连续运行 72 小时无死机",
    "3 次断电测试，无数据丢失",
    "支持断点续传，中断后可恢复",
    "登录 10 次失败后锁定",
    "There were errors in round 1; fixed",
    "Errors are logged",
    "The alarm fires when the job fails",
    "Rollback starts if a step fails",
    "Wrong code: shows an error",
    "密码错误无法登录",
    "验证码输错 3 次无法登录",
    "欠费用户无法支付",
    "余额不足无法支付",
    "库存为 0 时不能下单",
    "已下架商品打不开，提示“已下架”",
    "A locked account cannot log in",
    "Half of the pages were compared with the old ones",
    "20 % 抽查",
    "抽查部分订单，一致",
    "部分功能由自动化覆盖",
    "部分退款正确",
    "Partial refunds work",
    "Mostly automated",
    "Nothing skipped",
    "无跳过用例",
    "2 tests skipped on IE",
    "未测 IE，不在范围内",
    "不测 IE",
    "Not tested on IE, out of scope",
    "验收时修改了文案",
    "现场演示 40 分钟",
    "Demonstrated on site",
    "Should a step fail, the rollback starts",
    "可能出现的异常均有提示",
    "应该显示的字段都显示",
    "估计用时 20 分钟，实际 18 分钟",
    "目测无错位",
    "操作手册已更新",
    "使用旧数据验证",
    "回头客优惠正确",
    "随便逛功能正常",
    "问题反馈入口正常",
    "有问题反馈入口",
    "故障切换 8 秒",
    "错误码齐全",
    "太慢查询告警正常",
    "p95 below the limit of 300 ms",
    "Error rate is below the limit",
    "CPU under the maximum",
)


def _is_refused(text: str, result: str = "accepted", edition: int = EDITION) -> bool:
    check = {"result": result, "remark": text}
    data = {"spec": {"acceptance": {"checks": [check]}}}
    return bool(refusals(data, [MarkedValue(_ROUTE, text, None, None)], edition))


@pytest.mark.parametrize("remark", FAULTS)
def test_a_fault_in_everyday_words_beside_accepted_is_no_acceptance(remark: str) -> None:
    assert _is_refused(remark)


@pytest.mark.parametrize("remark", HONEST)
def test_a_remark_may_tell_how_it_was_tested_and_what_was_provoked(remark: str) -> None:
    assert not _is_refused(remark)


@pytest.mark.parametrize("remark", ["Sometimes it crashes", "没测", "应该没问题", "大部分通过"])
def test_such_a_remark_counts_since_edition_11_and_beside_a_good_result_only(remark: str) -> None:
    assert not _is_refused(remark, edition=TENTH_EDITION)
    assert not _is_refused(remark, result="rejected")


@pytest.mark.parametrize("remark", ["偶尔报错，重启后正常", "2 defects still open, but it works"])
def test_a_fault_beside_which_a_remark_says_that_it_is_right_is_left_to_people(remark: str) -> None:
    assert not _is_refused(remark)


def _summary_is_refused(section: tuple[str, ...], record: dict[str, str]) -> bool:
    text = record["summary"]
    data: dict[str, object] = {section[-1]: record}
    for key in reversed(section[:-1]):
        data = {key: data}
    return bool(refusals(data, [MarkedValue((*section, "summary"), text, None, None)]))


def test_a_study_or_an_improvement_may_name_the_fault_that_it_is_about() -> None:
    study = {"result": "feasible", "summary": "The old search is too slow"}
    improvement = {"doneAt": "2026-11-24T10:00:00+08:00", "summary": "登录很慢"}
    assert not _summary_is_refused(("spec", "development", "feasibility"), study)
    assert not _summary_is_refused(("status", "results", "improvements"), improvement)


def test_a_release_whose_test_passed_and_whose_summary_tells_of_a_fault_is_refused() -> None:
    release = {"result": "passed", "summary": "大部分通过"}
    assert _summary_is_refused(("spec", "development", "release", "functionalTest"), release)
