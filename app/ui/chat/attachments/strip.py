"""What stands above the message field: the cards of the attachments, what they cost, and the row for an address."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.attachments import kind_of
from app.core.media import DEFAULT_FPS, MAX_FPS, MIN_FPS
from app.core.messages import Media
from app.ui.chat.attachments.address_row import AddressRow
from app.ui.chat.attachments.attachment_list import AttachmentList
from app.ui.retranslate import Retranslated
from app.ui.texts.attachments import resend_words
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.spin_box import SpinBox

_COST_WIDTH = 96
"""Logical pixels of the words beside the cards."""
_FPS_STEP = 0.5
PROGRESS_DELAY_MS = 250
"""A file that is read faster is not announced: its card is there at once."""


class AttachmentStrip(Retranslated):
    """The attachments of a draft. It takes no room while there are none, and no address is asked for.

    Signals:
        removed, played, opened: the index of an attachment.
        changed: the index of a video and the video with other settings.
        left: a control with the keyboard focus is being hidden, and none of the strip is there to take it.

    Attributes:
        list: the cards.
        address: the row for an address.
    """

    removed = Signal(int)
    played = Signal(int)
    opened = Signal(int)
    changed = Signal(int, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._media: tuple[Media, ...] = ()
        self._reading = 0
        self.list = AttachmentList()
        self.address = AddressRow()
        self.address.hide()
        self.address.left.connect(self.left)
        self._cost = Hint(wrap=True)
        self._cost.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._progress = Hint()
        self._progress_delay = QTimer(self, singleShot=True, interval=PROGRESS_DELAY_MS)
        self._progress_delay.timeout.connect(self._update_progress)
        self._play = GhostButton("", Icon.PLAY)
        self._remove = GhostButton("", Icon.TRASH)
        self._fps = SpinBox("", MIN_FPS, MAX_FPS, _FPS_STEP, decimals=1)
        self._fps_caption, self._resolution_caption = Caption(""), Caption("")
        self._resolution = Choice("", compact=True)
        self._fps_refusal = Hint()
        self._fps.refused.connect(self._show_refusal)
        self._video_controls = (self._fps_caption, self._fps, self._resolution_caption, self._resolution)
        self.list.row_selected.connect(lambda key: self._show_selected())
        self.list.removed.connect(self.removed)
        self.list.played.connect(self.played)
        self.list.opened.connect(self.opened)
        self._play.clicked.connect(lambda: self._emit_selected(self.played))
        self._remove.clicked.connect(lambda: self._emit_selected(self.removed))
        self._fps.valueChanged.connect(lambda: self._emit_settings())
        self._resolution.chosen.connect(lambda key: self._emit_settings())
        self._lay_out()
        theme().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        self._cards = QWidget()
        cards = QHBoxLayout(self._cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(Space.S8)
        cards.addWidget(self.list, 1)
        cards.addWidget(self._cost, 0, Qt.AlignmentFlag.AlignVCenter)
        self._options = QWidget()
        options = QHBoxLayout(self._options)
        options.setContentsMargins(0, 0, 0, 0)
        options.setSpacing(Space.S8)
        for control in (self._play, self._remove, *self._video_controls):
            options.addWidget(control)
        options.addWidget(self._fps_refusal)
        options.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addWidget(self._cards)
        column.addWidget(self._options)
        column.addWidget(self._progress)
        column.addWidget(self.address)

    @property
    def media(self) -> Sequence[Media]:
        """The attachments that are shown."""
        return self._media

    def set_media(self, media: Sequence[Media]) -> None:
        """Show these attachments; nothing is done if they are shown already, as with every letter of the draft."""
        if tuple(media) != self._media:
            self._show_media(media)

    def _show_media(self, media: Sequence[Media]) -> None:
        if len(media) < len(self._media):
            self._move_focus(has_cards=bool(media))
        self._media = tuple(media)
        self.list.set_media(self._media)
        self._show_selected()
        self._update()

    def _move_focus(self, *, has_cards: bool) -> None:
        """Move the focus out of what is hidden when an attachment is removed."""
        focused = QApplication.focusWidget()
        if focused is None or not (self._cards.isAncestorOf(focused) or self._options.isAncestorOf(focused)):
            return
        if has_cards:
            self.list.setFocus()
        else:
            self.left.emit()

    def set_reading(self, number: int) -> None:
        """Show that so many files are being read, if it takes long enough to be noticed."""
        if number == self._reading:
            return
        self._reading = number
        if not number or self._progress.isVisibleTo(self):
            self._progress_delay.stop()
            self._update_progress()
        elif not self._progress_delay.isActive():
            self._progress_delay.start()

    def set_playing(self, row: int) -> None:
        """Show which sound plays, -1 for none."""
        self.list.set_playing(row)
        is_selected = row >= 0 and row == self.list.selected_row()
        self._play.set_glyph(Icon.PAUSE if is_selected else Icon.PLAY)

    def open_address(self, address: str = "") -> None:
        """Show the row for an address."""
        self.address.open_row(address)

    def has_unsent(self) -> bool:
        """Whether there is anything to send."""
        return bool(self._media)

    def _show_selected(self) -> None:
        row = self.list.selected_row()
        media = self._media[row] if 0 <= row < len(self._media) else None
        kind = kind_of(media) if media is not None else None
        self._options.setVisible(media is not None)
        self._play.setVisible(kind == "audio" and media is not None and bool(media.digest))
        for control in self._video_controls:
            control.setVisible(kind == "video")
        self._fps_refusal.setVisible(kind == "video" and bool(self._fps_refusal.text()))
        if media is not None and kind == "video":
            blocked = self._fps.blockSignals(True)
            self._fps.setValue(media.fps or DEFAULT_FPS)
            self._fps.blockSignals(blocked)
            self._resolution.set_key(media.resolution or "default")
        self.set_playing(self.list.playing_row)

    def _show_refusal(self, text: str) -> None:
        self._fps_refusal.setText(text)
        self._fps_refusal.setVisible(bool(text))

    def _emit_selected(self, signal: SignalInstance) -> None:
        row = self.list.selected_row()
        if 0 <= row < len(self._media):
            signal.emit(row)

    def _emit_settings(self) -> None:
        row = self.list.selected_row()
        if not 0 <= row < len(self._media):
            return
        resolution = "max" if self._resolution.key() == "max" else "default"
        changed = msgspec.structs.replace(self._media[row], fps=self._fps.value(), resolution=resolution)
        if changed != self._media[row]:
            self.changed.emit(row, changed)

    def _update(self) -> None:
        self._cards.setVisible(bool(self._media))
        self._cost.setText(resend_words(self._media))

    def _update_progress(self) -> None:
        self._progress.setVisible(self._reading > 0)
        if self._reading == 1:
            self._progress.setText(QCoreApplication.translate("Attachments", "Reading a file…"))
        else:
            self._progress.setText(
                QCoreApplication.translate("Attachments", "Reading {n} files…").format(n=self._reading)
            )

    def _restyle(self) -> None:
        self._cost.setFixedWidth(theme().px(_COST_WIDTH))

    def retranslate(self) -> None:
        self.list.setAccessibleName(QCoreApplication.translate("Attachments", "Attachments"))
        self._play.setText(QCoreApplication.translate("Attachments", "Play"))
        self._play.setAccessibleName(QCoreApplication.translate("Attachments", "Play attachment"))
        self._remove.setText(QCoreApplication.translate("Attachments", "Remove"))
        self._remove.setAccessibleName(QCoreApplication.translate("Attachments", "Remove attachment"))
        self._remove.setToolTip(QCoreApplication.translate("Attachments", "Remove attachment (Delete)"))
        self._fps_caption.setText(QCoreApplication.translate("Attachments", "Frames per second"))
        self._fps.setAccessibleName(QCoreApplication.translate("Attachments", "Frames per second"))
        self._fps.lineEdit().setAccessibleName(QCoreApplication.translate("Attachments", "Frames per second"))
        self._resolution_caption.setText(QCoreApplication.translate("Attachments", "Resolution"))
        self._resolution.set_name(QCoreApplication.translate("Attachments", "Resolution"))
        self._resolution.set_choices(
            (
                ("default", QCoreApplication.translate("Attachments", "Default")),
                ("max", QCoreApplication.translate("Attachments", "Highest")),
            )
        )
        self._show_media(self._media)
        self._update_progress()
