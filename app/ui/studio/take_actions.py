"""Shows the selected takes and what can be done with them: star, note, keep as a voice, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import Code, WorkbenchError
from app.core.takes import Take
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.subtitle_saving import save_subtitles
from app.ui.studio.take_note import TakeNote
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_sentences
from app.ui.texts.speech import default_voice_name
from app.ui.texts.takes import lineage


class TakeActions(QObject):
    """Connects the buttons below the takes to the selected ones.

    Star, copy and delete act on all of them. What only one take can have or give acts on the leading one, and a
    sentence says which that is.

    Attributes:
        note: the editor of the leading take's note.
    """

    def __init__(self, view: StudioView, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._panel, self._context, self._spawn = view, view.takes_panel, context, spawn
        self._leaving: set[str] = set()
        """Takes that are being deleted: what is pressed meanwhile is not for them."""
        self.note = TakeNote(self._panel.note, lambda take_id, note: spawn(self._annotate(take_id, note=note)))
        panel = self._panel
        panel.keep.clicked.connect(lambda: self.with_selected(lambda take: spawn(self._keep(take))))
        panel.star.clicked.connect(self._star)
        panel.subtitles.clicked.connect(lambda: self.with_selected(lambda take: spawn(self._save_subtitles(take))))
        panel.delete.clicked.connect(lambda: spawn(self._delete(self._ended())))
        panel.stop.clicked.connect(self._stop)
        panel.lineage.clicked.connect(lambda: self.with_selected(self._go_to_parent))

    def with_selected(self, act: Callable[[Take], object]) -> None:
        """Call `act` with the leading selected take, if there is one."""
        take = self._panel.lead()
        if take is not None:
            act(take)

    def _ended(self) -> list[Take]:
        """The selected takes that are not being made, nor deleted."""
        return [take for take in self._panel.selected_takes() if take.has_ended and take.id not in self._leaving]

    async def save_note(self) -> None:
        """Save the note that was typed last, if it is not saved yet."""
        pending = self.note.pending()
        if pending is not None:
            await self._annotate(pending[0], note=pending[1])

    async def _annotate(self, take_id: str, *, note: str | None = None, stars: int | None = None) -> None:
        """Change the note or the star of a take; one that was deleted meanwhile is left alone.

        What can't be saved is reported with the offer to try again, so that a note is not lost.
        """
        try:
            await self._context.service.annotate(take_id, note=note, stars=stars)
        except WorkbenchError as error:
            if error.code is not Code.NOT_KEPT:
                self._context.notifier.error(
                    partial(error_sentences, error),
                    retry=lambda: self._spawn(self._annotate(take_id, note=note, stars=stars)),
                    topic=f"take {take_id}",
                )

    def show(self, take: Take | None) -> None:
        """Show a take in the player and below the list, and enable the buttons that the selection allows."""
        panel = self._panel
        playback = self._context.playback
        sounding = panel.model.take(playback.key) if playback.playing else None
        has_sound = take is not None and take.frames > 0
        panel.player.show_take(sounding if sounding is not None and not has_sound else take)
        self.note.show(take)
        panel.parts.show_take(take)
        panel.latency.show_take(take)
        self._show_lineage(take)
        self._show_selection(take)
        finished = take is not None and take.has_ended
        for button in (panel.redo, panel.reuse, panel.note):
            button.setEnabled(finished)
        silent = take is not None and finished and not take.frames
        reason = QCoreApplication.translate("Studio", "This take has no sound.") if silent else ""
        for button in (panel.keep, panel.subtitles):
            button.setEnabled(finished and not silent)
            button.setToolTip(reason or button.accessibleName())

    def _show_selection(self, lead: Take | None) -> None:
        """Show what acts on all selected takes, and which one the rest acts on."""
        panel = self._panel
        takes = panel.selected_takes()
        ended = [take for take in takes if take.has_ended]
        panel.star.setEnabled(bool(ended))
        panel.star.setChecked(bool(ended) and all(take.stars for take in ended))
        panel.delete.setEnabled(bool(ended))
        has_sound = any(take.frames for take in ended)
        for button in (panel.copy, panel.check_words):
            button.setEnabled(has_sound)
        panel.check_drift.setEnabled(bool(ended))
        panel.ask.setEnabled(lead is not None and lead.has_ended and lead.frames > 0)
        # What the service sent may not be decoded here, but another program may read it.
        panel.export.setEnabled(has_sound or any(take.audio for take in ended))
        silent = QCoreApplication.translate("Studio", "This take has no sound.")
        has_none = bool(ended) and not panel.export.isEnabled()
        panel.export.setToolTip(silent if has_none else panel.export.accessibleName())
        panel.more.setEnabled(bool(takes))
        panel.stop.setVisible(len(ended) < len(takes))
        # Stop stands in its place, or the row would wrap while a take is made.
        panel.delete.setVisible(bool(ended) or not takes)
        several = len(takes) > 1 and lead is not None
        if several and lead is not None:
            text = QCoreApplication.translate(
                "Studio",
                "{n} takes are selected. Redo, reuse, keep and the note are for take {lead} alone.",
            )
            panel.several.setText(text.format(n=len(takes), lead=lead.number or 1))
        panel.several.setVisible(several)

    def _show_lineage(self, take: Take | None) -> None:
        parent = self._panel.model.take(take.parent) if take is not None else None
        text = lineage(take, parent) if take is not None else ""
        button = self._panel.lineage
        button.setText(QCoreApplication.translate("Studio", "Take {n}").format(n=parent.number) if parent else "")
        button.setAccessibleName(text[:1].upper() + text[1:])
        button.setToolTip(
            QCoreApplication.translate("Studio", "{lineage}. Press to go there.").format(
                lineage=button.accessibleName()
            )
            if parent is not None
            else button.accessibleName()
        )
        button.setEnabled(parent is not None)
        button.setVisible(bool(text))

    def _go_to_parent(self, take: Take) -> None:
        """Select the take that this one was made from; a filter that hides it is taken away."""
        panel = self._panel
        if take.parent is None or panel.model.take(take.parent) is None:
            return
        if panel.model.row_of(take.parent) is None:
            panel.filter.show_all()
        panel.list.go_to(take.parent)
        panel.list.setFocus()

    def _star(self) -> None:
        stars = 1 if self._panel.star.isChecked() else 0
        changed = [take.id for take in self._ended() if bool(take.stars) != bool(stars)]
        self._spawn(self._set_stars(changed, stars))

    async def _set_stars(self, take_ids: Sequence[str], stars: int) -> None:
        with self._panel.model.changing():
            for take_id in take_ids:
                await self._annotate(take_id, stars=stars)

    def _stop(self) -> None:
        for take in self._panel.selected_takes():
            if not take.has_ended:
                self._context.service.stop(take.id)

    async def _delete(self, takes: list[Take]) -> None:
        takes = [take for take in takes if take.id not in self._leaving]
        if not takes:
            return
        gone = {take.id for take in takes}
        self._leaving |= gone
        try:
            # Saved before the take is deleted, so that undoing brings back the note as it was typed.
            await self.save_note()
            for take in takes:
                self._context.playback.forget(take.id)
            await self._delete_and_select([take.id for take in takes], takes[0].session)
        finally:
            self._leaving -= gone
        count = len(takes)
        self._context.notifier.info(
            lambda: (
                QCoreApplication.translate("Studio", "The take was deleted.")
                if count == 1
                else QCoreApplication.translate("Studio", "{n} takes were deleted.").format(n=count)
            ),
            undo=lambda: self._spawn(self._restore(takes)),
        )

    async def _delete_and_select(self, gone: Sequence[str], session: str) -> None:
        """Delete takes and select the one in their place, unless something else was chosen or opened meanwhile."""
        panel, chosen = self._panel, list[str]()
        note_choice = chosen.append
        listed, going = [take.id for take in panel.model.listed()], frozenset(gone)
        first = next((place for place, take_id in enumerate(listed) if take_id in going), 0)
        panel.list.row_selected.connect(note_choice)
        try:
            with panel.model.changing():
                await self._context.service.delete(gone)
        finally:
            panel.list.row_selected.disconnect(note_choice)
        if chosen or session != self._context.sessions.current.id:
            return
        remaining = panel.model.listed()
        # The one that has taken the place of the first, or the last above it.
        place = min(len([take_id for take_id in listed[:first] if take_id not in going]), len(remaining) - 1)
        sibling = remaining[place] if remaining else None
        panel.list.select_key(sibling.id if sibling is not None else None)
        self.show(sibling)

    async def _restore(self, takes: list[Take]) -> None:
        """Bring back deleted takes, select them and give their list the keyboard focus."""
        panel = self._panel
        with panel.model.changing():
            await self._context.service.restore(takes)
        listed = [take.id for take in takes if panel.model.row_of(take.id) is not None]
        if listed:
            panel.list.select_keys(listed)
            self.show(panel.lead())
            panel.list.setFocus()

    async def _keep(self, take: Take) -> None:
        voice = await self._context.library.keep_take(
            await self._context.service.ensure_saved(take), default_voice_name(take)
        )
        self._context.notifier.success(
            lambda: QCoreApplication.translate("Studio", "“{name}” is in the library.").format(name=voice.name),
            undo=lambda: self._spawn(self._context.library.delete(voice)),
        )

    async def _save_subtitles(self, take: Take) -> None:
        await save_subtitles(self._view, take, self._context.settings, self._context.notifier)
