"""The list of templates above the composer: a click inserts one, its last row saves the present text as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.core.prompt_library import MAX_NAME_LENGTH
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.rename_field import RenameField
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole

WIDTH = 480
ROW_HEIGHT = 50
MAX_ROWS = 6
SHADOW = 8
SAVE = "save"
"""Key of the row that saves the present text."""


class Template(NamedTuple):
    """A prompt as the list shows it: its first words, whether it is a system prompt, and how many versions it has."""

    key: str
    name: str
    words: str
    is_system: bool
    versions: int


class _HighlightDelegate(RowDelegate):
    """Paints the highlighted row like a selected one."""

    def __init__(self, rows: RowList, highlighted: Callable[[], str | None]) -> None:
        super().__init__(rows, height=ROW_HEIGHT)
        self._highlighted = highlighted

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown = QStyleOptionViewItem(option)
        if index.data(RowRole.KEY) == self._highlighted():
            shown.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, shown, index)


class TemplateList(Retranslated):
    """An overlay above the composer. The composer keeps the focus, so that moving through the list inserts nothing.

    Signals:
        chosen: key of the template to insert.
        save_chosen: the row that saves the present text was chosen.
        named: the name typed for a template that is saved or renamed.
        name_edited: the name typed so far.
        rename_pressed, delete_pressed: key of the highlighted template.
        escaped: Escape was pressed while a name was typed.
    """

    chosen = Signal(str)
    save_chosen = Signal()
    named = Signal(str)
    name_edited = Signal(str)
    rename_pressed = Signal(str)
    delete_pressed = Signal(str)
    escaped = Signal()

    def __init__(self, view: QWidget, composer: QWidget) -> None:
        super().__init__(view)
        self._view, self._composer = view, composer
        self._templates: tuple[Template, ...] = ()
        self._may_save = False
        self._model = RowModel()
        self.rows = RowList("")
        self.rows.setModel(self._model)
        self._highlighted: str | None = None
        self.rows.setItemDelegate(_HighlightDelegate(self.rows, lambda: self._highlighted))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.row_selected.connect(self._choose)
        self._hint = Hint(wrap=True)
        self.name = RenameField("")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.name.returnPressed.connect(lambda: self.named.emit(self.name.text()))
        self.name.textChanged.connect(self.name_edited)
        self.name.escaped.connect(self.escaped)
        self.name.hide()
        self.rename, self.delete = IconButton(Icon.EDIT, ""), IconButton(Icon.TRASH, "")
        self.rename.clicked.connect(lambda: self._act_on_template(self.rename_pressed.emit))
        self.delete.clicked.connect(lambda: self._act_on_template(self.delete_pressed.emit))
        for button in (self.rename, self.delete):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel = Panel()
        self._panel.set_shadow(SHADOW)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S4, Space.S8, 0)
        foot.setSpacing(Space.S4)
        words = QVBoxLayout()
        words.setSpacing(Space.S4)
        words.addWidget(self.name)
        words.addWidget(self._hint)
        foot.addLayout(words, 1)
        foot.addWidget(self.rename)
        foot.addWidget(self.delete)
        self._panel.body.setContentsMargins(0, Space.S8, 0, Space.S8)
        self._panel.body.addWidget(self.rows)
        self._panel.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        view.installEventFilter(self)
        composer.installEventFilter(self)
        self.hide()
        self.retranslate()

    @property
    def highlighted(self) -> str | None:
        """Key of the highlighted row: a template's, or `SAVE`."""
        return self._highlighted

    @property
    def is_naming(self) -> bool:
        """Whether a name is being typed."""
        return not self.name.isHidden()

    def show_templates(self, templates: Sequence[Template], *, may_save: bool) -> None:
        """Show these templates, and with `may_save` the row that saves the present text."""
        self._templates, self._may_save = tuple(templates), may_save
        self._set_rows()
        keys = [row.key for row in self._model.rows()]
        self.show()
        self._highlight(self._highlighted if self._highlighted in keys else keys[0] if keys else None)
        self._describe()
        self._place()
        self.raise_()

    def close_list(self) -> None:
        """Hide the list."""
        self.hide()
        self.end_naming()
        self._highlight(None)

    def step(self, by: int) -> None:
        """Move the highlight."""
        keys = [row.key for row in self._model.rows()]
        if keys:
            at = keys.index(self.highlighted) + by if self.highlighted in keys else 0
            self._highlight(keys[at % len(keys)])
            self._describe()

    def accept(self) -> bool:
        """Choose the highlighted row. False if there is none."""
        if self.highlighted is None:
            return False
        self._choose(self.highlighted)
        return True

    def ask_name(self, name: str, hint: str) -> None:
        """Ask for a name; `named` is emitted on Enter."""
        self.name.setText(name)
        self.name.selectAll()
        self.name.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_hint(hint)

    def show_hint(self, hint: str) -> None:
        """Show a hint below the name that is being typed."""
        self._hint.setText(hint)
        self._place()

    def end_naming(self) -> None:
        """Hide the field for the name."""
        self.name.hide()
        self.name.clear()
        self._describe()

    def _highlight(self, key: str | None) -> None:
        """Highlight a row without selecting it: assistive tools could not choose a row that is selected already."""
        self._highlighted = key
        row = self._model.row_of(key) if key is not None else -1
        index = self._model.index(row, 0) if row >= 0 else QModelIndex()
        self.rows.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if index.isValid():
            self.rows.scrollTo(index)
        self.rows.viewport().update()

    def _choose(self, key: str) -> None:
        self.rows.select_key(None)
        self._highlight(key)
        if key == SAVE:
            self.save_chosen.emit()
        else:
            self.chosen.emit(key)

    def _act_on_template(self, act: Callable[[str], object]) -> None:
        """Call `act` with the key of the highlighted row, if that is a template."""
        if self.highlighted is not None and self.highlighted != SAVE:
            act(self.highlighted)

    def _set_rows(self) -> None:
        rows = [
            Row(template.key, template.name, template.words, badge=self._badge(template))
            for template in self._templates
        ]
        if self._may_save:
            title = QCoreApplication.translate("Templates", "Save this text as a template")
            rows.append(Row(SAVE, title))
        self._model.set_rows(rows)
        self.rows.setVisible(bool(rows))

    def _badge(self, template: Template) -> str:
        if template.is_system:
            kind = QCoreApplication.translate("Templates", "System prompt")
        else:
            kind = QCoreApplication.translate("Templates", "Message")
        return f"{kind} · v{template.versions}" if template.versions > 1 else kind

    def _describe(self) -> None:
        is_template = self.highlighted not in (None, SAVE)
        self.rename.setVisible(is_template and not self.is_naming)
        self.delete.setVisible(is_template and not self.is_naming)
        if self.is_naming:
            return
        if self._templates:
            hint = QCoreApplication.translate("Templates", "Enter inserts. Escape keeps what you typed.")
        elif self._may_save:
            hint = QCoreApplication.translate("Templates", "No templates yet.")
        else:
            hint = QCoreApplication.translate(
                "Templates", "No templates yet. Type a text, then press Templates to save it."
            )
        self._hint.setText(hint)

    def _place(self) -> None:
        if self.isHidden():
            return
        frame = self._composer.geometry()
        width = min(theme().px(WIDTH), frame.width()) + 2 * SHADOW
        self.setFixedWidth(width)
        row = theme().px(ROW_HEIGHT)
        self.rows.setFixedHeight(row * min(self._model.rowCount(), MAX_ROWS))
        self._activate()
        # In a low window, or with large type, fewer rows fit above the composer.
        missing = max(0, self.sizeHint().height() - frame.top())
        if missing:
            self.rows.setFixedHeight(max(row, self.rows.height() - missing))
            self._activate()
        height = self.sizeHint().height()
        self.setGeometry(frame.left(), frame.top() - height + SHADOW, width, height)

    def _activate(self) -> None:
        """Compute the layouts now; otherwise they would be from the event loop, with the rows of before."""
        for part in (self._panel, self):
            layout = part.layout()
            assert layout is not None
            layout.invalidate()
            layout.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        if watched is self._view and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            # Afterwards: the view raises its side panel, where that lies over the transcript.
            QTimer.singleShot(0, self, self.raise_)
        return False

    def retranslate(self) -> None:
        self.rows.setAccessibleName(QCoreApplication.translate("Templates", "Template list"))
        self.name.setAccessibleName(QCoreApplication.translate("Templates", "Template name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Templates", "Name of the template, then Enter"))
        self.rename.set_name(QCoreApplication.translate("Templates", "Rename template"))
        self.rename.setToolTip(QCoreApplication.translate("Templates", "Rename template (F2)"))
        self.delete.set_name(QCoreApplication.translate("Templates", "Delete template"))
        self.delete.setToolTip(QCoreApplication.translate("Templates", "Delete template (Shift+Delete)"))
        if self.isVisible():
            self._set_rows()
            self._describe()
