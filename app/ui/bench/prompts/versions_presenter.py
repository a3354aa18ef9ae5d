"""Shows the versions of the open prompt, and what differs between two texts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from app.core.differences import Run, word_differences
from app.core.line_differences import line_blocks, line_counts
from app.core.prompt_drafts import as_shown
from app.services.prompt_desk import PromptEntry
from app.ui.bench.prompts.open_prompt import OpenPrompt
from app.ui.bench.prompts.page import PromptsPage
from app.ui.bench.prompts.text_presenter import TOPIC, TextPresenter
from app.ui.bench.prompts.version_list import VersionRow
from app.ui.reported_tasks import Spawn
from app.ui.texts.prompts import (
    counts_text,
    difference_parts,
    moment_text,
    pass_text,
    version_name,
)
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover

PassCounts = Callable[[str], Mapping[int, tuple[int, int]]]
"""Of a prompt: for each version, counted from 0, how many cases passed and how many were run."""
_TYPED, _PROMPT = "typed", "prompt "
_AT_ONCE = 4_000
"""Characters of two texts that are compared without a thread: that takes a few milliseconds."""
_PAUSE_MS, _LONG_PAUSE_MS = 120, 600


class _Side(NamedTuple):
    """One of two texts that are compared."""

    name: str
    text: str


class VersionsPresenter(QObject):
    """Connects the versions column.

    Attributes:
        pass_counts: asks how the cases of a prompt went.
    """

    def __init__(
        self, page: PromptsPage, opened: OpenPrompt, text: TextPresenter, notifier: Notifier, run: Spawn
    ) -> None:
        super().__init__(page)
        self._page, self._column, self._open = page, page.versions, opened
        self._text, self._notifier, self._run = text, notifier, run
        self.pass_counts: PassCounts = lambda prompt_id: {}
        self._framed: int | None = None
        """The version that was chosen to be compared with; None for the one before."""
        self._shown_id = ""
        self._compared: tuple[_Side, _Side] | None = None
        self._is_marked = False
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._compare)
        column = self._column
        column.list.row_selected.connect(self._select)
        column.back.clicked.connect(self._go_back)
        column.copy.clicked.connect(self._copy)
        column.pick.toggled.connect(self._on_pick)
        column.one.chosen.connect(lambda _key: self._compare())
        column.other.chosen.connect(lambda _key: self._compare())
        opened.opened.connect(self.show)
        opened.changed.connect(self._on_changed)
        presentation_cover().changed.connect(self.show)
        # Cases may have been run on another page.
        page.shown.connect(self.show)
        self.show()

    def _on_changed(self, prompt_id: str) -> None:
        if prompt_id in ("", self._open.id):
            self.show()

    def show(self) -> None:
        """Show the versions, and soon the difference."""
        entry, column = self._open.shown(), self._column
        if self._open.id != self._shown_id:
            self._shown_id, self._framed, self._compared = self._open.id, None, None
            column.pick.setChecked(False)
        framed = None if entry is None else self._framed_index(entry)
        rows = [] if entry is None else self._rows(entry)
        key = None if framed is None else str(framed)
        column.model.set_versions(rows, key)
        if column.list.selected_key() != key:
            column.list.select_key(key)
        version = QCoreApplication.translate("Prompts", "Back to {version}")
        column.back.setText(version.format(version=version_name((framed or 0) + 1)))
        column.back.setVisible(framed is not None)
        column.pick.setEnabled(entry is not None)
        self._show_runs(entry)
        if column.pick.isChecked():
            self._offer_sides()
        if entry is None or self._compared is None:
            self._compare()
        else:
            # A long text is compared when the typing pauses: even in a thread that would slow it down.
            is_long = len(entry.text) > _AT_ONCE
            if is_long or not self._later.isActive():
                self._later.start(_LONG_PAUSE_MS if is_long else _PAUSE_MS)

    def _framed_index(self, entry: PromptEntry) -> int | None:
        """The version that is compared with: the chosen one, else the last before the present text."""
        if self._framed is not None and self._framed < len(entry.versions):
            return self._framed
        before = len(entry.versions) - (1 if entry.is_changed else 2)
        return before if before >= 0 else None

    def _rows(self, entry: PromptEntry) -> list[VersionRow]:
        now, passes = time.time(), self.pass_counts(entry.id)
        rows: list[VersionRow] = []
        if entry.is_changed:
            unsaved = QCoreApplication.translate("Prompts", "now, not saved")
            rows.append(VersionRow(_TYPED, version_name(entry.number), entry.note, unsaved, is_current=True))
        for index in reversed(range(len(entry.versions))):
            version, counts = entry.versions[index], passes.get(index)
            rows.append(
                VersionRow(
                    str(index), version_name(index + 1), version.note, moment_text(version.created, now),
                    pass_text(*counts) if counts is not None and counts[1] else "",
                    is_current=not entry.is_changed and index == len(entry.versions) - 1,
                )
            )  # fmt: skip
        return rows

    def _show_runs(self, entry: PromptEntry | None) -> None:
        """Say whether the present text has been run, and what made the user write it."""
        column = self._column
        column.run_cases.setVisible(entry is not None and column.run_cases.isEnabled())
        if entry is None:
            column.remark.setText("")
            return
        counts = None if entry.is_changed else self.pass_counts(entry.id).get(len(entry.versions) - 1)
        if counts is None or not counts[1]:
            said = QCoreApplication.translate("Prompts", "{version} has not been run yet.")
        else:
            said = "{version}: " + pass_text(*counts)
        words = [said.format(version=version_name(entry.number)), entry.reason if entry.reason != entry.note else ""]
        column.remark.setText(" ".join(word for word in words if word))

    def _select(self, key: str) -> None:
        entry = self._open.shown()
        is_current = entry is not None and (key == _TYPED or (not entry.is_changed and int(key) == entry.number - 1))
        self._framed = None if is_current else int(key)
        self._column.pick.setChecked(False)
        self.show()
        self._compare()

    # -- going back -----------------------------------------------------------------------------------------------

    def _go_back(self) -> None:
        """Make the text of the framed version what is typed; Undo brings back what was typed before."""
        entry = self._open.entry()
        framed = None if entry is None else self._framed_index(entry)
        if entry is None or framed is None:
            return
        version = entry.versions[framed]
        if as_shown(version.text) == as_shown(entry.text):
            self._notifier.info(
                lambda: QCoreApplication.translate("Prompts", "This is already the text of {version}.").format(
                    version=version_name(framed + 1)
                ),
                topic=TOPIC,
            )
            return
        desk, draft = self._open.desk, self._open.desk.drafts.get(entry.id)
        self._text.put_text(as_shown(version.text))
        self._notifier.info(
            lambda: QCoreApplication.translate("Prompts", "Back to the text of {version}. It is not saved yet.").format(
                version=version_name(framed + 1)
            ),
            undo=lambda: desk.put_draft(entry.id, draft),
            topic=TOPIC,
        )

    # -- the difference -------------------------------------------------------------------------------------------

    def _on_pick(self, on: bool) -> None:
        if on:
            self._offer_sides()
            entry = self._open.shown()
            framed = None if entry is None else self._framed_index(entry)
            self._column.one.set_key(_TYPED)
            self._column.other.set_key(_TYPED if framed is None else str(framed))
        self._compare()

    def _offer_sides(self) -> None:
        """Offer the versions of the open prompt, then the newest of every other one."""
        entry = self._open.shown()
        if entry is None:
            return
        this = QCoreApplication.translate("Prompts", "This text ({version})").format(version=version_name(entry.number))
        choices = [(_TYPED, this)]
        choices += [(str(index), version_name(index + 1)) for index in reversed(range(len(entry.versions)))]
        others = [other for other in self._open.desk.library.listed() if other.id != entry.id]
        choices += [(_PROMPT + other.id, f"{other.name} · {version_name(len(other.versions))}") for other in others]
        for choice in (self._column.one, self._column.other):
            choice.set_choices(choices)

    def _side(self, entry: PromptEntry, key: str | None) -> _Side | None:
        if key == _TYPED:
            return _Side(version_name(entry.number), entry.text)
        if key is not None and key.startswith(_PROMPT):
            other = self._open.desk.library.get(key.removeprefix(_PROMPT))
            return _Side(f"{other.name} · {version_name(len(other.versions))}", other.text) if other else None
        if key is not None and key.isdigit() and int(key) < len(entry.versions):
            return _Side(version_name(int(key) + 1), entry.versions[int(key)].text)
        return None

    def _sides(self) -> tuple[_Side, _Side] | None:
        """The older and the newer text to compare."""
        entry, column = self._open.shown(), self._column
        if entry is None:
            return None
        if column.pick.isChecked():
            newer, older = self._side(entry, column.one.key()), self._side(entry, column.other.key())
        else:
            framed = self._framed_index(entry)
            newer = self._side(entry, _TYPED)
            older = None if framed is None else self._side(entry, str(framed))
        return (older, newer) if older is not None and newer is not None else None

    def _compare(self) -> None:
        self._later.stop()
        sides = self._sides()
        if sides is None:
            self._compared = None
            self._show_nothing()
            return
        if sides == self._compared:
            return
        self._compared = sides
        older, newer = (as_shown(side.text) for side in sides)
        if len(older) + len(newer) <= _AT_ONCE:
            self._show_difference(sides, word_differences(older, newer))
        else:
            self._run(self._compare_long(sides, older, newer))

    async def _compare_long(self, sides: tuple[_Side, _Side], older: str, newer: str) -> None:
        runs = await asyncio.to_thread(word_differences, older, newer)
        if self._compared == sides:
            self._show_difference(sides, runs)

    def _show_difference(self, sides: tuple[_Side, _Side], runs: list[Run]) -> None:
        column, blocks = self._column, line_blocks(runs)
        heading = QCoreApplication.translate("Prompts", "{newer} against {older}")
        column.heading.setText(heading.format(newer=sides[1].name, older=sides[0].name))
        column.counts.setText(counts_text(line_counts(blocks)))
        column.difference.show_parts(difference_parts(blocks))
        column.copy.setEnabled(True)
        entry = self._open.shown()
        is_present = entry is not None and sides[1] == self._side(entry, _TYPED)
        self._mark(runs if is_present and entry is not None and entry.is_changed else [])

    def _mark(self, runs: list[Run]) -> None:
        """Mark in the text what is not in the other one."""
        places, at = [], 0
        for run in runs:
            if run.change == "removed":
                continue
            if run.change == "added" and run.text.strip():
                places.append((at, at + len(run.text)))
            at += len(run.text)
        if places or self._is_marked:
            self._is_marked = bool(places)
            # A text that is all new has nothing to stand out from.
            is_all = at > 0 and sum(stop - start for start, stop in places) >= at
            self._page.text.editor.mark_changes([] if is_all else places)

    def _show_nothing(self) -> None:
        column, entry = self._column, self._open.shown()
        column.counts.setText("")
        column.copy.setEnabled(False)
        self._mark([])
        if entry is None:
            column.heading.setText("")
            column.difference.show_parts([])
            return
        column.heading.setText(version_name(entry.number))
        first = QCoreApplication.translate(
            "Prompts", "The next version will be compared with this one. Difference compares any two."
        )
        column.difference.show_parts([("note", first)])

    def _copy(self) -> None:
        if self._compared is None:
            return
        text = f"{self._column.heading.full_text}\n\n{self._column.difference.toPlainText()}"
        QGuiApplication.clipboard().setText(text)
        self._notifier.info(
            lambda: QCoreApplication.translate("Prompts", "The difference is on the clipboard."), topic=TOPIC
        )

    def retranslate(self) -> None:
        """Show everything in the present language."""
        self._compared = None
        self.show()
