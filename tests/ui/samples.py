"""A page of every widget in its states, to be looked at and to be driven by tests."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.widgets.buttons import Button, GhostButton, IconButton, PlayButton, PrimaryButton, PrimaryIconButton
from app.ui.widgets.chips import Badge, Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fields import LineField, SearchField, TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.labels import Caption, ElidedLabel, Heading, Hint, Title
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.slider import Slider
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.spinner import Spinner
from app.ui.widgets.switch import CheckBox, Switch
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.toasts import ToastStack
from app.ui.widgets.trim_waveform import TrimWaveform
from app.ui.widgets.waveform import Waveform

ROWS = (
    Row("hebei", "Rain plan for Hebei", "mimo-v2.6-pro · 2 tools · 1.9K tokens", section="Today"),
    Row("zhou", "街口老周 · 有声书旁白", "mimo-v2.6-flash · 3 branches", section="Today"),
    Row(
        "json",
        "JSON extraction, v4 prompt that is far too long for its row",
        "mimo-v2.6-pro · JSON mode",
        badge="stopped",
        badge_kind="warn",
        section="Today",
    ),
    Row("course", "Compiler course outline", "mimo-v2.6-pro · 41K tokens", section="This week", icon=Icon.PIN),
)

CHOICES = (
    ("conversation", "Conversation"),
    ("coding", "Coding"),
    ("tools", "Tool use"),
    ("mathematics", "Mathematics"),
)


def peaks(level: float, count: int = 400) -> list[tuple[float, float]]:
    """Something like speech at a level: syllables with pauses between them."""
    heights = [
        level * (0.12 + abs(math.sin(place * 0.7) * math.sin(place * 0.071)) * (0.55 + 0.45 * math.sin(place * 2.3)))
        for place in range(count)
    ]
    return [(-height, height) for height in heights]


def specimen() -> QWidget:
    """All widgets on one page, 1280×860, with a focus ring and a message bar of its own."""
    window = Page()
    window.resize(1280, 860)
    return window


class Page(QWidget):
    """Attributes name the widgets that tests take in hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Widgets")
        self.setAutoFillBackground(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 12, 12)
        row.setSpacing(12)
        row.addLayout(self._rail())
        row.addWidget(self._lists(), 2)
        row.addLayout(self._middle(), 5)
        parameters = self._parameters()
        parameters.setFixedWidth(theme().px(286))
        row.addWidget(parameters)
        self.messages = Notifier()
        self.ring = FocusRing(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 26)
        column.addLayout(row)
        self.toasts = ToastStack(self.messages, self)

    def _rail(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        self.rail = [
            RailButton("Chat", Icon.CHAT),
            RailButton("Studio", Icon.STUDIO),
            RailButton("Voices", Icon.VOICES),
            RailButton("Settings", Icon.SETTINGS),
        ]
        self.rail[0].setChecked(True)
        self.rail[1].set_busy(True)
        for button in self.rail[:3]:
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(self.rail[3])
        return column

    def _lists(self) -> QWidget:
        panel = Panel("Conversations")
        panel.add_action(GhostButton("New", Icon.PLUS))
        self.search = SearchField("Search conversations", "Search everything")
        box = QVBoxLayout()
        box.setContentsMargins(12, 0, 12, 6)
        box.addWidget(self.search)
        panel.body.addLayout(box)
        self.model = RowModel(ROWS)
        self.list = RowList("Conversations")
        self.list.setModel(self.model)
        self.list.select_key("hebei")
        panel.body.addWidget(self.list, 1)
        panel.body.addWidget(Divider())
        self.empty = EmptyState(Icon.CHAT, "Conversations you have appear here.", "Start a conversation")
        panel.body.addWidget(self.empty)
        return panel

    def _middle(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        panel = Panel()
        self.tabs = Tabs("Voice pages")
        for words in ("Design", "Clone", "Library"):
            self.tabs.addTab(words)
        self.tabs.setCurrentIndex(1)
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 0, 10, 0)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        panel.body.addLayout(bar)
        panel.body.addWidget(Divider())
        inner = QVBoxLayout()
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        panel.body.addLayout(inner)
        column.addWidget(panel, 1)
        head = QHBoxLayout()
        head.addWidget(Title("Services"))
        head.addWidget(Heading("Voice sample"))
        head.addWidget(ElidedLabel("interview-janis.flac · 31.2 s · 48 kHz stereo", ink="text3", size=13), 1)
        head.addWidget(Button("Record", Icon.MIC))
        head.addWidget(Button("Choose…"))
        inner.addLayout(head)
        self.trim = TrimWaveform("Position", "Trim start", "Trim end", height=80)
        self.trim.set_sound(peaks(0.9), 31_200)
        self.trim.set_trim(4_000, 25_000)
        self.trim.set_position(10_000)
        card = Panel(fill="raised")
        card.body.setContentsMargins(16, 14, 16, 14)
        card.body.addWidget(self.trim)
        inner.addWidget(card)
        takes = QHBoxLayout()
        self.play = PlayButton("Play")
        playing = PlayButton("Pause", side=40)
        playing.set_playing(True)
        takes.addWidget(self.play)
        self.wave = Waveform("Position")
        self.wave.set_sound(peaks(0.25), 11_800)
        self.wave.set_position(5_400)
        takes.addWidget(self.wave, 1)
        takes.addWidget(playing)
        loud = Waveform("Position of the other take", height=46)
        loud.set_sound(peaks(0.8), 12_600, known=0.7)
        takes.addWidget(loud, 1)
        inner.addLayout(takes)
        buttons = QHBoxLayout()
        self.primary = PrimaryButton("Save voice")
        off = PrimaryButton("Save voice")
        off.setEnabled(False)
        plain_off = Button("Record", Icon.MIC)
        plain_off.setEnabled(False)
        for button in (
            self.primary,
            off,
            plain_off,
            GhostButton("Edit and replay"),
            IconButton(Icon.COPY, "Copy"),
            IconButton(Icon.MIC, "Dictate", round_shape=True),
            PrimaryIconButton(Icon.SEND, "Send"),
            Spinner(),
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inner.addLayout(buttons)
        chips = QWidget()
        flow = FlowLayout(chips)
        self.chip = Chip("Emotion")
        self.chip.setChecked(True)
        flow.addWidget(self.chip)
        for words in ("Tone", "Timbre", "Laugh / cry", "开心", "悲伤", "惊讶"):
            flow.addWidget(Chip(words))
        thinking = Chip("Thinking", Icon.THINKING)
        thinking.setChecked(True)
        flow.addWidget(thinking)
        flow.addWidget(Chip("Web search", Icon.SEARCH))
        flow.addWidget(Chip("weather.com.cn", checkable=False, lead="1"))
        self.compact = Choice("Model", compact=True)
        self.compact.set_choices((("pro", "mimo-v2.6-pro"), ("flash", "mimo-v2.6-flash"), ("plain", "mimo-v2.5")))
        self.compact.set_key("pro")
        flow.addWidget(self.compact)
        inner.addWidget(chips)
        badges = QHBoxLayout()
        for words, kind in (("done", "good"), ("ends abruptly", "warn"), ("failed", "bad"), ("tool", "tool")):
            badges.addWidget(Badge(words, kind))
        badges.addWidget(Badge("thinking", "thinking", Icon.THINKING))
        badges.addWidget(Badge("neutral"))
        badges.addStretch(1)
        inner.addLayout(badges)
        self.notice = InlineNotice(panel)
        self.notice.say("warn", "Two audio tags in one sentence can conflict.", "Keep the first")
        trouble = InlineNotice(panel)
        trouble.say("bad", "The service did not answer within 30 s.", "Retry")
        inner.addWidget(self.notice)
        inner.addWidget(trouble)
        inner.addStretch(1)
        composer = Panel()
        composer.set_shadow(6)
        composer.body.setContentsMargins(10, 8, 8, 8)
        self.message = TextArea("Message", "Message MiMo…", size=14, bare=True)
        self.message.ring_target = composer
        composer.body.addWidget(self.message)
        column.addWidget(composer)
        return column

    def _parameters(self) -> QWidget:
        panel = Panel("Parameters")
        panel.add_action(GhostButton("Inspect", Icon.CODE))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addWidget(Caption("System prompt"))
        self.prompt = TextArea("System prompt", min_lines=3, max_lines=5)
        self.prompt.setPlainText("You are MiMo, an AI assistant developed by Xiaomi. Today's date: {date} {week}…")
        column.addWidget(self.prompt)
        column.addWidget(Caption("Task preset"))
        self.choice = Choice("Task preset")
        self.choice.set_choices(CHOICES)
        self.choice.set_key("conversation")
        column.addWidget(self.choice)
        self.temperature = SpinField("Temperature", 0, 1.5, 0.05, decimals=2)
        self.temperature.set_value(1.0)
        column.addWidget(self.temperature)
        self.locked = SpinField("Top P", 0.01, 1.0, 0.01, decimals=2)
        self.locked.set_value(0.95)
        self.locked.lock("fixed while thinking")
        column.addWidget(self.locked)
        self.tokens = SpinField("Max tokens", 1, 131_072, 256, slider=False, empty="Model default")
        self.tokens.set_value(None)
        self.tokens.set_remark("default 131,072")
        column.addWidget(self.tokens)
        column.addWidget(Caption("Stop sequences"))
        self.stop = LineField("Stop sequences", "Add…")
        column.addWidget(self.stop)
        disabled = LineField("Base URL")
        disabled.setText("https://api.xiaomimimo.com/v1")
        disabled.setEnabled(False)
        column.addWidget(disabled)
        self.switch = Switch("JSON mode")
        on = Switch("Stream")
        on.setChecked(True)
        locked = Switch("Ask before each tool")
        locked.setChecked(True)
        locked.setEnabled(False)
        self.check = CheckBox("The speaker has agreed to this use")
        self.check.setChecked(True)
        for widget in (self.switch, on, locked, self.check, CheckBox("Polish the text")):
            column.addWidget(widget)
        self.volume = Slider("Volume")
        self.volume.setValue(60)
        column.addWidget(self.volume)
        column.addWidget(Hint("Read from the service."))
        column.addStretch(1)
        panel.body.addWidget(ScrollArea(content), 1)
        return panel


def _show() -> None:
    """Show the page by hand: `python -m tests.ui.samples [light|dark] [text scale] [picture]`."""
    import sys

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    arguments = sys.argv[1:]
    theme().set_mode("dark" if "dark" in arguments else "light")
    scales = [float(word) for word in arguments if word.replace(".", "").isdigit()]
    theme().set_text_scale(scales[0] if scales else 1.0)
    page = Page()
    page.resize(1280, 860)
    page.messages.success("Conversation deleted.", undo=lambda: None)
    page.messages.error("The service could not be reached: check the address, then try again.", retry=lambda: None)
    page.show()
    page.message.setFocus(Qt.FocusReason.TabFocusReason)
    for picture in (word for word in arguments if word.endswith(".png")):
        QTimer.singleShot(400, lambda picture=picture: (page.grab().save(picture), application.quit()))
    application.exec()


if __name__ == "__main__":
    _show()
