"""The studio's view: text, voice and direction at the left, takes and player at the right; stacked when narrow."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.catalogue import catalogue
from app.core.settings import EQUAL_LOUDNESS, STREAM, Settings
from app.services.speech.direction import Layers
from app.ui.retranslate import Retranslated
from app.ui.studio.player_bar import PlayerBar
from app.ui.studio.take_list import TakeList, TakeModel
from app.ui.studio.text_panel import QWIDGETSIZE_MAX, TextPanel
from app.ui.studio.voice_cards import VoiceCards, card_tall
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, RING, Space
from app.ui.widgets.buttons import Button, GhostButton, IconButton, PrimaryButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import LineField, SearchField, TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.rows import RowList, RowModel
from app.ui.widgets.scroll import FlowLayout, ScrollArea
from app.ui.widgets.slider import SpinField
from app.ui.widgets.themed import Themed

TAKES_WIDTH = 392
SIDE_WIDTH = 240
SIDE_ABOVE = 1330
STACK_BELOW = 1100
SHORT_BELOW = 760
_CARD_ROWS = 4


class _SpeakButton(PrimaryButton):
    """Says what pressing it does; knows how wide it would be with other words."""

    def width_with(self, words: str) -> int:
        wide = self.sizeHint().width() - self._words_width()
        return wide + QFontMetrics(self.font()).horizontalAdvance(words)


class StudioView(Retranslated):
    """Everything of the studio that is seen.

    Signals:
        worded: the language changed; words made elsewhere are to be made again.
        busy: whether a take is being made.
    """

    worded = Signal()
    busy = Signal(bool)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.text = TextPanel(settings)
        self.model = Choice("", compact=True)
        self.format = Choice("", compact=True)
        self.format.set_choices((("wav", "WAV"), ("mp3", "MP3"), ("pcm16", "PCM")))
        self.format.set_key("wav")
        self.stream = Chip("")
        self.stream.setChecked(settings.get(STREAM))
        self.speak = _SpeakButton()
        self.notice = InlineNotice(dismissable=True)
        self.choice_notice, self.language_notice = InlineNotice(dismissable=True), InlineNotice(dismissable=True)
        self.voices = VoiceCards("")
        self.voice_model = RowModel()
        self.voices.setModel(self.voice_model)
        self.free, self.layers = Chip(""), Chip("")
        self.direction = TextArea("", least=2, most=6)
        self.role, self.scene = LineField(""), LineField("")
        self.guidance = TextArea("", least=1, most=4)
        temperature, top_p, max_tokens = (
            catalogue().range_of(name, "speech") for name in ("temperature", "top_p", "max_tokens")
        )
        self.temperature = SpinField("", temperature.low, temperature.high, 0.1, decimals=2)
        self.temperature.set_value(temperature.default)
        self.top_p = SpinField("", top_p.low, top_p.high, 0.01, decimals=2)
        self.top_p.set_value(top_p.default)
        self.max_tokens = SpinField("", max_tokens.low, max_tokens.high, 256, slider=False, empty=" ")
        self.max_tokens.set_value(None)
        self.sessions = RowList("")
        self.session_model = RowModel()
        self.sessions.setModel(self.session_model)
        self.session_search = SearchField("")
        self.no_session = Hint(wrap=True)
        self.no_session.hide()
        self.new_session = GhostButton("", Icon.PLUS)
        self.session_title = LineField("")
        self.session_title.hide()
        self.rename_session, self.delete_session = IconButton(Icon.EDIT, ""), IconButton(Icon.TRASH, "")
        # A click leaves the keyboard in the title, so that the same button closes it.
        self.rename_session.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for keys, button in (("F2", self.rename_session), ("Del", self.delete_session)):
            QShortcut(QKeySequence(keys), self.sessions, button.click).setContext(Qt.ShortcutContext.WidgetShortcut)
        self.transcribe = Button("", Icon.MIC)
        self._transcribing = self._speaking = False
        self.language = Choice("", compact=True)
        self.transcript = TextArea("", least=2, most=5)
        self.take_model = TakeModel()
        self.takes = TakeList("")
        self.takes.setModel(self.take_model)
        self.equal = Chip("")
        self.equal.setChecked(settings.get(EQUAL_LOUDNESS))
        self.player = PlayerBar()
        self.redo, self.reuse = GhostButton("", Icon.REDO), GhostButton("", Icon.UNDO)
        self.keep, self.star = GhostButton("", Icon.VOICES), GhostButton("", Icon.STAR)
        self.star.setCheckable(True)
        self.star.toggled.connect(lambda on: self.star.set_glyph(Icon.STAR_FILLED if on else Icon.STAR))
        self.export, self.delete = GhostButton("", Icon.DOWNLOAD), GhostButton("", Icon.TRASH)
        self.note = LineField("")
        self._captions = [Caption() for _ in range(3)]
        self._empty = EmptyState(Icon.STUDIO, "")
        self.example = self._empty.step
        self._lay_out()
        for chip, part in ((self.free, self.direction), (self.layers, self._layered)):
            chip.toggled.connect(part.setVisible)
            chip.setChecked(True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self.speak.click)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.text.text)
        theme().changed.connect(self._fit)
        presentation_cover().changed.connect(self._show_advanced)
        self._show_advanced()
        self.retranslate()
        self._fit()

    def _lay_out(self) -> None:
        choices = QWidget()
        flow = FlowLayout(choices)
        for choice in (self.model, self.format, self.stream, self.text.sing):
            flow.addWidget(choice)
        self.text.add_notice(self.choice_notice)
        self.text.foot.addWidget(choices, 1)
        self.text.foot.addWidget(self.speak)
        self._voice_panel, self._direction_panel, self._more_panel = Panel(), Panel(), Panel()
        choosing = QVBoxLayout()
        choosing.setContentsMargins(Space.S16 - RING, 0, Space.S8, Space.S4)
        choosing.addWidget(self.voices)
        self._voice_panel.body.addLayout(choosing)
        self._direction_panel.add_action(self.free)
        self._direction_panel.add_action(self.layers)
        directing = self._padded(self._direction_panel)
        self._layered = QWidget()
        layered = QGridLayout(self._layered)
        layered.setContentsMargins(0, 0, 0, 0)
        layered.setHorizontalSpacing(Space.S12)
        layered.setVerticalSpacing(Space.S8)
        for place, (caption, field) in enumerate(zip(self._captions, self._layer_fields(), strict=True)):
            layered.addWidget(caption, place, 0)
            layered.addWidget(field, place, 1)
        directing.addWidget(self.direction)
        directing.addWidget(self._layered)
        directing.addStretch(1)
        more = self._padded(self._more_panel)
        for field in (self.temperature, self.top_p, self.max_tokens):
            more.addWidget(field)
        more.addWidget(Divider())
        reading = QWidget()
        read = FlowLayout(reading)
        for part in (self.transcribe, self.language):
            read.addWidget(part)
        more.addWidget(reading)
        more.addWidget(self.language_notice)
        more.addWidget(self.transcript)
        more.addStretch(1)
        self._session_panel = Panel()
        self._session_panel.add_action(self.new_session)
        naming = QVBoxLayout()
        naming.setContentsMargins(Space.S12, 0, Space.S12, 0)
        naming.addWidget(self.session_title)
        acting_on = QHBoxLayout()
        acting_on.setContentsMargins(Space.S12, 0, Space.S12, 0)
        acting_on.addWidget(self.rename_session)
        acting_on.addWidget(self.delete_session)
        acting_on.addStretch(1)
        naming.addWidget(self.session_search)
        naming.addWidget(self.no_session)
        self._session_panel.body.addLayout(naming)
        self._session_panel.body.addWidget(self.sessions)
        self._session_panel.body.addLayout(acting_on)
        self._pair = QHBoxLayout()
        self._pair.setSpacing(Space.S12)
        self._pair.addWidget(self._voice_panel, 1)
        self._pair.addWidget(self._direction_panel, 1)
        self._side = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._side)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(Space.S12)
        self._beside.addWidget(self._session_panel, 1)
        self._beside.addWidget(self._more_panel)
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S12)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.text, 1)
        self._column.addLayout(self._pair)
        self._left = ScrollArea(middle, fill="bg")
        self._takes_panel = Panel()
        self._takes_panel.add_action(self.equal)
        self._actions = QWidget()
        self._acting = QGridLayout(self._actions)
        self._acting.setContentsMargins(Space.S8, 0, Space.S8, Space.S4)
        self._acting.setHorizontalSpacing(Space.S8)
        self._acting.setVerticalSpacing(Space.S2)
        noting = QHBoxLayout()
        noting.setContentsMargins(Space.S16, 0, Space.S16, Space.S4)
        noting.addWidget(self.note)
        body = self._takes_panel.body
        body.addWidget(EmptyStateContainer(self.takes, self._empty), 1)
        body.addWidget(self._actions)
        body.addLayout(noting)
        body.addWidget(Divider())
        body.addWidget(self.player)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        self._row.setSpacing(Space.S12)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self._takes_panel)

    @staticmethod
    def _padded(panel: Panel) -> QVBoxLayout:
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        inside.setSpacing(Space.S8)
        panel.body.addLayout(inside)
        return inside

    def layers_given(self) -> Layers:
        """The direction as far as it is shown: what is folded away is not sent."""
        free = self.direction.toPlainText() if self.free.isChecked() else ""
        if not self.layers.isChecked():
            return Layers(free)
        return Layers(free, self.role.text(), self.scene.text(), self.guidance.toPlainText())

    def show_layers(self, layers: Layers) -> None:
        """Fill in a direction; the parts that have words unfold."""
        self.direction.setPlainText(layers.free)
        for field, words in ((self.role, layers.role), (self.scene, layers.scene)):
            field.setText(words)
            # From its beginning, where it is longer than its field.
            field.setCursorPosition(0)
        self.guidance.setPlainText(layers.guidance)
        if layers.free:
            self.free.setChecked(True)
        if any(layers[1:]):
            self.layers.setChecked(True)

    def _show_advanced(self) -> None:
        """An audience sees what makes a take, not its parameters."""
        self._more_panel.setVisible(not presentation_cover().up)

    def _layer_fields(self) -> tuple[QWidget, ...]:
        return self.role, self.scene, self.guidance

    def show_speaking(self, running: bool) -> None:
        """The button's name says what pressing it does."""
        self._speaking = running
        self._name_speak()
        self.busy.emit(running)

    def _name_speak(self) -> None:
        stop, speak = QCoreApplication.translate("Studio", "Stop"), QCoreApplication.translate("Studio", "Speak")
        words = stop if self._speaking else speak
        self.speak.setText(words)
        self.speak.setAccessibleName(words)

    def show_transcribing(self, running: bool) -> None:
        """The button's name says what pressing it does."""
        self._transcribing = running
        self.transcribe.setText(
            QCoreApplication.translate("Studio", "Stop transcribing")
            if running
            else QCoreApplication.translate("Studio", "Transcribe file")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Sessions and parameters stand at the side where there is room, else below; when narrow, panels stack."""
        px = theme().px
        wide, narrow = self.width() >= px(SIDE_ABOVE), self.width() < px(STACK_BELOW)
        self._takes_panel.setFixedWidth(min(px(TAKES_WIDTH), round(self.width() * 0.42)))
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(down if narrow else across)
        self._beside.setDirection(down if narrow or wide else across)
        self._direction_panel.stack_header(narrow and px(100) >= LARGE)
        self._place_actions(columns=3 if px(100) < LARGE else 2)
        if wide and self._row.indexOf(self._side) < 0:
            self._row.insertWidget(0, self._side)
            self._order_tabs(side_first=True)
            QTimer.singleShot(0, self, self._dress_side)
        elif not wide and self._column.indexOf(self._side) < 0:
            self._column.addWidget(self._side)
            self._order_tabs(side_first=False)
            QTimer.singleShot(0, self, self._dress_side)
        self._side.setFixedWidth(px(SIDE_WIDTH)) if wide else self._side.setMaximumWidth(QWIDGETSIZE_MAX)
        self._beside.setStretchFactor(self._more_panel, 0 if wide or narrow else 1)
        self.text.set_short(wide or self.height() < px(SHORT_BELOW))
        self.voices.setFixedHeight(_CARD_ROWS * card_tall())
        self.sessions.setMinimumHeight(px(120))
        words = (QCoreApplication.translate("Studio", "Speak"), QCoreApplication.translate("Studio", "Stop"))
        # As wide as the longer of its words, so that nothing beside it moves when they change.
        self.speak.setMinimumWidth(max(self.speak.width_with(word) for word in words))

    def _dress_side(self) -> None:
        """With a new parent Qt gives everything in it the colours back that it noted when it first saw them."""
        for part in self._side.findChildren(QWidget):
            if isinstance(part, Themed):
                part.restyle()

    def _order_tabs(self, *, side_first: bool) -> None:
        """The keyboard goes as one reads: panel after panel, each from its top."""
        side: tuple[QWidget, ...] = (
            self.new_session, self.session_title, self.session_search, self.sessions, self.rename_session,
            self.delete_session, self.temperature, self.top_p, self.max_tokens, self.transcribe, self.language,
            self.transcript,
        )  # fmt: skip
        middle: tuple[QWidget, ...] = (
            *self.text.in_order(), self.model, self.format, self.stream, self.text.sing, self.speak,
            self.voices, self.free, self.layers, self.direction, *self._layer_fields(),
        )  # fmt: skip
        takes: tuple[QWidget, ...] = (
            self.equal, self.example, self.takes, self.redo, self.reuse, self.keep, self.star, self.export, self.delete,
            self.note, self.player.play, self.player.position, self.player.loop, self.player.speed, self.player.volume,
        )  # fmt: skip
        for earlier, later in pairwise((*side, *middle, *takes) if side_first else (*middle, *side, *takes)):
            QWidget.setTabOrder(earlier, later)

    def _place_actions(self, columns: int) -> None:
        buttons = (self.redo, self.reuse, self.keep, self.star, self.export, self.delete)
        for place, button in enumerate(buttons):
            self._acting.addWidget(button, place // columns, place % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(len(buttons)):
            self._acting.setColumnStretch(column, 1 if column < columns else 0)

    def retranslate(self) -> None:
        for notice in (self.notice, self.choice_notice, self.language_notice):
            # Said in the former language; whoever needs it still is told again when he tries again.
            notice.clear()
        self.model.set_name(QCoreApplication.translate("Studio", "Speech model"))
        self.format.set_name(QCoreApplication.translate("Studio", "Format"))
        self.stream.setText(QCoreApplication.translate("Studio", "Play while generating"))
        self.stream.setAccessibleName(QCoreApplication.translate("Studio", "Stream"))
        self._voice_panel.set_title(QCoreApplication.translate("Studio", "Voice"))
        self.voices.setAccessibleName(QCoreApplication.translate("Studio", "Voice list"))
        self._direction_panel.set_title(QCoreApplication.translate("Studio", "Direction"))
        self.free.setText(QCoreApplication.translate("Studio", "Free"))
        self.layers.setText(QCoreApplication.translate("Studio", "Role · Scene · Guidance"))
        self.direction.setAccessibleName(QCoreApplication.translate("Studio", "Style direction"))
        self.direction.setPlaceholderText(
            QCoreApplication.translate(
                "Studio", "How the line is spoken, in your own words. It is never spoken itself."
            )
        )
        role = QCoreApplication.translate("Studio", "Role")
        scene = QCoreApplication.translate("Studio", "Scene")
        guidance = QCoreApplication.translate("Studio", "Guidance")
        for name, caption, field in zip((role, scene, guidance), self._captions, self._layer_fields(), strict=True):
            caption.setText(name)
            field.setAccessibleName(name)
        self._more_panel.set_title(QCoreApplication.translate("Studio", "Parameters and recognition"))
        self.temperature.set_name(QCoreApplication.translate("Studio", "Temperature"))
        self.top_p.set_name(QCoreApplication.translate("Studio", "Top P"))
        self.max_tokens.set_name(QCoreApplication.translate("Studio", "Max tokens"))
        self._session_panel.set_title(QCoreApplication.translate("Studio", "Sessions"))
        self.sessions.setAccessibleName(QCoreApplication.translate("Studio", "Sessions"))
        self.session_search.setAccessibleName(QCoreApplication.translate("Studio", "Search sessions"))
        self.session_search.setPlaceholderText(QCoreApplication.translate("Studio", "Search sessions"))
        self.session_title.setAccessibleName(QCoreApplication.translate("Studio", "Session title"))
        self.rename_session.set_name(QCoreApplication.translate("Studio", "Rename session"))
        self.delete_session.set_name(QCoreApplication.translate("Studio", "Delete session"))
        self.new_session.setText(QCoreApplication.translate("Studio", "New session"))
        self.show_transcribing(self._transcribing)
        self.language.set_name(QCoreApplication.translate("Studio", "Recognition language"))
        chosen = self.language.key() or "auto"
        self.language.set_choices(
            (("auto", QCoreApplication.translate("Studio", "Any language")), ("zh", "中文"), ("en", "English"))
        )
        self.language.set_key(chosen)
        self.transcript.setAccessibleName(QCoreApplication.translate("Studio", "Transcript"))
        self._takes_panel.set_title(QCoreApplication.translate("Studio", "Takes"))
        self.takes.setAccessibleName(QCoreApplication.translate("Studio", "Takes"))
        self.equal.setText(QCoreApplication.translate("Studio", "Equal loudness"))
        self.redo.setText(QCoreApplication.translate("Studio", "Redo"))
        self.reuse.setText(QCoreApplication.translate("Studio", "Reuse settings"))
        self.keep.setText(QCoreApplication.translate("Studio", "Keep as voice"))
        self.star.setText(QCoreApplication.translate("Studio", "Star"))
        self.export.setText(QCoreApplication.translate("Studio", "Export"))
        self.delete.setText(QCoreApplication.translate("Studio", "Delete take"))
        self.note.setAccessibleName(QCoreApplication.translate("Studio", "Note"))
        self.note.setPlaceholderText(QCoreApplication.translate("Studio", "Note"))
        self._empty.set_words(
            QCoreApplication.translate("Studio", "Every generation becomes a take here, to hear and to compare."),
            QCoreApplication.translate("Studio", "Try an example"),
        )
        self._name_speak()
        self.worded.emit()
