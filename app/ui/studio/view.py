"""The studio's view: text, voice and direction on the left, takes and player on the right."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.catalogue import catalogue
from app.core.jobs import JobEstimate
from app.core.settings import STREAM, TAKES_AT_ONCE, Settings
from app.services.speech.direction import Layers
from app.ui.retranslate import Retranslated
from app.ui.studio.session_panel import SessionPanel
from app.ui.studio.takes_panel import TakesPanel
from app.ui.studio.text_panel import QWIDGETSIZE_MAX, TextPanel
from app.ui.studio.voice_cards import VoiceCards, card_row_height
from app.ui.texts.jobs import estimate_text
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, RING, Space
from app.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowModel
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.themed import Themed

TAKES_WIDTH = 392
SIDE_WIDTH = 240
SIDE_ABOVE = 1330
STACK_BELOW = 1100
SHORT_BELOW = 760
_LOWEST = 480
_CARD_ROWS = 4


class _SpeakButton(PrimaryButton):
    """The Speak button, which can tell its width with another text."""

    def width_with(self, text: str) -> int:
        """The width in pixels the button would need for `text`."""
        around_text = self.sizeHint().width() - self._words_width()
        return around_text + QFontMetrics(self.font()).horizontalAdvance(text)


class StudioView(Retranslated):
    """Lays out the studio's panels side by side, or stacked in a narrow window.

    Signals:
        retranslated: the language changed; the presenter sets its texts again.
        busy: whether a take is being generated.
    """

    retranslated = Signal()
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
        self.takes_at_once = SpinBox("", TAKES_AT_ONCE.low, TAKES_AT_ONCE.high, 1)
        self.takes_at_once.setValue(settings.get(TAKES_AT_ONCE))
        self._takes_caption = Hint()
        self.speak = _SpeakButton()
        self.notice, self.choice_notice = self.text.notice, self.text.choice_notice
        self.language_notice = InlineNotice(dismissable=True)
        self.voices = VoiceCards("")
        self.voice_model = RowModel()
        self.voices.setModel(self.voice_model)
        self.hear = GhostButton("", Icon.SPEAKER)
        self.free, self.layers = Chip(""), Chip("")
        self.direction = TextArea("", min_lines=2, max_lines=6)
        self.role, self.scene = LineField(""), LineField("")
        self.guidance = TextArea("", min_lines=1, max_lines=4)
        temperature, top_p, max_tokens = (
            catalogue().range_of(name, "speech") for name in ("temperature", "top_p", "max_tokens")
        )
        self.temperature = SpinField("", temperature.low, temperature.high, 0.1, decimals=2)
        self.temperature.set_value(temperature.default)
        self.top_p = SpinField("", top_p.low, top_p.high, 0.01, decimals=2)
        self.top_p.set_value(top_p.default)
        self.max_tokens = SpinField("", max_tokens.low, max_tokens.high, 256, slider=False, empty=" ")
        self.max_tokens.set_value(None)
        self.session_panel = SessionPanel()
        self.transcribe = Button("", Icon.MIC)
        self._is_transcribing = self._is_speaking = self._is_hearing = False
        self.language = Choice("", compact=True)
        self.transcript = TextArea("", min_lines=4, max_lines=8)
        self._language_notices = OverlaidNotices(
            self.transcript, self.transcript.reserve, self.language_notice, inset=Space.S2
        )
        self.takes_panel = TakesPanel(settings)
        self._captions = [Caption() for _ in range(3)]
        self._lay_out()
        for chip, part in ((self.free, self.direction), (self.layers, self._layer_fields_box)):
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
        takes = QWidget()
        takes_row = QHBoxLayout(takes)
        takes_row.setContentsMargins(0, 0, 0, 0)
        takes_row.setSpacing(Space.S8)
        takes_row.addWidget(self._takes_caption)
        takes_row.addWidget(self.takes_at_once)
        for choice in (self.model, self.format, self.stream, self.text.sing, takes):
            flow.addWidget(choice)
        centred = Qt.AlignmentFlag.AlignVCenter
        self.text.foot.addWidget(choices, 1, centred)
        self.text.foot.addWidget(self.speak, 0, centred)
        self._voice_panel, self._direction_panel, self._parameters_panel = Panel(), Panel(), Panel()
        voices = QVBoxLayout()
        voices.setContentsMargins(Space.S16 - RING, 0, Space.S8, Space.S4)
        voices.addWidget(self.voices)
        self._voice_panel.body.addLayout(voices)
        self._voice_panel.add_action(self.hear)
        self._direction_panel.add_action(self.free)
        self._direction_panel.add_action(self.layers)
        direction = self._padded(self._direction_panel)
        self._layer_fields_box = QWidget()
        layers = QGridLayout(self._layer_fields_box)
        layers.setContentsMargins(0, 0, 0, 0)
        layers.setHorizontalSpacing(Space.S12)
        layers.setVerticalSpacing(Space.S8)
        for row, (caption, field) in enumerate(zip(self._captions, self._layer_fields(), strict=True)):
            layers.addWidget(caption, row, 0)
            layers.addWidget(field, row, 1)
        direction.addWidget(self.direction)
        direction.addWidget(self._layer_fields_box)
        direction.addStretch(1)
        parameters = self._padded(self._parameters_panel)
        for field in (self.temperature, self.top_p, self.max_tokens):
            parameters.addWidget(field)
        parameters.addWidget(Divider())
        recognition = QWidget()
        recognition_flow = FlowLayout(recognition)
        for part in (self.transcribe, self.language):
            recognition_flow.addWidget(part)
        parameters.addWidget(recognition)
        parameters.addWidget(self.transcript)
        parameters.addStretch(1)
        self._voice_and_direction = QHBoxLayout()
        self._voice_and_direction.setSpacing(Space.S12)
        self._voice_and_direction.addWidget(self._voice_panel, 1)
        self._voice_and_direction.addWidget(self._direction_panel, 1)
        self._side = QWidget()
        self._side_layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._side)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self._side_layout.setSpacing(Space.S12)
        self._side_layout.addWidget(self.session_panel, 1)
        self._side_layout.addWidget(self._parameters_panel)
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S12)
        self._column.addWidget(self.text, 1)
        self._column.addLayout(self._voice_and_direction)
        self._left = ScrollArea(middle, fill="bg")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, Space.S12, Space.S12, Space.S12)
        self._row.setSpacing(Space.S12)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self.takes_panel)

    @staticmethod
    def _padded(panel: Panel) -> QVBoxLayout:
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        inside.setSpacing(Space.S8)
        panel.body.addLayout(inside)
        return inside

    def notice_area(self) -> NoticeArea:
        """The list of takes: text, Speak and the player stay free."""
        return self.takes_panel.notice_area()

    def layers_given(self) -> Layers:
        """The direction from the fields that are shown. Fields in collapsed parts are not sent."""
        free = self.direction.toPlainText() if self.free.isChecked() else ""
        if not self.layers.isChecked():
            return Layers(free)
        return Layers(free, self.role.text(), self.scene.text(), self.guidance.toPlainText())

    def show_layers(self, layers: Layers) -> None:
        """Fill in a direction and expand the parts that have text."""
        self.direction.setPlainText(layers.free)
        for field, text in ((self.role, layers.role), (self.scene, layers.scene)):
            field.setText(text)
            # Show the beginning of a text that is longer than its field.
            field.setCursorPosition(0)
        self.guidance.setPlainText(layers.guidance)
        if layers.free:
            self.free.setChecked(True)
        if any(layers[1:]):
            self.layers.setChecked(True)

    def _show_advanced(self) -> None:
        """Hide the parameters in presentation mode."""
        self._parameters_panel.setVisible(not presentation_cover().active)

    def _layer_fields(self) -> tuple[QWidget, ...]:
        return self.role, self.scene, self.guidance

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
        self.text.plan.setText(estimate_text(estimate) if estimate is not None else "")
        self.text.plan.setVisible(estimate is not None)

    def show_transcribing(self, running: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_transcribing = running
        self.transcribe.setText(
            QCoreApplication.translate("Studio", "Stop transcribing")
            if running
            else QCoreApplication.translate("Studio", "Transcribe file")
        )

    def show_hearing(self, active: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_hearing = active
        name = (
            QCoreApplication.translate("Studio", "Stop sample")
            if active
            else QCoreApplication.translate("Studio", "Hear voice")
        )
        self.hear.setText(name)
        self.hear.setAccessibleName(name)
        self.hear.setToolTip(
            QCoreApplication.translate("Studio", "Space in the list of voices does the same. Escape stops.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put sessions and parameters at the side of a wide view, else below the text; stack panels when narrow."""
        px = theme().px
        wide, narrow = self.width() >= px(SIDE_ABOVE), self.width() < px(STACK_BELOW)
        self.takes_panel.setFixedWidth(min(px(TAKES_WIDTH), round(self.width() * 0.42)))
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._voice_and_direction.setDirection(down if narrow else across)
        self._side_layout.setDirection(down if narrow or wide else across)
        self._direction_panel.stack_header(narrow and px(100) >= LARGE)
        self.takes_panel.set_columns(3 if px(100) < LARGE else 2)
        if wide and self._row.indexOf(self._side) < 0:
            self._row.insertWidget(0, self._side)
            QTimer.singleShot(0, self, self._restyle_side)
        elif not wide and self._column.indexOf(self._side) < 0:
            self._column.addWidget(self._side)
            QTimer.singleShot(0, self, self._restyle_side)
        self._side.setFixedWidth(px(SIDE_WIDTH)) if wide else self._side.setMaximumWidth(QWIDGETSIZE_MAX)
        self._side_layout.setStretchFactor(self._parameters_panel, 0 if wide or narrow else 1)
        is_low = self.height() < px(SHORT_BELOW)
        self.text.set_short(wide or is_low)
        self.text.set_low(is_low)
        self.takes_panel.parts.set_max_rows(1 if self.height() < px(_LOWEST) else 2 if is_low else 4)
        self.voices.setFixedHeight(_CARD_ROWS * card_row_height())
        self.session_panel.list.setMinimumHeight(px(120))
        names = (QCoreApplication.translate("Studio", "Speak"), QCoreApplication.translate("Studio", "Stop"))
        # As wide as the longer name, so that its neighbours do not move when the name changes.
        self.speak.setMinimumWidth(max(self.speak.width_with(name) for name in names))

    def _restyle_side(self) -> None:
        """Restyle the side panel: after reparenting, Qt restores the colors its widgets had at first."""
        for part in self._side.findChildren(QWidget):
            if isinstance(part, Themed):
                part.restyle()

    def retranslate(self) -> None:
        for notice in (self.notice, self.choice_notice, self.language_notice):
            # The notice is in the old language: clear it. It comes back if it still applies.
            notice.clear()
        self.model.set_name(QCoreApplication.translate("Studio", "Speech model"))
        self.format.set_name(QCoreApplication.translate("Studio", "Format"))
        self.stream.setText(QCoreApplication.translate("Studio", "Play while generating"))
        self.stream.setAccessibleName(QCoreApplication.translate("Studio", "Stream"))
        self.takes_at_once.setAccessibleName(QCoreApplication.translate("Studio", "Takes at once"))
        self._takes_caption.setText(QCoreApplication.translate("Studio", "Takes"))
        self.takes_at_once.setToolTip(QCoreApplication.translate("Studio", "How many takes a press of Speak makes"))
        self._voice_panel.set_title(QCoreApplication.translate("Studio", "Voice"))
        self.show_hearing(self._is_hearing)
        self.voices.setAccessibleName(QCoreApplication.translate("Studio", "Voice list"))
        self._direction_panel.set_title(QCoreApplication.translate("Studio", "Direction"))
        self.free.setText(QCoreApplication.translate("Studio", "Free"))
        self.layers.setText(QCoreApplication.translate("Studio", "Role · Scene · Guidance"))
        self.direction.setAccessibleName(QCoreApplication.translate("Studio", "Style direction"))
        self.direction.setPlaceholderText(
            QCoreApplication.translate(
                "Studio", "Describe how the line should sound. This description itself is not spoken."
            )
        )
        role = QCoreApplication.translate("Studio", "Role")
        scene = QCoreApplication.translate("Studio", "Scene")
        guidance = QCoreApplication.translate("Studio", "Guidance")
        for name, caption, field in zip((role, scene, guidance), self._captions, self._layer_fields(), strict=True):
            caption.setText(name)
            field.setAccessibleName(name)
        self._parameters_panel.set_title(QCoreApplication.translate("Studio", "Parameters and recognition"))
        self.temperature.set_name(QCoreApplication.translate("Studio", "Temperature"))
        self.top_p.set_name(QCoreApplication.translate("Studio", "Top P"))
        self.max_tokens.set_name(QCoreApplication.translate("Studio", "Max tokens"))
        self.max_tokens.set_empty_text(QCoreApplication.translate("Parameters", "Model default"))
        self.session_panel.retranslate()
        self.show_transcribing(self._is_transcribing)
        self.language.set_name(QCoreApplication.translate("Studio", "Recognition language"))
        chosen = self.language.key() or "auto"
        self.language.set_choices(
            (("auto", QCoreApplication.translate("Studio", "Any language")), ("zh", "中文"), ("en", "English"))
        )
        self.language.set_key(chosen)
        self.transcript.setAccessibleName(QCoreApplication.translate("Studio", "Transcript"))
        self.takes_panel.retranslate()
        self._show_speak_name()
        self.retranslated.emit()
