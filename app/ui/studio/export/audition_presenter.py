"""Makes an audition page of the chosen takes, and keeps the key of a blind one."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from app.core.audition_page import AuditionPage, PageSample, PageSection, audition_html
from app.core.auditions import (
    LABELS,
    MAX_SECONDS,
    MAX_TAKES,
    Audition,
    mentioned,
    new_audition,
    page_seconds,
    spoken_groups,
)
from app.core.errors import WorkbenchError
from app.core.settings import AUDITION_BLIND
from app.core.takes import Take
from app.services.atomic_write import write_atomically
from app.services.speech.auditions import AuditionSounds
from app.services.stoppable_thread import Check, run_stoppable
from app.ui.files import ask_to_save
from app.ui.language import in_language, shown_language
from app.ui.reported_tasks import Spawn, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.export.audition_tab import AuditionTab
from app.ui.texts.export import masked, page_texts, revealing_text, sample_detail, take_line
from app.ui.texts.speech import voice_name
from app.ui.widgets.row_model import Row


class AuditionPresenter(QObject):
    """Connects the tab of the audition page to its services."""

    def __init__(self, tab: AuditionTab, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(tab)
        self._tab, self._context, self._spawn = tab, context, spawn
        self._sounds = AuditionSounds(context.blobs, context.audio)
        self._takes: Sequence[Take] = ()
        self._session = ""
        self._running: asyncio.Task[None] | None = None
        self._is_written = False
        tab.language.set_key(shown_language())
        tab.title.textChanged.connect(lambda _text: self._show())
        tab.note.textChanged.connect(self._show)
        tab.blind.toggled.connect(self._on_blind)
        tab.save.clicked.connect(self._save_or_stop)

    @property
    def takes(self) -> Sequence[Take]:
        """The takes that are offered, or of which the page is being made."""
        return self._takes

    def show_takes(self, takes: Sequence[Take], session: str, title: str) -> None:
        """Offer takes of a session; its title becomes that of the page, unless one was typed for the same session."""
        if self._running is not None:
            return
        self._takes = [take for take in takes if take.frames]
        if session != self._session or not self._tab.title.text():
            self._tab.title.setText(title)
            self._tab.note.setPlainText("")
        self._session = session
        self._tab.notice.clear()
        self._tab.show_progress(0, 0, runs=False)
        self._show()

    def retranslate(self) -> None:
        """Show everything that has a text again."""
        self._show()

    def _on_blind(self, on: bool) -> None:
        self._context.settings.set(AUDITION_BLIND, on)
        self._show()

    def _show(self) -> None:
        groups = spoken_groups(self._takes)
        rows = [
            Row(take.id, f"{LABELS[place]} · {take_line(take)}" if not self._tab.blind.isChecked() else take_line(take),
                " ".join((text or take.text).split()))
            for text, group in groups for place, take in enumerate(group)
        ]  # fmt: skip
        self._tab.show_samples(rows)
        problem = self._problem(groups)
        if problem:
            self._tab.warning.say("warn", problem)
        else:
            self._tab.warning.clear()
        self._tab.save.setEnabled(self._running is not None or self._is_possible(groups))

    def _is_possible(self, groups: Sequence[tuple[str, list[Take]]]) -> bool:
        if not self._takes or self._is_too_long():
            return False
        return not self._tab.blind.isChecked() or any(len(group) > 1 for _text, group in groups)

    def _is_too_long(self) -> bool:
        return len(self._takes) > MAX_TAKES or page_seconds(self._takes) > MAX_SECONDS

    def _problem(self, groups: Sequence[tuple[str, list[Take]]]) -> str:
        """Why the page can't be saved, or what is to be known before; empty if nothing is."""
        if self._is_too_long():
            text = QCoreApplication.translate(
                "Export", "A page takes {takes} takes and {minutes} minutes at most. Select fewer."
            )
            return text.format(takes=MAX_TAKES, minutes=round(MAX_SECONDS / 60))
        if not self._tab.blind.isChecked() or not self._takes:
            return ""
        if not any(len(group) > 1 for _text, group in groups):
            return QCoreApplication.translate(
                "Export", "There is nothing to vote on: select at least two takes of the same text."
            )
        typed = f"{self._tab.title.text()}\n{self._tab.note.toPlainText()}"
        names = mentioned((voice_name(take) for take in self._takes), typed)
        return revealing_text(names) if names else ""

    # -- saving ---------------------------------------------------------------------------------------------------

    def _save_or_stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
        else:
            self._spawn(self._ask())

    async def _ask(self) -> None:
        title = QCoreApplication.translate("Export", "Save audition page")
        name = self._title()
        path = await ask_to_save(self._tab, title, "HTML (*.html)", f"{name}.html", self._context.settings)
        if path is not None and self._running is None and not self._context.tasks.refusing:
            self._tab.notice.clear()
            self._tab.show_progress(0, len(self._takes), runs=True)
            self._running = self._context.tasks.spawn(self._run(path), "save audition page")

    def _title(self) -> str:
        return masked(self._tab.title.text()).strip() or QCoreApplication.translate("Export", "Audition")

    async def _run(self, path: Path) -> None:
        tab = self._tab
        self._is_written = False
        try:
            await self._save(path)
        except WorkbenchError as error:
            in_notice(tab.notice)(error)
        except asyncio.CancelledError:
            if self._is_written:
                self._say_saved(path)
            else:
                tab.notice.say("neutral", lambda: QCoreApplication.translate("Export", "Stopped. No page was saved."))
            raise
        else:
            self._say_saved(path)
        finally:
            self._running = None
            tab.show_progress(0, 0, runs=False)
            self._show()

    def _say_saved(self, path: Path) -> None:
        saved = path.name
        self._tab.notice.say(
            "good", lambda: QCoreApplication.translate("Studio", "Saved as {name}.").format(name=saved)
        )

    async def _save(self, path: Path) -> None:
        takes = [await self._context.service.ensure_saved(take) for take in self._takes]
        blind = self._tab.blind.isChecked()
        audition = self._dealt(takes) if blind else None
        groups = _in_order_of(audition, takes) if audition is not None else spoken_groups(takes)
        files = await self._sounds.make(
            [group for _text, group in groups], lambda done: self._tab.show_progress(done, len(takes), runs=True)
        )
        page = self._page(groups, files, audition)

        def write(check: Check) -> None:
            content = audition_html(page).encode("utf-8")
            check()
            write_atomically(path, content)

        def written(_: None) -> None:
            self._is_written = True
            if audition is not None:
                self._context.auditions.put(audition)

        # A page that was written before it could be stopped needs its key as well.
        await run_stoppable(write, written)
        written(None)

    def _dealt(self, takes: Sequence[Take]) -> Audition:
        return new_audition(
            takes, random.SystemRandom(), title=self._tab.title.text().strip(), session=self._session, now=time.time()
        )

    def _page(
        self, groups: Sequence[tuple[str, list[Take]]], files: Sequence[Sequence[bytes]], audition: Audition | None
    ) -> AuditionPage:
        language = self._tab.language.key() or shown_language()

        def written() -> AuditionPage:
            sections = [
                PageSection(
                    masked(text),
                    [
                        PageSample(label, "" if audition is not None else sample_detail(take), mp3)
                        for label, take, mp3 in zip(LABELS, group, sounds, strict=False)
                    ],
                )
                for (text, group), sounds in zip(groups, files, strict=True)
            ]
            return AuditionPage(
                audition.id if audition is not None else "", language.replace("_", "-"), self._title(),
                masked(self._tab.note.toPlainText()), sections, page_texts(blind=audition is not None),
            )  # fmt: skip

        return in_language(language, written)


def _in_order_of(audition: Audition, takes: Sequence[Take]) -> list[tuple[str, list[Take]]]:
    """The takes in the order of a dealt page."""
    by_id = {take.id: take for take in takes}
    return [(section.text, [by_id[each.id] for each in section.takes]) for section in audition.sections]
