"""What the web searches of an answer brought: the pages of each step, or why its search failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core import console
from app.core.messages import Source, Sources
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.sources import SourceList
from app.ui.widgets.notices import InlineNotice


class AnswerSources:
    """Builds the lists of pages and the notices, one for each step, and marks the texts that cite the pages."""

    def __init__(self, add: Callable[[QWidget], object], open_link: Callable[[str], object]) -> None:
        """`add` appends a part to the message; `open_link` gets the address of a chosen page."""
        self._add, self._open_link = add, open_link
        self._lists: dict[int, SourceList] = {}
        self._items: dict[int, tuple[Source, ...]] = {}
        self._failures: dict[int, InlineNotice] = {}

    def of_step(self, step: int) -> SourceList | None:
        """The list of the pages a step found; None where it found none yet."""
        return self._lists.get(step)

    def show(self, sources: Sources, answers: Mapping[int, MarkdownView]) -> None:
        """Show what a step found, also in the answers by their steps, and why its search failed if it did."""
        if sources.items:
            source_list = self._lists.get(sources.step)
            if source_list is None:
                source_list = self._lists[sources.step] = SourceList(sources.items)
                source_list.open_link.connect(self._open_link)
                self._add(source_list)
                self.retranslate()
            else:
                source_list.set_items(sources.items)
            self._items[sources.step] = sources.items
            for step, answer in answers.items():
                self.mark(answer, step)
        if sources.error is not None:
            notice = self._failures.get(sources.step)
            if notice is None:
                notice = self._failures[sources.step] = InlineNotice()
                self._add(notice)
            notice.say("warn", lambda: _reason(sources))

    def mark(self, answer: MarkdownView, step: int) -> None:
        """Let an answer show the marks of the pages of its step, or of the last step before that has some."""
        steps = [found for found in self._items if found <= step]
        if steps:
            answer.set_sources(self._items[max(steps)])

    def retranslate(self) -> None:
        """Name the lists in the current language; the notices follow it by themselves."""
        for source_list in self._lists.values():
            source_list.setAccessibleName(QCoreApplication.translate("Transcript", "Sources"))


def _reason(sources: Sources) -> str:
    if sources.off:
        text = QCoreApplication.translate(
            "Transcript",
            "Web search is turned off for this account, so the answer was made without it. "
            "Turn on the plugin at {address}; it takes about five minutes.",
        )
    else:
        text = QCoreApplication.translate("Transcript", "Web search failed: {message}")
    return text.format(message=sources.error, address=console.PLUGIN)
