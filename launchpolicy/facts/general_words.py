"""Words that fit every launch, in English and Chinese; `generic_words` adds those of each place."""

from __future__ import annotations

from typing import Final


def words_in(text: str) -> frozenset[str]:
    """Return the words of a list, which spaces separate."""
    return frozenset(text.split())


_ENGLISH: Final = words_in(
    """
    the a an it its this that these they them we i he she all everything everyone is are was
    were be been being has have had will would can could should must may might do does did
    and or but of to in on at for with by from as so no not any some very quite more most
    much many few only just also too well good fine ok okay great nice properly correctly
    correct normal normally stable smooth smoothly successful successfully success succeeded
    completed complete completely done finished fixed solved resolved handled repaired
    improved improve improvement improvements optimised optimized optimise optimize issue
    issues problem problems error errors bug bugs fault faults failure failures failed fail
    work works worked working run runs ran running system systems product service launch
    launched release released online code team developers developer people usual usually
    needed need necessary possible expected planned plan carefully careful immediately soon
    later again always often various several certain thing things something anything nothing
    occurred happened happens went gone go got made make quickly time after before during
    when while what our their us there here without through
    """
)
_CHINESE: Final = words_in(
    """
    的 了 已 已经 均 都 和 与 及 以及 等 对 在 中 时 后 前 为 是 有 无 没 没有 未 一切 全部
    整体 总体 各项 相关 有关 部分 若干 一些 各种 多种 多 本次 此次 本 该 各 系统 产品 服务
    业务 程序 代码 上线 发布 运行 情况 过程 结果 工作 人员 团队 运维 正常 良好 顺利 稳定 平稳
    成功 完成 完毕 结束 圆满 按计划 按照 计划 按期 按时 如期 及时 尽快 立即 马上 问题 异常
    故障 错误 缺陷 漏洞 报错 出错 失败 原因 影响 处理 解决 修复 修正 排除 优化 改进 改善 完善
    提升 提高 加强 强化 做好 做 进行 开展 继续 持续 不断 进一步 努力 认真 仔细 注意 避免 防止
    减少 尽量 可控 较小 不大 较大 较低 一定 可能 会 将 把 由 并 很 较 非常 更 更加 不 可 能
    要 需要 必要 根据 实际 具体 分析 管理 保持 有效 合理 积极 相应 措施 办法 方式 到位 出现
    发生 发现 遇到 存在 导致 造成 下次 以后 今后 再 也 所有 整个 阶段 暂 目前 当前 通过 内容
    方面 程度 予以 得到 落实 推进 确保 保证 我们 大家
    """
)
GENERIC_WORDS: Final = _ENGLISH | _CHINESE

NOUNS: Final = words_in(
    """
    system systems product service code team people 系统 产品 服务 程序 代码 人员 团队 业务
    """
)
NEGATIONS: Final = words_in(
    """
    no not nothing without 无 没 没有 未 不
    """
)
