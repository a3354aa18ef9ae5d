"""Fields for words: one line, a search, and several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.theme.icons import Icon, icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Type
from app.ui.widgets.themed import Themed


# Border and padding above and below a text area, as the style sheet has them.
_FRAME = 2 * (1 + 4)


class LineField(Themed, QLineEdit):
    """One line of words."""

    ring_on_click = True

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None, *, mono: bool = False) -> None:
        super().__init__(parent)
        self._mono = mono
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.follow_theme()

    def restyle(self) -> None:
        self.setFont(theme().font(Type.CONTROL, mono=self._mono))
        self.setFixedHeight(theme().px(CONTROL_HEIGHT))


class SearchField(LineField):
    """A line that searches as one types; Escape or the cross empties it."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        self._lens = QAction()
        self._clear = QAction()
        super().__init__(name, placeholder, parent)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def restyle(self) -> None:
        super().restyle()
        self._lens.setIcon(icon(Icon.SEARCH, "text2"))
        self._clear.setIcon(icon(Icon.CLOSE, "text2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class TextArea(Themed, QPlainTextEdit):
    """Several lines, as tall as its text between `least` and `most` lines. Tab leaves it.

    `bare` has no frame of its own, for a place that draws one; `size` is the type size.
    """

    ring_on_click = True

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        parent: QWidget | None = None,
        *,
        least: int = 2,
        most: int = 8,
        size: int = Type.CONTROL,
        mono: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._size, self._mono, self._bare = size, mono, bare
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setProperty("bare", bare)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.follow_theme()

    def set_lines(self, least: int, most: int) -> None:
        self._least, self._most = least, most
        self._fit()

    def restyle(self) -> None:
        self.setFont(theme().font(self._size, mono=self._mono))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        # A plain text document measures its height in lines.
        lines = min(max(round(self.document().size().height()), self._least), self._most)
        frame = 0 if self._bare else _FRAME
        margins = round(2 * self.document().documentMargin())
        tall = lines * self.fontMetrics().lineSpacing() + margins + frame
        if tall != self.height():
            self.setFixedHeight(tall)
