"""Labels: headings, captions, section labels, elided text, and keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets import accessible
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed, set_font


class Label(Themed, QLabel):
    """A label in a size, weight and colour of the theme. Its text is its accessible text: give it no other name."""

    base_size: int = Type.BODY
    base_weight: int = Type.REGULAR
    base_ink: str = "text"

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: int | None = None,
        weight: int | None = None,
        ink: str | None = None,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._full_text = ""
        self._size = size or self.base_size
        self._weight = weight or self.base_weight
        self._ink = ink or self.base_ink
        # The text may come from outside: never interpret it as markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self.follow_theme()

    def setText(self, text: str) -> None:
        """Set the text; it is shown masked while the presentation cover is active."""
        self._full_text = text
        super().setText(presentation_cover().mask(text))

    @property
    def full_text(self) -> str:
        """The text that was set, also while it is shown masked."""
        return self._full_text

    def set_ink(self, ink: str) -> None:
        if ink != self._ink:
            self._ink = ink
            self.restyle()

    def set_size(self, size: int) -> None:
        """Set the font size in logical pixels, before text scaling."""
        self._size = size
        self.restyle()

    def restyle(self) -> None:
        if presentation_cover().mask(self._full_text) != self.text():
            self.setText(self._full_text)
        set_font(self, self.face())
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme().colour(self._ink))
        self.setPalette(palette)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Polishing by the style sheet brings back the first colour of a label that has got another parent since.
        if self.palette().color(QPalette.ColorRole.WindowText) != theme().colour(self._ink):
            self.restyle()

    def face(self) -> QFont:
        return theme().font(self._size, self._weight)


class Title(Label):
    """The heading of a page."""

    base_size = Type.TITLE
    base_weight = Type.SEMIBOLD


class Heading(Label):
    """The heading of a section of a page."""

    base_size = Type.HEADING
    base_weight = Type.SEMIBOLD


class Silent(Label):
    """A visible label that repeats a control's accessible name. Assistive tools find the name once, on the control."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, size: int | None = None) -> None:
        accessible.install()
        super().__init__(text, parent, size=size)


accessible.give_role(Silent, QAccessible.Role.Client)


class Caption(Silent):
    """The label above a field."""

    base_size = Type.SMALL
    base_ink = "text2"


class PanelTitle(Silent):
    """The title above a list, a text or a group of controls."""

    base_weight = Type.SEMIBOLD


class Hint(Label):
    """A less prominent explanation."""

    base_size = Type.SMALL
    base_ink = "text3"


class ElidedLabel(Label):
    """A single line that is elided if it does not fit. The tooltip then shows the full text; `text()` always does."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: int | None = None,
        weight: int | None = None,
        ink: str | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        self._mode = mode
        super().__init__(text, parent, size=size, weight=weight, ink=ink)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._update_tooltip()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 3, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), self._shown())

    def _shown(self) -> str:
        line = " ".join(self.text().split())
        return self.fontMetrics().elidedText(line, self._mode, self.contentsRect().width())

    def _update_tooltip(self) -> None:
        shortened = self._shown() != " ".join(self.text().split())
        self.setToolTip(self.text() if shortened else "")
