"""Connects the voice library and its tab: lists, plays, deletes, exports and imports voices."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer

from app.core.settings import BUILTIN_VOICE_USE, STARRED_VOICES
from app.core.voices import Voice
from app.services.speech.builtin import BUILTIN, BuiltinProfile
from app.services.speech.library_entries import LibraryEntry, listed, saved_entry
from app.services.speech.sample_outlines import SampleOutlines
from app.services.speech.voice_files import FILE_ENDING
from app.services.speech.voice_samples import LINES, VoiceSamples
from app.ui.files import ask_to_open, ask_to_save
from app.ui.studio.context import SpeechContext
from app.ui.texts.errors import error_sentences
from app.ui.texts.voice_library import builtin_entries, language_words
from app.ui.voices.library_detail_presenter import LibraryDetailPresenter
from app.ui.voices.library_tab import LibraryTab
from app.ui.voices.tab_tasks import TabTasks

_DRAW_DELAY_MS = 60
"""Until the waveforms of the cards in sight are drawn: scrolling past draws none."""


class LibraryPresenter(QObject):
    """Shows what the library lists, and acts on the selected voices."""

    def __init__(self, tab: LibraryTab, context: SpeechContext) -> None:
        super().__init__(tab)
        self._tab, self._context = tab, context
        self._tasks = TabTasks(context, tab.notice)
        self._samples = VoiceSamples(context.service, context.playback, context.models)
        self._outlines = SampleOutlines(context.library, context.blobs, context.audio)
        self._builtin_peaks: dict[str, bytes] = {}
        self._heard = ""
        """The built-in voice that is heard, or was last."""
        self._entries: dict[str, LibraryEntry] = {}
        self._detail = LibraryDetailPresenter(tab, context, self._tasks, self._check_samples)
        self._drawing = QTimer(self, singleShot=True, interval=_DRAW_DELAY_MS)
        self._drawing.timeout.connect(self._draw_seen)
        voices = tab.voices
        voices.selection_changed.connect(self._show_selected)
        voices.row_selected.connect(lambda _key: self._show_selected())
        voices.play_pressed.connect(self._on_play_pressed)
        voices.star_pressed.connect(self._star)
        voices.delete_pressed.connect(tab.delete.click)
        voices.seen.connect(self._drawing.start)
        tab.arranged.connect(self._list)
        tab.empty.step.clicked.connect(tab.show_all)
        tab.play.clicked.connect(lambda: self._with_entry(self._play))
        tab.detail.star.clicked.connect(lambda: self._with_entry(self._set_star))
        tab.delete.clicked.connect(lambda: self._with_voices(self._delete))
        tab.export.clicked.connect(lambda: self._with_voices(self._export))
        tab.import_.clicked.connect(lambda: self._tasks.spawn(self._import()))
        tab.detail.use.clicked.connect(self._request_use)
        context.library.on_change.subscribe(self.show)
        self._outlines.on_missing.subscribe(self.show)
        self._samples.on_change.subscribe(self._show_playing)
        self._samples.on_failed.subscribe(lambda error: tab.notice.say("bad", lambda: error_sentences(error)))
        context.playback.on_change.subscribe(self._show_playing)
        self.show()
        self._tasks.spawn(self._load())

    async def aclose(self) -> None:
        """Save what is being typed. Called at the end of the program."""
        await self._detail.save_pending()

    async def _load(self) -> None:
        await self._context.library.load()
        await self._outlines.check()
        await self._read_builtin()

    def _check_samples(self) -> None:
        self._tasks.run_quietly(self._outlines.check())

    async def _read_builtin(self) -> None:
        """Show the waveforms of the lines that built-in voices have spoken."""
        peaks = {key: take.peaks for key, take in (await self._samples.spoken()).items()}
        if peaks != self._builtin_peaks:
            self._builtin_peaks = peaks
            self.show()

    # -- listing --------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the voices in the current language. Entries that did not change stay the same objects."""
        context = self._context
        missing = self._outlines.missing
        entries = [saved_entry(voice, is_missing=voice.id in missing) for voice in context.library.voices]
        used: dict[str, float] = context.settings.get(BUILTIN_VOICE_USE)
        entries += builtin_entries(context.settings.get(STARRED_VOICES), used, self._builtin_peaks)
        self._entries = {entry.id: entry for entry in entries}
        self._tab.show_counts(entries)
        self._list()

    def _list(self) -> None:
        tab = self._tab
        found = listed(self._entries.values(), tab.wanted(), tab.wanted_order(), language_words)
        tab.voice_model.set_entries(found)
        if found and tab.voice_model.entry(tab.voices.selected_key()) is None:
            tab.voices.select_key(found[0].id)
        self._show_selected()
        self._show_playing()
        self._drawing.start()

    def _selected(self) -> LibraryEntry | None:
        return self._tab.voice_model.entry(self._tab.voices.selected_key())

    def _selected_voices(self) -> list[Voice]:
        entries = map(self._tab.voice_model.entry, self._tab.voices.selected_keys())
        return [entry.voice for entry in entries if entry is not None and entry.voice is not None]

    def _with_entry(self, act: Callable[[LibraryEntry], Coroutine[Any, Any, object]]) -> None:
        entry = self._selected()
        if entry is not None:
            self._tasks.spawn(act(entry))

    def _with_voices(self, act: Callable[[Sequence[Voice]], Coroutine[Any, Any, object]]) -> None:
        voices = self._selected_voices()
        if voices:
            self._tasks.spawn(act(voices))

    def _show_selected(self) -> None:
        self._detail.show(self._selected())
        is_saved = bool(self._selected_voices())
        for button in (self._tab.delete, self._tab.export):
            button.setEnabled(is_saved)
        self._show_playing()

    def _draw_seen(self) -> None:
        self._tasks.run_quietly(self._outlines.draw(self._tab.voices.keys_in_sight()))

    # -- playing --------------------------------------------------------------------------------------------------

    def _show_playing(self) -> None:
        playback = self._context.playback
        playing = playback.key if playback.playing else None
        if self._samples.active:
            playing = self._heard
        self._tab.voice_model.set_playing(playing)
        self._tab.detail.show_playing(playing is not None and playing == self._tab.voices.selected_key())

    async def _play(self, entry: LibraryEntry) -> None:
        """Play the sample of a voice, or a line of a built-in one; pause what plays."""
        playback, voice = self._context.playback, entry.voice
        if voice is None:
            profile = next(profile for profile in BUILTIN if profile.id == entry.id)
            await self._hear(profile)
        elif playback.key == voice.id:
            playback.toggle()
        else:
            self._samples.stop()
            await playback.play_blob(voice.id, voice.sample)

    async def _hear(self, profile: BuiltinProfile) -> None:
        was_heard = self._samples.active and self._heard == profile.id
        self._samples.stop()
        if was_heard:
            return
        self._heard = profile.id
        shown = "zh" if QLocale().language() == QLocale.Language.Chinese else "en"
        await self._samples.hear(profile.used(), LINES[profile.language or shown])
        await self._read_builtin()

    def _on_play_pressed(self, key: str) -> None:
        """Play the voice of a card, or pause it if it is playing."""
        self._tab.voices.select_key(key)
        self._show_selected()
        self._with_entry(self._play)

    # -- acting ---------------------------------------------------------------------------------------------------

    def _star(self, key: str) -> None:
        entry = self._entries.get(key)
        if entry is not None:
            self._tasks.spawn(self._set_star(entry))

    async def _set_star(self, entry: LibraryEntry) -> None:
        """Give a voice a star, or take it away."""
        if entry.voice is not None:
            await self._context.library.annotate(entry.id, favourite=not entry.favourite)
            return
        others = [key for key in self._context.settings.get(STARRED_VOICES) if key != entry.id]
        self._context.settings.set(STARRED_VOICES, others if entry.favourite else [*others, entry.id])
        self.show()

    def _request_use(self) -> None:
        entry = self._selected()
        if entry is not None:
            self._tab.use_requested.emit(entry.id)

    async def _delete(self, voices: Sequence[Voice]) -> None:
        library = self._context.library
        for voice in voices:
            self._context.playback.forget(voice.id)
        await library.delete(*voices)

        def wording() -> str:
            if len(voices) == 1:
                return QCoreApplication.translate("Voices", "“{name}” was deleted.").format(name=voices[0].name)
            return QCoreApplication.translate("Voices", "{n} voices were deleted.").format(n=len(voices))

        self._context.notifier.info(wording, undo=lambda: self._tasks.spawn(library.restore(*voices)))

    async def _export(self, voices: Sequence[Voice]) -> None:
        title = QCoreApplication.translate("Voices", "Export voice")
        kinds = f"MiMo Workbench (*{FILE_ENDING})"
        several = QCoreApplication.translate("Voices", "Voices")
        name = (voices[0].name if len(voices) == 1 else several) + FILE_ENDING
        path = await ask_to_save(self._tab, title, kinds, name, self._context.settings)
        if path is None:
            return
        await self._context.library.export(voices, path)
        if len(voices) == 1:
            text = QCoreApplication.translate("Voices", "“{voice}” and its sample were exported to {name}.")
            self._context.notifier.success(text.format(voice=voices[0].name, name=path.name))
        else:
            text = QCoreApplication.translate("Voices", "{n} voices and their samples were exported to {name}.")
            self._context.notifier.success(text.format(n=len(voices), name=path.name))

    async def _import(self) -> None:
        title = QCoreApplication.translate("Voices", "Import voice")
        path = await ask_to_open(self._tab, title, f"MiMo Workbench (*{FILE_ENDING})", self._context.settings)
        if path is None:
            return
        added = await self._context.library.import_voices(path)
        await self._outlines.check()
        self._tab.voices.select_key(added[0].id)
        self._show_selected()
        if len(added) == 1:
            self._tasks.show_saved(added[0])
            return
        self._context.notifier.success(
            lambda: QCoreApplication.translate("Voices", "{n} voices are in the library.").format(n=len(added)),
            undo=lambda: self._tasks.spawn(self._context.library.delete(*added)),
        )
