"""What people call the fixed values of files and reports: stages, risks, kinds, results, verdicts.

Files and machine-readable output carry the ids; papers, pages and the terminal show these names.
A test compares the values of the launch request with its schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from launchpolicy.vocabulary.text import Text

VALUE_NAMES: Final[Mapping[str, Mapping[str, Text]]] = {
    "acceptanceResult": {
        "accepted": Text("accepted", "通过"),
        "rejected": Text("rejected", "不通过"),
    },
    "action": {
        "deny": Text("blocks", "阻断"),
        "warn": Text("warning", "警告"),
        "audit": Text("recorded only", "仅记录"),
    },
    "backupKind": {
        "database": Text("database", "数据库"),
        "files": Text("files", "文件"),
        "operating-system": Text("operating system", "操作系统"),
        "application": Text("application", "应用系统"),
        "configuration": Text("configuration", "配置"),
    },
    "change": {
        "new-product": Text("new product", "新产品上线"),
        "version-upgrade": Text("version upgrade", "版本升级"),
        "feature-optimisation": Text("feature optimisation", "功能优化"),
    },
    "channelKind": {
        "app-store": Text("app store", "应用商店"),
        "website": Text("website", "自有网站"),
        "partner": Text("partner", "合作伙伴渠道"),
        "social-media": Text("social media", "社交媒体"),
        "advertising": Text("advertising", "广告投放"),
        "event": Text("event", "展会与活动"),
        "retail": Text("retail", "营业厅与门店"),
    },
    "contentKind": {
        "code": Text("code", "程序代码"),
        "database": Text("database", "数据库"),
        "configuration": Text("configuration", "配置"),
        "data": Text("data", "数据"),
        "infrastructure": Text("infrastructure", "基础设施"),
        "document": Text("document", "文档"),
    },
    "dataLoss": {
        "none": Text("no data is lost", "不丢失数据"),
        "recoverable": Text("lost data can be recovered", "丢失的数据可以补回"),
        "permanent": Text("some data is lost permanently", "部分数据永久丢失"),
    },
    "designPart": {
        "appearance": Text("appearance", "外观设计"),
        "structure": Text("structure", "结构设计"),
        "functions": Text("functions", "功能设计"),
    },
    "direction": {
        "at-least": Text("at least", "不低于"),
        "at-most": Text("at most", "不高于"),
    },
    "documentKind": {
        "LaunchRequest": Text("LaunchRequest", "上线申请"),
        "Waiver": Text("Waiver", "豁免"),
    },
    "equipmentKind": {
        "server": Text("server", "服务器"),
        "storage": Text("storage", "存储设备"),
        "switch": Text("switch", "交换机"),
        "router": Text("router", "路由器"),
        "firewall": Text("firewall", "防火墙"),
        "load-balancer": Text("load balancer", "负载均衡设备"),
        "ups": Text("UPS", "不间断电源（UPS）"),
        "power-distribution": Text("power distribution", "配电设备"),
        "software": Text("software", "软件"),
        "other": Text("other", "其他"),
    },
    "evidenceKind": {
        "document": Text("document", "文档"),
        "junit": Text("JUnit test report", "JUnit 测试报告"),
        "sarif": Text("SARIF scan", "SARIF 扫描结果"),
        "cobertura": Text("Cobertura coverage", "Cobertura 覆盖率报告"),
        "in-toto": Text("in-toto statement", "in-toto 测试结果声明"),
        "backup-manifest": Text("backup manifest", "备份清单"),
        "minutes": Text("minutes", "会议纪要"),
        "rehearsal": Text("rehearsal record", "演练记录"),
        "steps": Text("step record", "步骤执行记录"),
    },
    "face": {"front": Text("front", "前面"), "rear": Text("rear", "后面")},
    "feasibility": {
        "feasible": Text("feasible", "可行"),
        "feasible-with-conditions": Text("feasible with conditions", "有条件可行"),
        "not-feasible": Text("not feasible", "不可行"),
    },
    "ground": {
        "hardware-software-integration": Text("hardware and software", "软硬件集成"),
        "equipment-purchase": Text("purchase of equipment", "涉及设备采购"),
        "new-deployment": Text("new deployment", "全新部署"),
        "independent-application": Text("independent application", "应用相对独立"),
    },
    "level": {
        "low": Text("low", "低"),
        "medium": Text("medium", "中"),
        "high": Text("high", "高"),
    },
    "metricResult": {"met": Text("met", "达到"), "missed": Text("missed", "未达到")},
    "operation": {
        "create": Text("create", "新建"),
        "update": Text("update", "修改"),
        "delete": Text("delete", "删除"),
    },
    "outcome": {
        "passed": Text("passed", "满足"),
        "failed": Text("failed", "不满足"),
        "waived": Text("waived", "已豁免"),
        "pending": Text("pending", "待审批"),
        "not-applicable": Text("not applicable", "不适用"),
        "error": Text("error", "出错"),
    },
    "phaseKind": {
        "requirements": Text("requirements", "需求分析"),
        "design": Text("design", "设计"),
        "development": Text("development", "研发"),
        "test": Text("test", "测试"),
        "launch": Text("launch", "上线"),
        "operation": Text("operation", "运营维护"),
    },
    "priority": {
        "must": Text("must have", "必须具备"),
        "should": Text("should have", "应当具备"),
        "could": Text("could have", "可以具备"),
    },
    "problemOutcome": {
        "fixed": Text("fixed", "已修复"),
        "accepted": Text("accepted as it is", "已接受现状"),
        "deferred": Text("deferred", "留待后续修复"),
        "rolled-back": Text("rolled back", "已回滚"),
    },
    "promotionKind": {
        "advertising": Text("advertising", "广告投放"),
        "social-media": Text("social media", "社交媒体推广"),
        "event": Text("event", "展会与活动"),
        "partner": Text("partners", "合作伙伴推广"),
        "word-of-mouth": Text("word of mouth", "用户口碑传播"),
    },
    "qualityResult": {
        "passed": Text("passed", "合格"),
        "failed": Text("failed", "不合格"),
        "not-applicable": Text("not applicable", "不适用"),
    },
    "reply": {
        "confirmed": Text("attends", "参加"),
        "declined": Text("declines", "不参加"),
    },
    "researchMethod": {
        "survey": Text("survey", "问卷调查"),
        "interview": Text("interviews", "访谈"),
        "competitor-analysis": Text("analysis of competitors", "竞品分析"),
        "data-analysis": Text("analysis of data", "数据分析"),
    },
    "restoreResult": {
        "restored": Text("restored", "已完整恢复"),
        "failed": Text("failed", "未能恢复"),
    },
    "result": {"passed": Text("passed", "通过"), "failed": Text("failed", "未通过")},
    "risk": {
        "standard": Text("standard", "一般"),
        "major": Text("major", "重大"),
        "emergency": Text("emergency", "紧急"),
    },
    "rollbackAction": {
        "restore-backup": Text("restore a backup", "恢复备份"),
        "revert-code": Text("revert the code", "回退代码"),
        "revert-configuration": Text("revert the configuration", "回退配置"),
        "revert-migration": Text("revert the migration", "撤销数据库变更"),
        "switch-traffic": Text("switch traffic back", "将流量切回原系统"),
        "disable-feature": Text("disable the feature", "关闭功能开关"),
        "restart-service": Text("restart the service", "重启服务"),
        "verify": Text("verify the former state", "验证原状态可用"),
        "notify": Text("notify", "通知相关人员"),
    },
    "rollbackConclusion": {
        "proceed": Text("roll back", "应当回滚"),
        "refrain": Text("do not roll back", "不应回滚"),
    },
    "settlement": {
        "fixed": Text("fixed", "已修复"),
        "accepted": Text("accepted", "确认接受"),
        "open": Text("open", "尚未处理"),
    },
    "stage": {
        "requested": Text("requested", "已申请"),
        "launched": Text("launched", "已上线"),
        "verified": Text("verified", "已验证"),
        "closed": Text("closed", "已办结"),
        "cancelled": Text("cancelled", "已取消"),
        "rolled-back": Text("rolled back", "已回滚"),
    },
    "stepOutcome": {
        "done": Text("done after handling", "处理后成功"),
        "unresolved": Text("unresolved", "未能解决"),
    },
    "stepResult": {"done": Text("done", "成功"), "failed": Text("failed", "失败")},
    "verdict": {
        "pass": Text("pass", "通过"),
        "blocked": Text("blocked", "阻断"),
        "rejected": Text("malformed", "格式错误"),
        "undecided": Text("undecided", "无法判定"),
    },
}
"""Name of the kind of value, as `$defs` of the schemas have it → value → its name."""

SHOWN_BY_POLICIES: Final = (
    *("acceptanceResult", "backupKind", "contentKind", "evidenceKind", "level", "phaseKind"),
    *("problemOutcome", "result", "stage"),
)
"""The kinds that expressions of messages find under `display.en.values` and `display.zh.values`."""


def value_name(kind: str, value: str) -> Text:
    """Return what people call a value; the value itself where it is none of its kind's.

    Raises:
        KeyError: there is no such kind of value.
    """
    return VALUE_NAMES[kind].get(value, Text(value, value))


def value_names(kind: str, values: Iterable[str]) -> Text:
    """Return the names of several values as an enumeration, in both languages."""
    names = [value_name(kind, value) for value in values]
    return Text(", ".join(name.en for name in names), "、".join(name.zh for name in names))
