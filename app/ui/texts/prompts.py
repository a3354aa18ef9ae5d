"""Texts about prompts: their kinds, versions, times and differences."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.core.line_differences import LineBlock, LineCounts
from app.core.prompt_library import PromptKind
from app.services.prompt_desk import PromptEntry
from app.services.prompt_search import Order
from app.ui.texts.numbers import count


def kind_name(kind: PromptKind) -> str:
    if kind == "system":
        return QCoreApplication.translate("Prompts", "System prompt")
    return QCoreApplication.translate("Prompts", "Message")


def entry_name(entry: PromptEntry) -> str:
    """The name of a prompt; a new one may have none yet."""
    return entry.name or QCoreApplication.translate("Prompts", "Untitled prompt")


def version_name(number: int) -> str:
    return QCoreApplication.translate("Prompts", "v{n}").format(n=number)


def unsaved_name(number: int) -> str:
    return QCoreApplication.translate("Prompts", "v{n}, not saved").format(n=number)


def order_name(order: Order) -> str:
    match order:
        case "changed":
            return QCoreApplication.translate("Prompts", "Last changed")
        case "name":
            return QCoreApplication.translate("Prompts", "By name")
        case "created":
            return QCoreApplication.translate("Prompts", "Newest first")


def moment_text(moment: float, now: float) -> str:
    """When something was saved, as short as it can be said: the time of today, yesterday, or the date."""
    if not moment:
        return ""
    then, today = datetime.fromtimestamp(moment), datetime.fromtimestamp(now)
    days = (today.date() - then.date()).days
    if days == 0:
        return then.strftime("%H:%M")
    if days == 1:
        return QCoreApplication.translate("Prompts", "yesterday")
    pattern = (
        QCoreApplication.translate("Prompts", "d MMM")
        if then.year == today.year
        else QCoreApplication.translate("Prompts", "d MMM yyyy")
    )
    return QLocale().toString(QDate(then.year, then.month, then.day), pattern)


def pass_text(passed: int, run: int) -> str:
    return QCoreApplication.translate("Prompts", "{passed} of {n} pass").format(passed=count(passed), n=count(run))


def used_text(times: int) -> str:
    """How often a variable is in a text."""
    if times == 1:
        return QCoreApplication.translate("Prompts", "used once")
    return QCoreApplication.translate("Prompts", "used {n} times").format(n=count(times))


def counts_text(counts: LineCounts) -> str:
    """How much of a text has changed."""
    if not counts.changed:
        return QCoreApplication.translate("Prompts", "the same text")
    if counts.changed == 1:
        return QCoreApplication.translate("Prompts", "1 line changed, {n} the same").format(n=count(counts.same))
    return QCoreApplication.translate("Prompts", "{changed} lines changed, {n} the same").format(
        changed=count(counts.changed), n=count(counts.same)
    )


def same_lines_text(lines: int) -> str:
    return QCoreApplication.translate("Prompts", "{n} lines the same").format(n=count(lines))


def difference_parts(blocks: list[LineBlock]) -> list[tuple[str, str]]:
    """Differences as the parts of a `DifferencesText`; lines that are the same are counted, a single one is shown."""
    parts: list[tuple[str, str]] = []
    for block in blocks:
        if len(block.same) == 1:
            parts.append(("same-line", f"   {block.same[0]}\n"))
        elif block.same:
            parts.append(("fold", same_lines_text(len(block.same)) + "\n"))
        for sign, change, lines in (("−", "removed", block.removed), ("+", "added", block.added)):
            for line in lines:
                parts.append((f"{change}-line", f"{sign}  "))
                parts += [(change if run.change == change else f"{change}-line", run.text) for run in line]
                parts.append((f"{change}-line", "\n"))
    # The last line has no other behind it.
    if parts:
        kind, text = parts[-1]
        parts[-1] = kind, text.removesuffix("\n")
    return parts
