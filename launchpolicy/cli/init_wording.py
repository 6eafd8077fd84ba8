"""What `launchpolicy init` asks, and what can be answered."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text

PROCESS_QUESTION = Text("Processes, separated by commas", "流程（多个用逗号分隔）")
SOURCE_QUESTION = Text(
    "Approvals: reviews on GitHub, or files signed with SSH keys",
    "审批来源：github 为 GitHub 评审，signed 为 SSH 签名文件",
)
LANGUAGE_QUESTION = Text("Language of the files and messages", "文件和提示的语言")
COUNTRY_QUESTION = Text(
    "Country whose public holidays count (or none)", "按哪国的法定节假日判断（none 表示不判断）"
)
ZONE_QUESTION = Text("Time zone of launch windows and holidays", "上线窗口和节假日所用的时区")
RULES_QUESTION = Text("Roles that approve changes of the rules", "可批准规则变更的角色")
OWNER_QUESTION = Text(
    "Who reviews changes of the rules on GitHub: @user or @organisation/team",
    "在 GitHub 上评审规则变更的人：@用户 或 @组织/团队",
)
ACTION_QUESTION = Text(
    "The commit of launchpolicy to run, as OWNER/REPO@COMMIT (none leaves the workflows out)",
    "所运行的 launchpolicy 提交，写作 OWNER/REPO@COMMIT（none 表示不写入工作流）",
)
BRANCH_REMEDY = Text(
    "Write the name of a branch of letters, digits, `.`, `_`, `-` and `/`.",
    "请填写分支名，只含字母、数字、`.`、`_`、`-` 和 `/`。",
)
ROLE_REMEDY = Text(
    "Write the id of a role, such as product-lead.", "请填写角色标识，例如 `product-lead`。"
)
VAULT_REMEDY = Text(
    "Write the name of a place for backups, such as vault-b.",
    "请填写备份存放位置的名称，例如 vault-b。",
)
OWNER_REMEDY = Text(
    "Write @USER, @ORGANISATION/TEAM or an e-mail address.",
    "请填写 @用户、@组织/团队 或邮箱地址。",
)
COUNTRY_REMEDY = Text(
    "Write the two letters of a country, such as CN, or none.",
    "请填写两位国家或地区代码，例如 CN；不判断节假日则填 none。",
)
ZONE_REMEDY = Text(
    "Write the IANA name of a time zone, such as Asia/Shanghai or Europe/Berlin.",
    "请填写 IANA 时区名，例如 Asia/Shanghai 或 Europe/Berlin。",
)
