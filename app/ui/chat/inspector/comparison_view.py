"""Shows what differs between two calls as one text: figures, fields and words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.differences import FieldDifference, Run
from app.core.messages import Usage
from app.services.call_comparison import Comparison, Figures
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import UNKNOWN, count, seconds, size
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.differences_text import DifferencesText
from app.ui.widgets.labels import Label

Cost = Callable[[Figures], str]
"""The cost of a call in words; a dash if unknown."""
_MAX_VALUE = 200
"""Characters shown of the value of a field."""
_CONTEXT = 200
"""Characters shown before and after a difference between words."""


class ComparisonView(Retranslated):
    """The result of a comparison, with a button that closes it.

    Signals:
        closed: the comparison is not wanted any more.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, str, Comparison, Cost] | None = None
        self._title = Label(wrap=True, weight=Type.MEDIUM)
        self._close = Button()
        self._close.clicked.connect(self.closed)
        self.text = DifferencesText()
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S6)
        column.setSpacing(Space.S8)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        self.retranslate()

    def show_comparison(self, before: str, after: str, comparison: Comparison, cost: Cost) -> None:
        """Show the differences from the call titled `before` to that titled `after`."""
        self._shown = before, after, comparison, cost
        self._fill()

    def set_titles(self, before: str, after: str) -> None:
        """Name the two calls differently."""
        if self._shown is not None:
            self.show_comparison(before, after, *self._shown[2:])

    def clear(self) -> None:
        self._shown = None
        self.text.show_parts([])

    def _fill(self) -> None:
        if self._shown is None:
            return
        before, after, comparison, cost = self._shown
        title = QCoreApplication.translate("Inspector", "From {before} to {after}")
        self._title.setText(title.format(before=before, after=after))
        self.text.show_parts(comparison_parts(comparison, cost))

    def retranslate(self) -> None:
        self._close.setText(QCoreApplication.translate("Inspector", "Close comparison"))
        self.text.setAccessibleName(QCoreApplication.translate("Inspector", "Differences"))
        self._fill()


def comparison_parts(comparison: Comparison, cost: Cost) -> list[tuple[str, str]]:
    """What differs between two calls, as `DifferencesText` shows it."""
    parts = [("heading", QCoreApplication.translate("Inspector", "Figures") + "\n")]
    parts += _figures(comparison.before, comparison.after, cost)
    parts.append(("heading", "\n" + QCoreApplication.translate("Inspector", "Fields of the request") + "\n"))
    parts += _fields(comparison)
    parts.append(("heading", "\n" + QCoreApplication.translate("Inspector", "Words of the answer") + "\n"))
    parts += word_parts(comparison.words)
    if any(comparison.tool_names):
        parts.append(("heading", "\n" + QCoreApplication.translate("Inspector", "Tool calls") + "\n"))
        parts += _tools(comparison)
    return parts


def _figures(before: Figures, after: Figures, cost: Cost) -> list[tuple[str, str]]:
    def time(moment: float | None) -> str:
        return UNKNOWN if moment is None else seconds(moment)

    def tokens(usage: Usage | None, name: str) -> str:
        return UNKNOWN if usage is None else count(getattr(usage, name))

    pairs = [
        (QCoreApplication.translate("Inspector", "Status"), *(str(one.status or UNKNOWN) for one in (before, after))),
        (
            QCoreApplication.translate("Inspector", "First byte"),
            *(time(one.timeline.first_byte) for one in (before, after)),
        ),
        (
            QCoreApplication.translate("Inspector", "First text or sound"),
            *(time(one.timeline.first_output) for one in (before, after)),
        ),
        (QCoreApplication.translate("Inspector", "Duration"), *(time(one.timeline.end) for one in (before, after))),
        (
            QCoreApplication.translate("Inspector", "Longest gap"),
            *(time(one.timeline.gap or None) for one in (before, after)),
        ),
        (
            QCoreApplication.translate("Inspector", "Prompt tokens"),
            *(tokens(one.usage, "prompt") for one in (before, after)),
        ),
        (
            QCoreApplication.translate("Inspector", "Answer tokens"),
            *(tokens(one.usage, "completion") for one in (before, after)),
        ),
        (
            QCoreApplication.translate("Inspector", "Tokens of thinking"),
            *(tokens(one.usage, "reasoning") for one in (before, after)),
        ),
        (
            QCoreApplication.translate("Inspector", "First thought"),
            *(time(one.timeline.first_thought) for one in (before, after)),
        ),
        (QCoreApplication.translate("Inspector", "Cost"), *(cost(one) for one in (before, after))),
        (QCoreApplication.translate("Inspector", "Sent"), *(size(one.request_bytes) for one in (before, after))),
        (QCoreApplication.translate("Inspector", "Received"), *(size(one.response_bytes) for one in (before, after))),
    ]
    parts: list[tuple[str, str]] = []
    for name, old, new in pairs:
        if old == new:
            parts.append(("same", f"{name}: {old}\n"))
        else:
            parts += [("same", f"{name}: "), ("removed", old), ("same", " → "), ("added", new), ("same", "\n")]
    return parts


def _fields(comparison: Comparison) -> list[tuple[str, str]]:
    if comparison.fields is None:
        text = QCoreApplication.translate("Inspector", "A request is not saved completely, or it is not JSON.")
        return [("note", text + "\n")]
    if not comparison.fields:
        return [("note", QCoreApplication.translate("Inspector", "The requests are the same.") + "\n")]
    parts: list[tuple[str, str]] = []
    for field in comparison.fields:
        parts.append(("same", f"{field.path or '.'}: "))
        runs = comparison.field_words.get(field.path)
        parts += _change(field) if runs is None else [("same", "\n"), *_runs(runs)]
        parts.append(("same", "\n"))
    if comparison.more_fields:
        text = QCoreApplication.translate("Inspector", "More fields differ than the {n} that are listed.")
        parts.append(("note", text.format(n=count(len(comparison.fields))) + "\n"))
    return parts


def _change(field: FieldDifference) -> list[tuple[str, str]]:
    old, new = _value(field.before), _value(field.after)
    if not field.in_before:
        return [("note", QCoreApplication.translate("Inspector", "added") + " "), ("added", new)]
    if not field.in_after:
        return [("note", QCoreApplication.translate("Inspector", "removed") + " "), ("removed", old)]
    return [("removed", old), ("same", " → "), ("added", new)]


def _value(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f'"{value[: 2 * _MAX_VALUE]}"'
    return text if len(text) <= _MAX_VALUE else text[:_MAX_VALUE] + "…"


def word_parts(words: Sequence[Run]) -> list[tuple[str, str]]:
    """The words that differ, with what surrounds them."""
    if not any(run.change != "same" for run in words):
        return [("note", QCoreApplication.translate("Inspector", "The answers have the same words.") + "\n")]
    return [*_runs(words), ("same", "\n")]


def _tools(comparison: Comparison) -> list[tuple[str, str]]:
    """What differs, call by call: name, then each argument."""
    before, after = comparison.tool_names
    if not comparison.tools:
        same = QCoreApplication.translate("Inspector", "The tool calls are the same: {names}.")
        return [("note", same.format(names=", ".join(after)) + "\n")]
    parts: list[tuple[str, str]] = []
    for field in comparison.tools:
        number, _, rest = field.path.removeprefix("[").partition("]")
        called = after if field.in_after else before
        name = called[int(number)] if int(number) < len(called) else ""
        place = rest.removeprefix(".").removeprefix("arguments").removeprefix(".")
        parts.append(("same", " · ".join(part for part in (f"{int(number) + 1} {name}", place) if part) + ": "))
        parts += _change(field)
        parts.append(("same", "\n"))
    return parts


def _runs(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Words with what was removed and added marked; long stretches that are the same are left out."""
    parts: list[tuple[str, str]] = []
    for run in runs:
        text = run.text
        if run.change == "same" and len(text) > 3 * _CONTEXT:
            left_out = QCoreApplication.translate("Inspector", "{n} characters that are the same")
            note = f"\n[… {left_out.format(n=count(len(text) - 2 * _CONTEXT))} …]\n"
            parts += [("same", text[:_CONTEXT]), ("note", note), ("same", text[-_CONTEXT:])]
        else:
            parts.append((run.change, text))
    return parts
