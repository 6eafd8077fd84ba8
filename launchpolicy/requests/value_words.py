"""The fixed words of a request (kinds, results, stages) as people call them, in both languages.

The groups are the definitions of the schema of requests that have fixed words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.vocabulary.text import Text

VALUE_WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "acceptanceResult": {
        "accepted": Text("accepted", "通过"),
        "rejected": Text("rejected", "不通过"),
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
        "permanent": Text("some data is lost for good", "部分数据永久丢失"),
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
        "junit": Text("test results", "测试结果"),
        "sarif": Text("scan results", "扫描结果"),
        "cobertura": Text("coverage", "覆盖率"),
        "in-toto": Text("attested test results", "测试结果声明"),
        "backup-manifest": Text("backup manifest", "备份清单"),
        "minutes": Text("minutes", "会议纪要"),
        "rehearsal": Text("record of a rehearsal", "演练记录"),
        "steps": Text("record of steps", "步骤执行记录"),
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
    "reply": {"confirmed": Text("attends", "参加"), "declined": Text("declines", "不参加")},
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
}
"""Group → written value → word."""

ITEM_WORDS: Final[Mapping[str, Text]] = {
    "backup": Text("backup", "备份"),
    "monitoring": Text("monitoring", "监控"),
    "functional": Text("functional", "功能"),
    "functions": Text("functions", "功能"),
    "visual": Text("pages", "页面"),
    "data": Text("data", "数据"),
    "performance": Text("performance", "性能"),
    "security": Text("security", "安全"),
    "integration": Text("integration", "集成"),
    "compatibility": Text("compatibility", "兼容性"),
    "technical": Text("technical", "技术"),
    "market": Text("market", "市场"),
    "regression": Text("regression", "回归"),
    "servers": Text("servers", "服务器"),
    "database-connection": Text("database connection", "数据库连接"),
    "product-runs": Text("the product runs", "产品运行正常"),
}
"""Names that requests give to checks, tests and points by convention of the packs."""


def value_word(group: str, value: str) -> Text:
    """Return the word for a written value; the value where the group has no such word.

    Raises:
        KeyError: there is no such group.
    """
    word = VALUE_WORDS[group].get(value)
    return Text(value, value) if word is None else word


def item_word(name: str) -> Text:
    """Return the word for the name of a check, a test, a channel or a point to watch, else it."""
    return ITEM_WORDS.get(name) or VALUE_WORDS["channelKind"].get(name, Text(name, name))
