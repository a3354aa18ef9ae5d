"""One prompt: name, tags and kind above its text, variables below it, and what can be done with it at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.core.prompt_library import MAX_NAME_LENGTH, MAX_NOTE_LENGTH, MAX_TAG_LENGTH, PromptKind
from app.ui.bench.prompts.prompt_editor import PromptEditor
from app.ui.bench.prompts.variable_rows import VariableRows
from app.ui.retranslate import Retranslated
from app.ui.texts.prompts import kind_name
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton
from app.ui.widgets.chip_row import ChipRow
from app.ui.widgets.chips import Badge
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, ElidedLabel, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.rename_field import RenameField
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.wrapping_row import WrappingRow

_KINDS: tuple[PromptKind, ...] = ("system", "prompt")
_TAG_FIELD_WIDTH = 130
_TIGHT_BELOW = 340
"""Height, in logical pixels before text scaling, below which only the title stands above the text."""
_TIGHT_SHARE = 0.62
"""Of the height, for the text where room is tight; the rest is scrolled to."""
_NOTE_WIDTH = 120


class TextColumn(Retranslated):
    """Shows one prompt.

    Signals:
        renamed, tagged: a name, or a tag, was typed and is to be used.
        tag_removed: the tag that is not wanted any more.
    """

    renamed = Signal(str)
    tagged = Signal(str)
    tag_removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._full_name = ""
        self.title = ElidedLabel(weight=Type.SEMIBOLD)
        self.name = RenameField("")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.badge = Badge("", "accent")
        self.tags, self.new_tag = ChipRow(), RenameField("")
        self.new_tag.setMaxLength(MAX_TAG_LENGTH)
        self.add_tag, self.rename = IconButton(Icon.PLUS, "", side=24), IconButton(Icon.EDIT, "")
        self.delete = IconButton(Icon.TRASH, "")
        self.kind, self._kind_caption = SegmentedChoice(""), Caption()
        self.tokens, self.notice = Hint(), InlineNotice()
        self.editor, self.variables = PromptEditor(), VariableRows()
        self.note = LineField("")
        self.note.setMaxLength(MAX_NOTE_LENGTH)
        self.save = Button("")
        self.to_bench, self.to_chat = Button("", Icon.BENCH), PrimaryButton("")
        self._lay_out()
        self._connect()
        self._has_prompt = True
        self.retranslate()
        self.show_nothing()

    def _lay_out(self) -> None:
        self.tags.add(self.add_tag)
        self.tags.add(self.new_tag)
        self.new_tag.setFixedWidth(theme().px(_TAG_FIELD_WIDTH))
        head = QHBoxLayout()
        head.setSpacing(Space.S8)
        head.addWidget(self.title)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge)
        head.addStretch(1)
        head.addWidget(self.rename)
        head.addWidget(self.delete)
        self._kinds = QWidget()
        kinds = QHBoxLayout(self._kinds)
        kinds.setContentsMargins(0, 0, 0, 0)
        kinds.setSpacing(Space.S8)
        kinds.addWidget(self._kind_caption)
        kinds.addWidget(self.kind)
        kinds.addStretch(1)
        kinds.addWidget(self.tokens)
        inside = QWidget()
        middle = self._middle = QVBoxLayout(inside)
        middle.setContentsMargins(Space.S16, Space.S4, Space.S16, Space.S12)
        middle.setSpacing(Space.S8)
        middle.addLayout(head)
        middle.addWidget(self.tags)
        middle.addWidget(self._kinds)
        middle.addWidget(self.notice)
        middle.addWidget(self.editor, 1)
        middle.addWidget(self.variables)
        uses = WrappingRow(self.save, self.to_bench, self.to_chat)
        self._foot = QWidget()
        foot = self._foot_row = QHBoxLayout(self._foot)
        foot.setSpacing(Space.S8)
        self.note.setMinimumWidth(theme().px(_NOTE_WIDTH))
        foot.addWidget(self.note, 1, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(uses)
        panel = self._panel = Panel()
        panel.body.setContentsMargins(0, Space.S8, 0, Space.S8)
        panel.body.addWidget(ScrollArea(inside), 1)
        self._divider = Divider()
        panel.body.addWidget(self._divider)
        panel.body.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.name.hide()
        self.new_tag.hide()
        self._is_tight: bool | None = None
        theme().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the text most of the height where there is little, as at a large text size: the rest is scrolled to."""
        is_tight = 0 < self.height() < theme().px(_TIGHT_BELOW)
        self.editor.set_least(round(_TIGHT_SHARE * self.height()) if is_tight else 0)
        if is_tight == self._is_tight:
            return
        self._is_tight = is_tight
        focused = QApplication.focusWidget()
        for part in (self.tags, self._kinds, self._foot):
            self._middle.removeWidget(part)
        if is_tight:
            self._middle.insertWidget(self._middle.indexOf(self.editor) + 1, self._foot)
            for part in (self.tags, self._kinds):
                self._middle.addWidget(part)
        else:
            for part in (self._kinds, self.tags):
                self._middle.insertWidget(1, part)
            self._panel.body.addWidget(self._foot)
        side = 0 if is_tight else Space.S16
        self._foot_row.setContentsMargins(side, Space.S8, side, Space.S4)
        self._divider.setVisible(not is_tight)
        if focused is not None and self.isAncestorOf(focused):
            focused.setFocus()

    def _connect(self) -> None:
        self.rename.clicked.connect(self._ask_name)
        self.name.returnPressed.connect(self._end_naming)
        self.name.left.connect(self._end_naming)
        self.name.escaped.connect(self._cancel_naming)
        self.add_tag.clicked.connect(self._ask_tag)
        self.new_tag.returnPressed.connect(self._end_tagging)
        self.new_tag.left.connect(self._end_tagging)
        self.new_tag.escaped.connect(self._cancel_tagging)
        self.tags.pressed.connect(self.tag_removed)

    def show_nothing(self) -> None:
        """Show that no prompt is open."""
        self._has_prompt = False
        self.editor.show_text("")
        self.badge.hide()
        self.tokens.setText("")
        self.notice.clear()
        self.variables.show_variables({}, {})
        self.show_tags((), may_add=False)
        for part in self.controls():
            part.setEnabled(False)
        self.show_name("", QCoreApplication.translate("Prompts", "No prompt is open"))
        self._has_prompt = False

    # -- name -----------------------------------------------------------------------------------------------------

    def show_name(self, name: str, shown: str) -> None:
        """Show the name; `shown` is what stands for an empty one."""
        self._full_name, self._has_prompt = name, True
        self.title.setText(shown)

    def _ask_name(self) -> None:
        self.name.setText(self._full_name)
        self.name.selectAll()
        self.title.hide()
        self.name.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_naming(self) -> None:
        typed = self.name.text()
        if self.name.isHidden():
            return
        self._cancel_naming()
        if typed != self._full_name:
            self.renamed.emit(typed)

    def _cancel_naming(self) -> None:
        had_focus = self.name.hasFocus()
        self.name.hide()
        self.title.show()
        if had_focus:
            self.rename.setFocus()

    # -- tags -----------------------------------------------------------------------------------------------------

    def show_tags(self, tags: Sequence[str], *, may_add: bool) -> None:
        remove = QCoreApplication.translate("Prompts", "Remove tag {tag}")
        self.tags.show_chips([(tag, tag, remove.format(tag=tag)) for tag in tags], Icon.CLOSE)
        self.add_tag.setEnabled(may_add)

    def _ask_tag(self) -> None:
        self.new_tag.clear()
        self.new_tag.show()
        self.new_tag.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_tagging(self) -> None:
        typed = self.new_tag.text()
        if self.new_tag.isHidden():
            return
        self._cancel_tagging()
        if typed.strip():
            self.tagged.emit(typed)

    def _cancel_tagging(self) -> None:
        had_focus = self.new_tag.hasFocus()
        self.new_tag.hide()
        if had_focus:
            self.add_tag.setFocus()

    # -- everything -----------------------------------------------------------------------------------------------

    def controls(self) -> tuple[QWidget, ...]:
        """What needs a prompt to act on."""
        return (
            self.rename, self.delete, self.add_tag, self.kind, self.note, self.save, self.to_bench, self.to_chat,
        )  # fmt: skip

    def retranslate(self) -> None:
        self.name.setAccessibleName(QCoreApplication.translate("Prompts", "Prompt name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Prompts", "Name of the prompt, then Enter"))
        self.rename.set_name(QCoreApplication.translate("Prompts", "Rename prompt"))
        self.delete.set_name(QCoreApplication.translate("Prompts", "Delete prompt"))
        self.add_tag.set_name(QCoreApplication.translate("Prompts", "Add tag"))
        self.new_tag.setAccessibleName(QCoreApplication.translate("Prompts", "New tag"))
        self.new_tag.setPlaceholderText(QCoreApplication.translate("Prompts", "Tag, then Enter"))
        key = self.kind.key()
        self._kind_caption.setText(QCoreApplication.translate("Prompts", "Kind"))
        self.kind.set_name(QCoreApplication.translate("Prompts", "Prompt kind"))
        self.kind.set_choices([(kind, kind_name(kind)) for kind in _KINDS])
        self.kind.set_key(key or "prompt")
        self.editor.setAccessibleName(QCoreApplication.translate("Prompts", "Prompt text"))
        self.editor.setPlaceholderText(
            QCoreApplication.translate("Prompts", "Write the prompt. {{name}} makes a variable.")
        )
        self.note.setAccessibleName(QCoreApplication.translate("Prompts", "Version note"))
        self.note.setPlaceholderText(QCoreApplication.translate("Prompts", "What changed, in a few words"))
        self.save.setText(QCoreApplication.translate("Prompts", "Save version"))
        self.to_bench.setText(QCoreApplication.translate("Prompts", "Use in Bench"))
        self.to_chat.setText(QCoreApplication.translate("Prompts", "Use in Chat"))
        if not self._has_prompt:
            self.title.setText(QCoreApplication.translate("Prompts", "No prompt is open"))
