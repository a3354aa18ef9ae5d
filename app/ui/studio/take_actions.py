"""Shows the selected take and what can be done with it: star, note, keep as a voice, export, delete."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.takes import Take
from app.services.speech.export import export_take
from app.ui.files import ask_to_save
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.take_note import TakeNote
from app.ui.studio.view import StudioView
from app.ui.texts.speech import default_voice_name, file_name


class TakeActions(QObject):
    """Connects the buttons below the takes to the selected take.

    Attributes:
        note: the editor of the selected take's note.
    """

    def __init__(self, view: StudioView, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._panel, self._context, self._spawn = view, view.takes_panel, context, spawn
        self.note = TakeNote(
            self._panel.note, lambda take_id, note: spawn(context.service.annotate(take_id, note=note))
        )
        panel = self._panel
        panel.keep.clicked.connect(lambda: self.with_selected(lambda take: spawn(self._keep(take))))
        panel.star.clicked.connect(lambda: self.with_selected(self._star))
        panel.export.clicked.connect(lambda: self.with_selected(lambda take: spawn(self._export(take))))
        panel.delete.clicked.connect(lambda: self.with_selected(lambda take: spawn(self._delete(take))))

    def with_selected(self, act: Callable[[Take], object]) -> None:
        """Call `act` with the selected take, if there is one."""
        take = self._panel.model.take(self._panel.list.selected_key())
        if take is not None:
            act(take)

    def show(self, take: Take | None) -> None:
        """Show a take in the player and enable the buttons it allows."""
        panel = self._panel
        playback = self._context.playback
        sounding = panel.model.take(playback.key) if playback.playing else None
        has_sound = take is not None and take.frames > 0
        panel.player.show_take(sounding if sounding is not None and not has_sound else take)
        self.note.show(take)
        panel.parts.show_take(take)
        panel.star.setChecked(take is not None and take.stars > 0)
        finished = take is not None and take.has_ended
        for button in (panel.redo, panel.reuse, panel.star, panel.delete, panel.note):
            button.setEnabled(finished)
        silent = take is not None and finished and not take.frames
        reason = QCoreApplication.translate("Studio", "This take has no sound.") if silent else ""
        for button in (panel.keep, panel.export):
            button.setEnabled(finished and not silent)
            button.setToolTip(reason)
        if silent and take is not None and take.audio:
            # What the service sent can't be decoded here, but another program may read it.
            panel.export.setEnabled(True)
            panel.export.setToolTip(QCoreApplication.translate("Studio", "Save what the service sent, as it is."))

    def _star(self, take: Take) -> None:
        self._spawn(self._context.service.annotate(take.id, stars=1 if self._panel.star.isChecked() else 0))

    async def _delete(self, take: Take) -> None:
        note = self.note.take_pending(take)
        if note is not None:
            # Saved before the take is deleted, so that undoing brings back the note as it was typed.
            await self._context.service.annotate(take.id, note=note)
            take = msgspec.structs.replace(take, note=note)
        self._context.playback.forget(take.id)
        ids = [listed.id for listed in self._panel.model.takes()]
        row = ids.index(take.id) if take.id in ids else 0
        await self._context.service.delete([take.id])
        remaining = self._panel.model.takes()
        sibling = remaining[min(row, len(remaining) - 1)] if remaining else None
        self._panel.list.select_key(sibling.id if sibling is not None else None)
        self.show(sibling)
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Studio", "The take was deleted."),
            undo=lambda: self._spawn(self._restore(take)),
        )

    async def _restore(self, take: Take) -> None:
        """Bring back a deleted take, select it and give its list the keyboard focus."""
        await self._context.service.restore([take])
        listed = self._panel.model.take(take.id)
        if listed is not None:
            self._panel.list.select_key(take.id)
            self.show(listed)
            self._panel.list.setFocus()

    async def _keep(self, take: Take) -> None:
        voice = await self._context.library.keep_take(
            await self._context.service.ensure_saved(take), default_voice_name(take)
        )
        self._context.notifier.success(
            lambda: QCoreApplication.translate("Studio", "“{name}” is in the library.").format(name=voice.name),
            undo=lambda: self._spawn(self._context.library.delete(voice)),
        )

    async def _export(self, take: Take) -> None:
        title = QCoreApplication.translate("Studio", "Export")
        kinds = "WAV (*.wav);;FLAC (*.flac);;MP3 (*.mp3);;OGG (*.ogg)"
        path = await ask_to_save(self._view, title, kinds, f"{file_name(take)}.wav", self._context.settings)
        if path is None:
            return
        saved = await self._context.service.ensure_saved(take)
        await export_take(saved, path, self._context.blobs, self._context.audio)
        if path.suffix.lower() == ".wav":
            text = QCoreApplication.translate("Studio", "Saved as {name}.")
        else:
            text = QCoreApplication.translate("Studio", "Saved as {name}. Its settings are in {name}.json.")
        self._context.notifier.success(text.format(name=path.name))
