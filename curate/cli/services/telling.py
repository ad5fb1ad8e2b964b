"""What a service answered, as the terminal says it."""

from __future__ import annotations

from curate.app.services.send import Sent
from curate.cli.terminal.console import complain


def tell_sent(sent: Sent) -> None:
    """How sending went, with the service's own words where it refused."""
    if sent.taken == sent.of and sent.is_doubtful:
        answer = f"对方的回答：{sent.answer}" if sent.answer else "没有看到对方的回答。"
        complain(
            f"{sent.service}：apprise 说已送达，{sent.of} 条。{answer}",
            hint="它的话不能全信，到手机上看一眼收到没有。",
        )
        return
    if sent.taken == sent.of:
        complain(f"{sent.service}：已送达，{sent.of} 条。")
        return
    hint = "可能已经送到，去看一眼再决定要不要重发。" if sent.is_doubtful else ""
    if sent.taken:
        hint = f"{hint}再运行一次，就从没有送到的这一条接着发。"
    complain(f"{sent.service}：{sent.of} 条里送达 {sent.taken} 条，下一条没有送到：{sent.refusal}", hint=hint)
