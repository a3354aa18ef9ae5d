"""The attachments of a sent message: cards that open again, and can be left out of later turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.attachments import kind_of
from app.core.messages import Media, Message
from app.ui.chat.attachments.card_painting import (
    CARD_HEIGHT,
    card_details,
    card_title,
    natural_width,
    paint_card_content,
)
from app.ui.chat.attachments.previews import Previews
from app.ui.retranslate import Retranslated
from app.ui.texts.attachments import facts
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.painted_button import Look, PaintedButton


class AttachmentButton(PaintedButton):
    """A card that opens its attachment.

    Attributes:
        preview: returns the picture of the card, None while there is none.
        is_playing: whether its sound plays.
    """

    base_height = CARD_HEIGHT
    fades = False

    def __init__(self, media: Media, parent: QWidget | None = None) -> None:
        self.media = media
        self.preview: Callable[[Media], QPixmap | None] = lambda media: None
        self.is_playing = False
        self._is_left_out = False
        super().__init__("", None, parent)
        self.ring_radius = Radius.ROW
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_left_out(self, left_out: bool) -> None:
        self._is_left_out = left_out
        self.updateGeometry()
        self.update()

    def line(self) -> str:
        """The facts on the card."""
        remark = QCoreApplication.translate("Attachments", "left out") if self._is_left_out else ""
        return card_details(self.media, remark)

    def sizeHint(self) -> QSize:
        return QSize(natural_width(self.media, self.line(), reserve=0), theme().px(CARD_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(CARD_HEIGHT))

    def look(self) -> Look:
        colours = theme()
        fill = colours.colour("raised" if self.hot() or self.isDown() else "surface")
        return Look(fill, colours.colour("wave" if self.hot() else "line"), "text")

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        preview = self.preview(self.media)
        paint_card_content(
            painter, area, self.media, preview, self.line(), playing=self.is_playing, faded=self._is_left_out
        )


class _Card(Retranslated):
    """One card with the control that leaves it out."""

    opened = Signal()
    left_out_changed = Signal(bool)

    def __init__(self, media: Media) -> None:
        super().__init__()
        self._media = media
        self._is_left_out = False
        self.button = AttachmentButton(media)
        self.toggle = IconButton(Icon.EYE, "")
        self.button.clicked.connect(self.opened)
        self.toggle.clicked.connect(lambda: self.left_out_changed.emit(not self._is_left_out))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S4)
        row.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.retranslate()

    def set_left_out(self, left_out: bool) -> None:
        self._is_left_out = left_out
        self.button.set_left_out(left_out)
        self.toggle.set_glyph(Icon.EYE_OFF if left_out else Icon.EYE)
        self.retranslate()

    def set_playing(self, playing: bool) -> None:
        if playing != self.button.is_playing:
            self.button.is_playing = playing
            self.retranslate()

    def retranslate(self) -> None:
        name = card_title(self._media)
        if self.button.is_playing:
            words = QCoreApplication.translate("Attachments", "Pause {name}")
        elif kind_of(self._media) == "audio" and self._media.digest:
            words = QCoreApplication.translate("Attachments", "Play {name}")
        else:
            words = QCoreApplication.translate("Attachments", "Open {name}")
        self.button.setAccessibleName(words.format(name=name))
        self.button.setAccessibleDescription(self.button.line())
        self.button.setToolTip(f"{name}\n{' · '.join(facts(self._media))}")
        if self._is_left_out:
            change = QCoreApplication.translate("Attachments", "Send {name} again")
        else:
            change = QCoreApplication.translate("Attachments", "Leave {name} out of later turns")
        self.toggle.set_name(change.format(name=name))
        self.button.update()


class MessageCards(QWidget):
    """The cards of a message, at its right edge.

    Signals:
        opened: the index of a part of the message.
        left_out_changed: such an index, and whether it is to be left out.
    """

    opened = Signal(int)
    left_out_changed = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[int, _Card] = {}
        self._previews: Previews | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        self._column = column

    def set_message(self, message: Message) -> None:
        """Show the attachments of a message."""
        media = {index: part for index, part in enumerate(message.parts) if isinstance(part, Media)}
        for card in self._cards.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards.clear()
        for index, part in media.items():
            card = self._cards[index] = _Card(part)
            card.opened.connect(lambda index=index: self.opened.emit(index))
            card.left_out_changed.connect(lambda out, index=index: self.left_out_changed.emit(index, out))
            self._column.addWidget(card, 0, Qt.AlignmentFlag.AlignRight)
        self.setVisible(bool(media))
        if self._previews is not None:
            self.set_previews(self._previews)

    def set_previews(self, previews: Previews) -> None:
        """Take the pictures of the cards from here."""
        if self._previews is not previews:
            previews.changed.connect(self._repaint)
        self._previews = previews
        for card in self._cards.values():
            card.button.preview = previews.of

    def show_playing(self, is_playing: Callable[[Media], bool]) -> None:
        """Show which sounds play."""
        for card in self._cards.values():
            card.set_playing(is_playing(card.button.media))

    def set_left_out(self, indexes: Sequence[int]) -> None:
        """Show which parts of the message are left out of later turns."""
        for index, card in self._cards.items():
            card.set_left_out(index in indexes)

    def _repaint(self) -> None:
        for card in self._cards.values():
            card.button.update()


class EditedMedia(Retranslated):
    """The attachments of a message that is being edited; each can be removed.

    Signals:
        changed: one was removed.
    """

    changed = Signal()

    def __init__(self, media: Sequence[Media], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.media = tuple(media)
        self._buttons: list[_RemoveButton] = []
        self._flow = FlowLayout(self)
        self._build()
        self.retranslate()

    def set_media(self, media: Sequence[Media]) -> None:
        """Show other attachments."""
        self.media = tuple(media)
        self._build()
        self.retranslate()
        self.changed.emit()

    def _build(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons = [_RemoveButton(media) for media in self.media]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda checked=False, place=place: self._remove(place))
            self._flow.addWidget(button)
        # Without a parent it would be shown as a window; the parent shows it.
        if self.parentWidget() is not None or not self._buttons:
            self.setVisible(bool(self._buttons))

    def _remove(self, place: int) -> None:
        self.set_media(self.media[:place] + self.media[place + 1 :])
        if self._buttons:
            self._buttons[min(place, len(self._buttons) - 1)].setFocus()

    def retranslate(self) -> None:
        for button in self._buttons:
            words = QCoreApplication.translate("Attachments", "Remove {name}")
            name = words.format(name=card_title(button.media))
            button.setText(card_title(button.media))
            button.setAccessibleName(name)
            button.setToolTip(name)


class _RemoveButton(PaintedButton):
    """A chip with the name of an attachment and a cross."""

    base_height = 30
    padding = 10

    def __init__(self, media: Media) -> None:
        self.media = media
        super().__init__("", Icon.CLOSE)

    def look(self) -> Look:
        colours = theme()
        fill = colours.colour("raised" if self.hot() or self.isDown() else "surface")
        return Look(fill, colours.colour("wave" if self.hot() else "line"), "text2")
