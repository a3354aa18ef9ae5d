"""Draws one message as a picture: by the widgets of the transcript, whole, and without their buttons."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.messages import Media, Message
from app.ui.chat.attachments.previews import Previews
from app.ui.chat.markdown.formulas import formulas
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.user_message import UserMessageView
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, GhostButton, PrimaryButton

WIDTH = 760
"""Of the message, in logical pixels before text scaling."""
SHARPNESS = 2
"""Pixels of the picture for each logical pixel."""
SHARP_HEIGHT, MAX_HEIGHT = 10_000, 30_000
"""Logical pixels up to which a picture is as sharp as this, and up to which it is drawn at all, with one for each."""
_SETTLING_ROUNDS = 200
_LOADING_SECONDS = 5.0


class TooHigh(Exception):
    """The message is higher than a picture may be; `args[0]` is its height in logical pixels, possibly estimated."""


async def draw_message(message: Message, previews: Previews | None = None) -> QImage:
    """Draw a finished message in the present theme, with `previews` of its attachments. Raises TooHigh."""
    page = QWidget()
    theme().style_window(page)
    try:
        view = _placed(page, message)
        if isinstance(view, UserMessageView) and previews is not None:
            view.attachments.set_previews(previews)
            for part in message.parts:
                if isinstance(part, Media):
                    previews.of(part)  # loads it, if the transcript has not
        # Laid out and drawn like any other, but never on the screen.
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        page.show()
        await _draw_all(view)
        await _settle(page, view, previews)
        return _rendered(page, view)
    finally:
        page.close()
        page.deleteLater()


def _placed(page: QWidget, message: Message) -> MessageView:
    view: MessageView
    if message.role == "assistant":
        view = AssistantMessageView(message, 1)
        view.set_message(message)
    else:
        view = UserMessageView(message, 1)
        view.bubble.reveal()
    view.footer.hide()
    column = QVBoxLayout(page)
    column.setContentsMargins(Space.S24, Space.S24, Space.S24, Space.S24)
    column.addWidget(view)
    column.addStretch(1)
    page.setFixedWidth(theme().px(WIDTH) + 2 * Space.S24)
    return view


async def _draw_all(view: MessageView) -> None:
    """Draw what a message has, as much at a time as a frame takes. Raises TooHigh as soon as that is certain."""
    while view.has_backlog:
        view.flush()
        for answer in view.findChildren(MarkdownView):
            if answer.text_height > MAX_HEIGHT and answer.has_backlog:
                raise TooHigh(round(answer.text_height / answer.drawn_share))
        await asyncio.sleep(0)
    for text in view.text_views():  # builds the cards that wait, too
        if isinstance(text, MarkdownView):
            text.draw_for(SHARPNESS)


async def _settle(page: QWidget, view: MessageView, previews: Previews | None) -> None:
    """Wait until formulas and previews are there and the height no longer changes."""
    end = asyncio.get_running_loop().time() + _LOADING_SECONDS
    height, same = -1, 0
    for _ in range(_SETTLING_ROUNDS):
        await asyncio.sleep(0.01)
        _hide_buttons(view)
        layout = page.layout()
        assert layout is not None
        layout.activate()
        needed = max(layout.totalHeightForWidth(page.width()), layout.totalSizeHint().height())
        page.resize(page.width(), needed)
        same = same + 1 if needed == height else 0
        height = needed
        is_loading = formulas().is_busy or (previews is not None and previews.is_busy)
        is_waiting = is_loading and asyncio.get_running_loop().time() < end
        if same >= 3 and not is_waiting and not view.has_backlog:
            return


def _hide_buttons(view: MessageView) -> None:
    """A picture can't be pressed; what opens a part, such as the thoughts, has words and stays."""
    for button in view.findChildren(GhostButton):
        button.hide()
    for kind in (Button, PrimaryButton):
        for pressed in view.findChildren(kind):
            pressed.hide()


def _rendered(page: QWidget, view: MessageView) -> QImage:
    if page.height() > MAX_HEIGHT:
        raise TooHigh(page.height())
    scale = SHARPNESS if page.height() <= SHARP_HEIGHT else 1
    image = QImage(page.width() * scale, page.height() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme().colour("bg"))
    painter = QPainter(image)
    page.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    # What the user said stands at the right: the picture begins there.
    parts = [part for part in view.findChildren(QWidget) if part.isVisible() and part.width() < view.width()]
    whole = view.message.role == "assistant" or not parts
    left = 0 if whole else min(part.mapTo(page, QPoint()).x() for part in parts) - Space.S24
    cut = image.copy(left * scale, 0, image.width() - left * scale, image.height()) if left > 0 else image
    cut.setDevicePixelRatio(scale)
    return cut
