"""The studio's view: text, voice and direction on the left, takes and player on the right."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedLayout, QWidget
from shiboken6 import isValid

from app.core.jobs import JobEstimate
from app.core.settings import STREAM, TAKES_AT_ONCE, Settings
from app.services.speech.direction import Layers
from app.ui.retranslate import Retranslated
from app.ui.studio.desk_layout import DeskLayout
from app.ui.studio.direction_panel import DirectionPanel
from app.ui.studio.parameters_panel import ParametersPanel
from app.ui.studio.recognition_panel import RecognitionPanel
from app.ui.studio.session_panel import SessionPanel
from app.ui.studio.takes_panel import TakesPanel
from app.ui.studio.text_panel import TextPanel
from app.ui.studio.voice_panel import VoicePanel
from app.ui.texts.jobs import estimate_text
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Hint
from app.ui.widgets.notice_area import HasNoticeArea, NoticeArea
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.reading_order import next_stop
from app.ui.widgets.spin_box import SpinBox

_SPEAK_KEYS = ("Ctrl+Return", "Ctrl+Enter")


class _SpeakButton(PrimaryButton):
    """The Speak button, which can tell its width with another text."""

    def width_with(self, text: str) -> int:
        """The width in pixels the button would need for `text`."""
        around_text = self.sizeHint().width() - self._words_width()
        return around_text + QFontMetrics(self.font()).horizontalAdvance(text)


class StudioView(Retranslated):
    """The panels of the studio on its desk, which rooms and pages can take over.

    Signals:
        retranslated: the language changed; the presenter sets its texts again.
        busy: whether a take is being generated.
        room_changed: a room or a page was opened or closed; see `room` and `page`.
        chat_requested: a text is to be sent to the chat.
        transcript_wanted, comparison_wanted: what has this id is to be opened.
    """

    retranslated = Signal()
    busy = Signal(bool)
    room_changed = Signal()
    chat_requested = Signal(str)
    transcript_wanted = Signal(str)
    comparison_wanted = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.text = TextPanel(settings)
        self.model = Choice("", compact=True)
        self.format = Choice("", compact=True)
        self.format.set_choices((("wav", "WAV"), ("mp3", "MP3"), ("pcm16", "PCM")))
        self.format.set_key("wav")
        self.stream = Chip("")
        self.stream.setChecked(settings.get(STREAM))
        self.takes_at_once = SpinBox("", TAKES_AT_ONCE.low, TAKES_AT_ONCE.high, 1)
        self.takes_at_once.setValue(settings.get(TAKES_AT_ONCE))
        self._takes_caption = Hint()
        self.speak = _SpeakButton()
        self.notice, self.choice_notice = self.text.notice, self.text.choice_notice
        self.voice_panel, self.direction_panel = VoicePanel(), DirectionPanel()
        self.parameters_panel, self.session_panel = ParametersPanel(), SessionPanel()
        self.recognition_panel = RecognitionPanel()
        self.voices, self.voice_model, self.hear = (
            self.voice_panel.voices, self.voice_panel.model, self.voice_panel.hear,
        )  # fmt: skip
        direction, parameters, recognition = self.direction_panel, self.parameters_panel, self.recognition_panel
        self.direction, self.role, self.scene, self.guidance = (
            direction.direction, direction.role, direction.scene, direction.guidance,
        )  # fmt: skip
        self.temperature, self.top_p, self.max_tokens = parameters.temperature, parameters.top_p, parameters.max_tokens
        self.transcribe, self.language, self.transcript, self.language_notice = (
            recognition.transcribe, recognition.language, recognition.transcript, recognition.language_notice,
        )  # fmt: skip
        self.takes_panel = TakesPanel(settings)
        self._is_speaking = self._stays = False
        self._room: QWidget | None = None
        self._left: QWidget | None = None
        self._lay_out(settings)
        self._speak_keys = [QShortcut(QKeySequence(keys), self, self.speak.click) for keys in _SPEAK_KEYS]
        for shortcut in self._speak_keys:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.text.text)
        theme().changed.connect(self._fit_speak)
        presentation_cover().changed.connect(self._show_advanced)
        for area in (self.direction, self.guidance):
            area.textChanged.connect(self._show_fields)
        for line in (self.role, self.scene):
            line.textChanged.connect(lambda _text: self._show_fields())
        direction.shown_changed.connect(self._show_fields)
        for choice in (self.model, self.format):
            choice.currentTextChanged.connect(lambda _text: self._show_options())
        self._show_advanced()
        self.retranslate()
        self._fit_speak()

    def _lay_out(self, settings: Settings) -> None:
        choices = QWidget()
        flow = FlowLayout(choices)
        self.text.options_panel.body.addWidget(choices)
        takes = QWidget()
        takes_row = QHBoxLayout(takes)
        takes_row.setContentsMargins(0, 0, 0, 0)
        takes_row.setSpacing(Space.S8)
        takes_row.addWidget(self._takes_caption)
        takes_row.addWidget(self.takes_at_once)
        for choice in (self.model, self.format, self.stream, self.text.sing, takes):
            flow.addWidget(choice)
        self.text.foot.addWidget(self.speak, 0, Qt.AlignmentFlag.AlignVCenter)
        self._desk = DeskLayout(
            settings, self.text, self.voice_panel, self.direction_panel, self.takes_panel,
            (self.session_panel, self.parameters_panel, self.recognition_panel),
        )  # fmt: skip
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._desk)

    # -- rooms and pages ------------------------------------------------------------------------------------------

    @property
    def room(self) -> QWidget | None:
        """What stands in the place of the takes, if a room is open."""
        return self._room

    @property
    def page(self) -> QWidget | None:
        """What takes the whole view, if a page is open."""
        page = self._pages.currentWidget()
        return None if page is self._desk else page

    def open_room(self, right: QWidget, below: QWidget, *, stays: bool = False) -> None:
        """Put `right` in the place of the takes, wider than they are, and `below` in that of voice and direction.

        The focus moves into `right`; `close_room` takes it back to where it was. `stays`: the room stays open when
        another session is opened. An open page or room is closed.
        """
        self._leave(self.page or self._room)
        self._remember_focus()
        self._room, self._stays = right, stays
        self._desk.show_room(right, below)
        self._enter(right)

    def close_room(self) -> None:
        """Show the takes, voice and direction again."""
        if self._room is not None:
            self._leave(self._room)
            self._return_focus()
            self.room_changed.emit()

    def open_page(self, page: QWidget, *, stays: bool = False) -> None:
        """Show a widget in the place of the whole desk, and move the focus into it. An open page or room is closed.

        `stays`: it stays open when another session is opened.
        """
        self._leave(self.page or self._room)
        self._remember_focus()
        self._stays = stays
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._show_page(page)
        self._enter(page)

    def close_page(self) -> None:
        """Show the desk again."""
        page = self.page
        if page is not None:
            self._leave(page)
            self._return_focus()
            self.room_changed.emit()

    def leave_session(self) -> None:
        """Another session is opened: close the room or page that belongs to the former one."""
        if not self._stays:
            self.close_room()
            self.close_page()

    def _enter(self, widget: QWidget) -> None:
        self._fit_shortcuts()
        target = widget.focusProxy() or next_stop(widget, None, forward=True)
        (target or widget).setFocus(Qt.FocusReason.OtherFocusReason)
        self.room_changed.emit()

    def _leave(self, widget: QWidget | None) -> None:
        """Close a room or page, without moving the focus or telling anybody."""
        if widget is None:
            return
        if widget is self._room:
            self._room = None
            self._desk.hide_room()
        else:
            self._show_page(self._desk)
        self._fit_shortcuts()

    def _show_page(self, page: QWidget) -> None:
        """Show a page. What is out of sight must not keep the window from becoming smaller: it can't adapt itself."""
        for number in range(self._pages.count()):
            other = self._pages.widget(number)
            policy = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored
            if other is not None:
                other.setSizePolicy(policy, policy)
        self._pages.setCurrentWidget(page)

    def _remember_focus(self) -> None:
        focused = QApplication.focusWidget()
        self._left = focused if focused is not None and self._desk.isAncestorOf(focused) else self._left

    def _return_focus(self) -> None:
        left, self._left = self._left, None
        is_there = left is not None and isValid(left) and left.isVisible() and left.isEnabled()
        (left if is_there and left is not None else self.text.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_shortcuts(self) -> None:
        """Nothing is spoken by a key while Speak is out of sight."""
        for shortcut in self._speak_keys:
            shortcut.setEnabled(self._room is None and self.page is None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape arrives here only where the focused widget has no use for it; a shortcut would take it away there.
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            if self.page is not None:
                self.close_page()
                return
            if self._desk.close_overlay():
                return
            if self._room is not None:
                self.close_room()
                return
        super().keyPressEvent(event)

    def reveal_sessions(self) -> None:
        """Show sessions and parameters if they are folded away."""
        self.close_page()
        self.close_room()
        if not self.session_panel.isVisible():
            self._desk.show_side(True)

    def reveal_direction(self) -> None:
        """Show the direction if it is folded away."""
        self.close_page()
        self.close_room()
        if not self.direction_panel.isVisible():
            self._desk.open_field("direction")

    def focus_voices(self) -> None:
        """Move the focus to the voices, opening what they are in."""
        self.close_page()
        self.close_room()
        self._desk.open_field("voice")

    def notice_area(self) -> NoticeArea:
        """The list of takes, or what a room or page names: text, Speak and the player stay free."""
        shown = self.page or self._room
        if shown is None:
            return self.takes_panel.notice_area()
        return shown.notice_area() if isinstance(shown, HasNoticeArea) else NoticeArea(shown)

    def layers_given(self) -> Layers:
        """The direction that is shown, which is the one that is sent."""
        return self.direction_panel.given()

    def show_layers(self, layers: Layers) -> None:
        """Fill in a direction and show the part that has text."""
        self.direction_panel.fill(layers)

    def _show_advanced(self) -> None:
        """Hide the parameters in presentation mode."""
        self.parameters_panel.setVisible(not presentation_cover().active)

    def show_speaking(self, running: bool, *, busy: bool | None = None) -> None:
        """Name the button for what pressing it does in the open session, and emit `busy`: whether any session runs."""
        self._is_speaking = running
        self._show_speak_name()
        self.busy.emit(running if busy is None else busy)

    def _show_speak_name(self) -> None:
        stop, speak = QCoreApplication.translate("Studio", "Stop"), QCoreApplication.translate("Studio", "Speak")
        name = stop if self._is_speaking else speak
        self.speak.setText(name)
        self.speak.setAccessibleName(name)

    def show_plan(self, estimate: JobEstimate | None) -> None:
        """Show what the next press will take; None for a press that makes one take."""
        self.text.show_plan(estimate_text(estimate) if estimate is not None else "")

    def show_voice(self, name: str, traits: str) -> None:
        """Show the chosen voice where the voices themselves are folded away."""
        self.text.fields.buttons["voice"].set_value(f"{name}, {traits}" if traits else name)

    def _show_fields(self) -> None:
        """Show the direction in one line, the most telling part first."""
        free, role, scene, guidance = (text.strip() for text in self.layers_given())
        none = QCoreApplication.translate("Studio", "None")
        self.text.fields.buttons["direction"].set_value(free or guidance or role or scene or none)

    def _show_options(self) -> None:
        """Show the model and the format in one line, where the choices themselves are folded away."""
        self.text.fields.buttons["options"].set_value(f"{self.model.currentText()}, {self.format.currentText()}")

    def _fit_speak(self) -> None:
        """Make Speak as wide as the longer of its names, so that its neighbours do not move when the name changes."""
        names = (QCoreApplication.translate("Studio", "Speak"), QCoreApplication.translate("Studio", "Stop"))
        self.speak.setMinimumWidth(max(self.speak.width_with(name) for name in names))
        self.session_panel.list.setMinimumHeight(theme().px(96))

    def retranslate(self) -> None:
        for notice in (self.notice, self.choice_notice):
            # The notice is in the old language: clear it. It comes back if it still applies.
            notice.clear()
        self.model.set_name(QCoreApplication.translate("Studio", "Speech model"))
        self.format.set_name(QCoreApplication.translate("Studio", "Format"))
        self.stream.setText(QCoreApplication.translate("Studio", "Play while generating"))
        self.stream.setAccessibleName(QCoreApplication.translate("Studio", "Stream"))
        self.takes_at_once.setAccessibleName(QCoreApplication.translate("Studio", "Takes at once"))
        self._takes_caption.setText(QCoreApplication.translate("Studio", "Takes"))
        self.takes_at_once.setToolTip(QCoreApplication.translate("Studio", "How many takes a press of Speak makes"))
        self.voice_panel.retranslate()
        self.direction_panel.retranslate()
        self.parameters_panel.retranslate()
        self.recognition_panel.retranslate()
        self.session_panel.retranslate()
        self.takes_panel.retranslate()
        self._show_speak_name()
        self._show_fields()
        self._fit_speak()
        self.retranslated.emit()
