"""A combo box whose choice can also be typed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from app.core.presentation_mask import COVER
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CHIP_HEIGHT, CONTROL_HEIGHT, Radius, Space, Type
from app.ui.widgets.composition import ComposingLineEdit
from app.ui.widgets.hidden_rows import ListWithHiddenRows
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed, set_font

# An assistive tool may set a text in two steps, clearing it first; the refusal waits for the second.
_REFUSAL_DELAY_MS = 300
_FIELD_MARGINS = 5
"""Pixels that a line edit keeps beside its text."""
_UNKNOWN_CHOICE = "x" * 7
"""As wide as Qt thinks a choice is before there are any."""


class Choice(Themed, QComboBox):
    """A choice of one of several named options.

    It is an editable combo box without insertion, because that is what the accessibility tree can read and write: its
    line edit carries the name, its text is the current choice, and any listed choice typed or set as its text is
    accepted. While the presentation cover is active, the list and the text are masked; the keys are not.

    Signals:
        chosen: the key chosen by the user or an assistive tool; not emitted by `set_key`.
        refused: a text that matches no choice; the previous choice has been restored.
    """

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        compact: bool = False,
        free: bool = False,
        takes_keys: bool = False,
        searches: bool = False,
    ) -> None:
        """Create an empty choice.

        `compact` makes it look like a chip; `free` accepts a text that is not listed as a key of its own; `takes_keys`
        accepts the keys of the choices typed as well as their labels; `searches` lists the choices that contain what is
        typed, and Enter takes the only one.
        """
        super().__init__(parent)
        self._takes_keys = takes_keys
        self._compact = compact
        self._free = free
        self._committed: str | None = None
        self._labels: list[str] = []
        self._setting = False
        self._typing = False
        self.setEditable(True)
        self.setLineEdit(ComposingLineEdit(self))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Completion would turn a half-typed word into a choice the user did not make.
        self.setCompleter(None)  # type: ignore[arg-type]
        if searches:
            self._search_while_typing()
        self.setProperty("compact", compact)
        # A plain list view follows the style sheet; the native pop-up does not.
        self._list = ListWithHiddenRows()
        self.setView(self._list)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(
            QSizePolicy.Policy.Maximum if compact else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        self.setMaxVisibleItems(14)
        self._edit().installEventFilter(self)
        self._edit().textEdited.connect(self._typed)
        self._edit().textChanged.connect(self._text_changed)
        self._edit().editingFinished.connect(self._settle)
        self.activated.connect(self._commit)
        self._refusal = QTimer(self, singleShot=True, interval=_REFUSAL_DELAY_MS)
        self._refusal.timeout.connect(self._settle)
        self.set_name(name)
        self.follow_theme()

    def _search_while_typing(self) -> None:
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(self.maxVisibleItems())
        self.setCompleter(completer)
        completer.activated.connect(lambda text: self._commit(self._row_of(str(text))))
        self._edit().returnPressed.connect(self._take_only_match)

    def _take_only_match(self) -> None:
        text = self.currentText().strip().casefold()
        rows = [row for row in range(self.count()) if text in self.itemText(row).casefold()]
        if self._typing and text and len(rows) == 1:
            self._commit(rows[0])

    def sizeHint(self) -> QSize:
        """The style counts the choices, but not the margins of the field, its cursor, and what it says while empty."""
        hint, wide, empty = super().sizeHint(), self.fontMetrics().horizontalAdvance, self.lineEdit()
        counted = max((wide(self.itemText(row)) for row in range(self.count())), default=wide(_UNKNOWN_CHOICE))
        more = max(0, wide(empty.placeholderText()) - counted) if empty is not None else 0
        return QSize(hint.width() + _FIELD_MARGINS + more, hint.height())

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self._edit().setAccessibleName(name)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Replace the choices: pairs of key and label.

        The current choice is kept if it is still listed, and so is the text being typed.
        """
        kept, typed = self._committed, self.currentText() if self._typing else None
        place = self._edit().cursorPosition()
        self._setting = True
        self.clear()
        self._labels = []
        for key, words in choices:
            self._labels.append(words)
            self.addItem(presentation_cover().mask(words), key)
        self._setting = False
        self._show_key(kept if kept is not None and (self._free or self.findData(kept) >= 0) else None)
        if typed is not None and self._committed == kept:
            self._setting = True
            self.setEditText(typed)
            self._edit().setCursorPosition(place)
            self._setting = False
            self._typing = True

    def key(self) -> str | None:
        """The key of the current choice, None if there is none."""
        return self._committed

    def set_key(self, key: str | None) -> None:
        """Select a choice without emitting `chosen`. A key that is not listed clears the choice, unless `free`.

        If it is already selected, the text the user is typing is left alone.
        """
        if key is not None and not self._free and self.findData(key) < 0:
            key = None
        if key != self._committed or not self._typing:
            self._show_key(key)

    def restyle(self) -> None:
        self._apply_cover()
        colours = theme()
        font = colours.font(Type.SMALL if self._compact else Type.CONTROL)
        set_font(self, font)
        set_font(self._edit(), font)
        set_font(self.view(), colours.font(Type.CONTROL))
        tall = colours.px(CHIP_HEIGHT if self._compact else CONTROL_HEIGHT)
        self.setFixedHeight(tall)
        self.ring_radius = tall / 2 if self._compact else Radius.CONTROL
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(56 if self._compact else 90), self.sizeHint().height())

    def showPopup(self) -> None:
        wide = self.view().sizeHintForColumn(0) + 2 * Space.S24
        self.view().setMinimumWidth(min(max(wide, self.width()), theme().px(420)))
        # Qt makes the pop-up as high as the places of its rows, before it is shown.
        with self._list.measured():
            super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the page with the pointer over the box must not change the choice.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme().px(16)
        mark = pixmap(Icon.CHEVRON_DOWN, "text2" if self.isEnabled() else "text3", 16, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - side - Space.S8, (self.height() - side) // 2, mark)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.lineEdit() and self.isEnabled() and isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._typing:
            self._show_key(self._committed)
            return
        super().keyPressEvent(event)

    def _on_mouse(self, event: QMouseEvent) -> bool:
        """Open the list with a click on the text: on the release, which would close a list opened by the press."""
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            if self._edit().rect().contains(event.position().toPoint()):
                self.showPopup()
            return True
        return event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)

    def _edit(self) -> QLineEdit:
        edit = self.lineEdit()
        assert edit is not None
        return edit

    def _apply_cover(self) -> None:
        """Mask or unmask the labels; the text being typed is left alone."""
        self._setting = True
        typed = self.currentText() if self._typing else None
        for row, words in enumerate(self._labels):
            covered = presentation_cover().mask(words)
            if covered != self.itemText(row):
                self.setItemText(row, covered)
        shown = self._shown() if typed is None else typed
        if shown != self.currentText():
            self.setEditText(shown)
        self._setting = False

    def _show_key(self, key: str | None) -> None:
        self._setting = True
        self._committed = key
        self.setCurrentIndex(-1 if key is None else self.findData(key))
        self.setEditText(self._shown())
        self._edit().setCursorPosition(0)
        self._setting = False
        self._typing = False

    def _typed(self) -> None:
        self._typing = True

    def _text_changed(self, text: str) -> None:
        self._refusal.stop()
        if self._setting or text == self._shown():
            return
        row = self._row_of(text)
        if row >= 0 and not (self._typing and self._is_prefix_of_another(text)):
            self._commit(row)
        elif not self._typing:
            self._refusal.start()

    def _row_of(self, text: str, *, any_case: bool = False) -> int:
        """The row with this label, masked or not; -1 for none."""

        def plain(words: str) -> str:
            return words.casefold() if any_case else words

        def matches(row: int) -> bool:
            key = str(self.itemData(row)) if self._takes_keys else self._labels[row]
            return plain(text) in (plain(self.itemText(row)), plain(self._labels[row]), plain(key))

        # Of several with the same label, prefer the one picked from the list, which is already current.
        rows = (self.currentIndex(), *range(self.count()))
        return next((row for row in rows if row >= 0 and matches(row)), -1)

    def _is_prefix_of_another(self, text: str) -> bool:
        """Whether a longer choice begins with the text typed so far."""
        keys = [str(self.itemData(row)) for row in range(self.count())] if self._takes_keys else []
        return any(words != text and words.startswith(text) for words in (*self._labels, *keys))

    def _settle(self) -> None:
        """Commit or refuse the text: on Enter, on leaving the field, or if a text set from outside matches nothing."""
        self._refusal.stop()
        text = self.currentText().strip()
        if text == self._shown():
            self._typing = False
            return
        row = self._row_of(text, any_case=True)
        if row >= 0:
            self._commit(row)
        elif self._free and text and COVER not in text:  # A masked text is not a key.
            self._choose(text)
        else:
            self._show_key(self._committed)
            self.refused.emit(text)

    def _shown(self) -> str:
        """The label of the current choice, as shown."""
        row = -1 if self._committed is None else self.findData(self._committed)
        return self.itemText(row) if row >= 0 else presentation_cover().mask(self._committed or "")

    def _commit(self, row: int) -> None:
        self._choose(str(self.itemData(row)))

    def _choose(self, key: str) -> None:
        changed = key != self._committed
        self._show_key(key)
        if changed:
            self.chosen.emit(key)
