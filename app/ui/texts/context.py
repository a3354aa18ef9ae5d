"""How much of the context is used, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.context_estimate import ContextUse
from app.ui.texts.numbers import context_size, count, short_count


def use_text(use: ContextUse) -> str:
    """The use beside the composer: `≈ 5.2K of 1M`, with "unknown" for what can't be counted."""
    tokens = f"≈ {short_count(use.tokens)}"
    if use.unknown:
        tokens = QCoreApplication.translate("Context", "{tokens} + unknown").format(tokens=tokens)
    if use.limit is None:
        return QCoreApplication.translate("Context", "{tokens} tokens").format(tokens=tokens)
    return QCoreApplication.translate("Context", "{tokens} of {limit}").format(
        tokens=tokens, limit=context_size(use.limit)
    )


def use_details(use: ContextUse) -> str:
    """What the use consists of, a line each."""
    lines = [
        QCoreApplication.translate("Context", "The next request takes about {n} tokens.").format(n=count(use.tokens)),
        QCoreApplication.translate("Context", "System prompt and tools: {n}").format(n=count(use.fixed)),
        QCoreApplication.translate("Context", "What is being typed: {n}").format(n=count(use.draft)),
        QCoreApplication.translate("Context", "The rest are earlier messages and attachments."),
    ]
    if use.unknown:
        lines.append(
            QCoreApplication.translate("Context", "1 attachment is not counted, because its tokens are unknown.")
            if use.unknown == 1
            else QCoreApplication.translate(
                "Context", "{n} attachments are not counted, because their tokens are unknown."
            ).format(n=use.unknown)
        )
    lines.append(
        QCoreApplication.translate("Context", "Earlier messages were counted by the service.")
        if use.is_measured
        else QCoreApplication.translate("Context", "This is an estimate; the service's own count comes with an answer.")
    )
    return "\n".join(lines)


def full_text(use: ContextUse, model: str) -> str:
    """Why the user is warned."""
    if use.share > 1 and not use.draft:
        return QCoreApplication.translate(
            "Context",
            "This conversation does not fit: it takes about {tokens} tokens; {model} takes {limit}. "
            "Leave out or summarise earlier messages.",
        ).format(tokens=count(use.tokens), limit=count(use.limit or 0), model=model)
    if use.share > 1:
        return QCoreApplication.translate(
            "Context",
            "This message does not fit: with it the conversation takes about {tokens} tokens; {model} takes {limit}. "
            "Leave out or summarise earlier messages. Your text stays here.",
        ).format(tokens=count(use.tokens), limit=count(use.limit or 0), model=model)
    return QCoreApplication.translate(
        "Context",
        "The conversation fills {share} % of the context of {model}. Earlier messages can be left out or summarised; "
        "nothing is left out by itself.",
    ).format(share=int(use.share * 100), model=model)
