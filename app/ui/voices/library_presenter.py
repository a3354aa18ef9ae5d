"""Connects the voice library and its tab."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from app.core.voices import Voice
from app.ui.files import ask_to_open, ask_to_save
from app.ui.studio.context import SpeechContext
from app.ui.voices.library_tab import LibraryTab
from app.ui.voices.tab_tasks import TabTasks

_SUFFIX = ".mimovoice"


class LibraryPresenter(QObject):
    """Plays, renames, exports and deletes the selected voice, and imports voices."""

    def __init__(self, tab: LibraryTab, context: SpeechContext) -> None:
        super().__init__(tab)
        self._tab, self._context = tab, context
        self._tasks = TabTasks(context, tab.notice)
        self._shown_id: str | None = None
        tab.voices.row_selected.connect(lambda _key: self._show_selected())
        tab.voices.play_pressed.connect(self._on_play_pressed)
        for button, act in (
            (tab.play, self._play_or_pause),
            (tab.rename, lambda voice: context.library.rename(voice, tab.name.text())),
            (tab.delete, self._delete),
            (tab.export, self._export),
        ):
            button.clicked.connect(lambda _on=False, act=act: self._with_voice(act))
        tab.name.returnPressed.connect(tab.rename.click)
        tab.name.escaped.connect(self._cancel_renaming)
        tab.import_.clicked.connect(lambda: self._tasks.spawn(self._import()))
        context.library.on_change.subscribe(self.show)
        context.playback.on_change.subscribe(self._show_playing)
        self._show_selected()
        self._tasks.spawn(context.library.load())

    def show(self) -> None:
        """Show the voices in the current language."""
        self._shown_id = None
        self._tab.voice_model.set_voices(self._context.library.voices)
        self._show_selected()

    def _selected(self) -> Voice | None:
        return self._context.library.voice(self._tab.voices.selected_key() or "")

    def _with_voice(self, act: Any) -> None:
        voice = self._selected()
        if voice is not None:
            self._tasks.spawn(act(voice))

    def _show_selected(self) -> None:
        tab, voice = self._tab, self._selected()
        for part in (tab.play, tab.rename, tab.delete, tab.export, tab.name):
            part.setEnabled(voice is not None)
        key = voice.id if voice is not None else ""
        if key != self._shown_id:
            self._shown_id = key
            tab.name.setText(voice.name if voice is not None else "")
        self._show_playing()

    def _cancel_renaming(self) -> None:
        """Restore the name in the field and leave it."""
        voice = self._selected()
        self._tab.name.setText(voice.name if voice is not None else "")
        self._tab.voices.setFocus()

    def _show_playing(self) -> None:
        playback = self._context.playback
        playing = playback.key if playback.playing else None
        self._tab.voice_model.set_playing(playing)
        self._tab.show_playing(playing is not None and playing == self._tab.voices.selected_key())

    async def _play_or_pause(self, voice: Voice) -> None:
        if self._context.playback.key == voice.id:
            self._context.playback.toggle()
        else:
            await self._context.playback.play_blob(voice.id, voice.sample)

    def _on_play_pressed(self, voice_id: str) -> None:
        """Play the voice of a card, or pause it if it is playing."""
        self._tab.voices.select_key(voice_id)
        self._show_selected()
        self._with_voice(self._play_or_pause)

    async def _delete(self, voice: Voice) -> None:
        self._context.playback.forget(voice.id)
        await self._context.library.delete(voice)
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Voices", "“{name}” was deleted.").format(name=voice.name),
            undo=lambda: self._tasks.spawn(self._context.library.restore(voice)),
        )

    async def _export(self, voice: Voice) -> None:
        title = QCoreApplication.translate("Voices", "Export voice")
        kinds = f"MiMo Workbench (*{_SUFFIX})"
        path = await ask_to_save(self._tab, title, kinds, voice.name + _SUFFIX, self._context.settings)
        if path is not None:
            await self._context.library.export(voice, path)
            text = QCoreApplication.translate("Voices", "“{voice}” and its sample were exported to {name}.")
            self._context.notifier.success(text.format(voice=voice.name, name=path.name))

    async def _import(self) -> None:
        title = QCoreApplication.translate("Voices", "Import voice")
        path = await ask_to_open(self._tab, title, f"MiMo Workbench (*{_SUFFIX})", self._context.settings)
        if path is not None:
            self._tasks.show_saved(await self._context.library.import_file(path))
