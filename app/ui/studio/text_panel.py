"""Edits the text to speak: highlighted tags, the tag palette, and the linter's findings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.settings import RECENT_TAGS, Settings
from app.core.tag_linter import lint
from app.core.tags import (
    MAX_ADVISED_LENGTH,
    TagKind,
    language_of,
    matching,
    palette,
    sings,
    tags_in,
    with_singing,
    with_style,
    with_tag,
)
from app.ui.retranslate import Retranslated
from app.ui.studio.lint_bar import LintBar
from app.ui.studio.tag_list import TagList, tag_row_height
from app.ui.texts.numbers import count
from app.ui.texts.speech import tag_group
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space, Type
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import SearchField, TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import ElidedLabel, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.switch import Switch

MAX_RECENT_TAGS = 12
_SEARCH_WIDTH = 160
_STACK_BELOW = 600
QWIDGETSIZE_MAX = (1 << 24) - 1


class _TagHighlighter(QSyntaxHighlighter):
    """Highlights tags. Positions refer to the whole text."""

    def __init__(self, document: QTextDocument, owner: QObject) -> None:
        super().__init__(owner)
        self._tags: list[tuple[int, int, str]] | None = None
        # Connected before Qt's own slot, which highlights at once and must not use outdated ranges.
        document.contentsChange.connect(self._invalidate)
        self.setDocument(document)
        theme().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        for start, stop, token in self._tag_ranges():
            if block.contains(start):
                text_format = QTextCharFormat()
                text_format.setForeground(theme().colour(token))
                text_format.setBackground(theme().colour(f"{token}_soft"))
                text_format.setFontWeight(QFont.Weight.Medium)
                self.setFormat(start - block.position(), stop - start, text_format)

    def _tag_ranges(self) -> list[tuple[int, int, str]]:
        """Start, end and color token of every tag, computed once per state of the text."""
        if self._tags is None:
            plain_text = self.document().toPlainText()
            self._tags = [
                (
                    _qt_position(plain_text, tag.start),
                    _qt_position(plain_text, tag.stop),
                    "thinking" if tag.kind == "style" else "tool",
                )
                for tag in tags_in(plain_text)
            ]
        return self._tags

    def _invalidate(self) -> None:
        self._tags = None


class _TextEditor(TextArea):
    """A text area at least as tall as its text, within its limits, that also fills the available height."""

    def __init__(self) -> None:
        super().__init__("", size=Type.SPEAK, min_lines=3, max_lines=9, bare=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def setFixedHeight(self, tall: int) -> None:
        """Set the height the text needs as the minimum height."""
        self.setMinimumHeight(tall)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _shows_whole_lines(self) -> bool:
        return True


class TextPanel(Retranslated):
    """The panel with the text, its tags and its findings."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._supports_tags, self._supports_singing = True, True
        self._is_short = False
        self._group = palette()[0].name
        self.panel = Panel()
        self.plan = Hint()
        self._count = Hint()
        self.text = _TextEditor()
        self._highlighter = _TagHighlighter(self.text.document(), self)
        self.text.textChanged.connect(self._on_text_change)
        self.sing = Switch()
        self.sing.toggled.connect(self._toggle_singing)
        self.search = SearchField("")
        self.search.textChanged.connect(self._show_tags)
        self.search.installEventFilter(self)
        self._groups = QWidget()
        self._group_flow = FlowLayout(self._groups)
        self._chips: dict[str, Chip] = {}
        for name in ("recent", *(group.name for group in palette())):
            chip = Chip(name)
            chip.clicked.connect(lambda _on, name=name: self._choose_group(name))
            self._chips[name] = chip
            self._group_flow.addWidget(chip)
        self.tags = TagList("")
        self._tag_model = RowModel()
        self.tags.setModel(self._tag_model)
        self.tags.tag_chosen.connect(self._insert)
        self.no_tags = ElidedLabel("", size=Type.SMALL, ink="text3")
        self.no_tags.hide()
        self.lint = LintBar()
        self.lint.text_fixed.connect(self._apply_fix)
        self.foot = QHBoxLayout()
        self.notice, self.choice_notice = InlineNotice(dismissable=True), InlineNotice(dismissable=True)
        self._notices = OverlaidNotices(self.text, self.text.reserve, self.notice, self.choice_notice)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self.panel.add_action(self.plan)
        self.panel.add_action(self._count)
        text_area = QVBoxLayout()
        text_area.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        text_area.addWidget(self.text, 1)
        text_area.addWidget(self.lint)
        tag_area = QVBoxLayout()
        tag_area.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        tag_area.setSpacing(Space.S8)
        self._search_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._search_row.setSpacing(Space.S8)
        self._search_row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        self._search_row.addWidget(self._groups, 1)
        tag_area.addLayout(self._search_row)
        tag_stack = QGridLayout()
        tag_stack.addWidget(self.tags, 0, 0)
        tag_stack.addWidget(self.no_tags, 0, 0, Qt.AlignmentFlag.AlignTop)
        tag_area.addLayout(tag_stack)
        self.foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        self.foot.setSpacing(Space.S8)
        body = self.panel.body
        body.addLayout(text_area, 1)
        body.addWidget(Divider())
        body.addLayout(tag_area)
        body.addWidget(Divider())
        body.addLayout(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panel)
        theme().changed.connect(self._fit)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the found tags and insert one, with the keys of the search field."""
        if watched is self.search and event.type() == QEvent.Type.FocusOut:
            self._mark(None)
        if watched is not self.search or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._mark(1)
            case Qt.Key.Key_Up:
                self._mark(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._insert_marked()
            case _:
                return False
        return True

    def _mark(self, by: int | None) -> None:
        """Mark the next tag in a direction, or none. The search field keeps the focus and names the marked tag."""
        if by is None:
            self.tags.unmark()
        else:
            self.tags.mark(by)
        self.search.setAccessibleDescription((self.tags.marked() or "").partition(":")[2])

    def _insert_marked(self) -> None:
        """Insert the marked tag, or the first one that was found."""
        if self.tags.marked() is None and self.search.text().strip():
            self._mark(1)
        key = self.tags.marked()
        if key is not None:
            self._insert(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_short(self, short: bool) -> None:
        """Shrink the text if height is scarce, so that the Speak button stays visible."""
        self._is_short = short
        self.text.set_lines(3, 3 if short else 9)
        self._fit()

    def set_low(self, low: bool) -> None:
        """Show one finding at a time if there is no room for more without moving what is below."""
        self.lint.set_max_rows(1 if low else 3)

    def _fit(self) -> None:
        """Put the search field beside the tag groups, or above them when the panel is narrow."""
        px = theme().px
        narrow = self.width() < px(_STACK_BELOW)
        directions = QBoxLayout.Direction
        self._search_row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self.search.setMinimumWidth(px(_SEARCH_WIDTH))
        self.search.setMaximumWidth(QWIDGETSIZE_MAX if narrow else px(_SEARCH_WIDTH))
        # Whole rows of tags: one with large text or little height, else two.
        rows = 1 if px(100) > LARGE or (self._is_short and narrow) else 2
        self.tags.setFixedHeight(rows * tag_row_height())

    def plain_text(self) -> str:
        return self.text.toPlainText()

    def set_plain_text(self, text: str) -> None:
        """Replace the whole text; undo restores the previous one."""
        if text == self.plain_text():
            return
        if self.text.is_covered:
            self.text.setPlainText(text)
            return
        cursor = self.text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    def _apply_fix(self, text: str) -> None:
        self.set_plain_text(text)
        self.text.setFocus()

    def set_supported(self, *, tags: bool, singing: bool) -> None:
        """Set what the chosen model supports."""
        self._supports_tags, self._supports_singing = tags, singing
        self.sing.setEnabled(singing)
        self._on_text_change()

    def _on_text_change(self) -> None:
        text = self.plain_text()
        self.sing.blockSignals(True)
        self.sing.setChecked(sings(text))
        self.sing.blockSignals(False)
        self.lint.show_findings(lint(text, tags=self._supports_tags, singing=self._supports_singing))
        self._count.set_ink("warn" if len(text) > MAX_ADVISED_LENGTH else "text3")
        self._count.setText(
            QCoreApplication.translate("Studio", "{n} / {most} characters").format(
                n=count(len(text)), most=count(MAX_ADVISED_LENGTH)
            )
        )
        self._show_tags()

    def _toggle_singing(self, on: bool) -> None:
        self.set_plain_text(with_singing(self.plain_text(), on))

    def _choose_group(self, name: str) -> None:
        """Show the tags of a group in place of those that were searched for."""
        self._group = name
        self.search.clear()
        self._show_tags()

    def _show_tags(self) -> None:
        language, query = language_of(self.plain_text()), self.search.text().strip()
        for name, chip in self._chips.items():
            chip.setChecked(name == self._group and not query)
        tags: Sequence[tuple[str, TagKind]]
        if query:
            tags = matching(query, language)
        elif self._group == "recent":
            tags = [tuple(entry.split(":", 1)[::-1]) for entry in self._settings.get(RECENT_TAGS)]  # type: ignore[misc]
        else:
            group = next(group for group in palette() if group.name == self._group)
            tags = [(tag, group.kind) for tag in group.tags(language)]
        rows = [Row(f"{kind}:{tag}", tag) for tag, kind in dict.fromkeys(tags)]
        if [row.key for row in rows] != [row.key for row in self._tag_model.rows()]:
            self._mark(None)
            self.tags.select_key(None)
            self._tag_model.set_rows(rows)
        self.no_tags.setText(self._no_tags_text(query) if not rows else "")
        self.no_tags.setVisible(not rows)

    @staticmethod
    def _no_tags_text(query: str) -> str:
        if not query:
            return QCoreApplication.translate("Studio", "The tags you use appear here.")
        return QCoreApplication.translate(
            "Studio", "No tag matches “{words}”. You can still try any text in brackets."
        ).format(words=query)

    def _insert(self, key: str) -> None:
        """Insert a tag at the cursor or before the selection, which stays selected; a style tag goes to the front."""
        kind, tag = key.split(":", 1)
        text = self.plain_text()
        if kind == "style":
            self._replace_changed(text, with_style(text, tag))
        else:
            shown = self.text.document().toPlainText()
            at = len(_utf16(shown)[: self.text.textCursor().selectionStart() * 2].decode("utf-16-le"))
            if shown[:at] != text[:at]:  # Something before the cursor is masked.
                at = len(text)
            self._replace_changed(text, with_tag(text, tag, at)[0])
        recent = [key, *(other for other in self._settings.get(RECENT_TAGS) if other != key)]
        self._settings.set(RECENT_TAGS, recent[:MAX_RECENT_TAGS])
        self.tags.select_key(None)
        self.text.setFocus()

    def _replace_changed(self, before: str, after: str) -> None:
        """Replace only the part that differs, so that cursor and selection stay on the same text."""
        if before == after:
            return
        if self.text.is_covered:
            self.text.setPlainText(after)
            return
        prefix = _common_prefix_length(before, after)
        suffix = _common_prefix_length(before[prefix:][::-1], after[prefix:][::-1])
        cursor = self.text.textCursor()
        cursor.setPosition(_qt_position(before, prefix))
        cursor.setPosition(_qt_position(before, len(before) - suffix), cursor.MoveMode.KeepAnchor)
        # One step of undo of its own. Qt merges a block of a single insertion with what is typed next to it, so the
        # block also inserts and removes a blank.
        cursor.beginEditBlock()
        cursor.insertText(after[prefix : len(after) - suffix] + " ")
        cursor.deletePreviousChar()
        cursor.endEditBlock()

    def retranslate(self) -> None:
        self.panel.set_title(QCoreApplication.translate("Studio", "Text to speak"))
        self.text.setAccessibleName(QCoreApplication.translate("Studio", "Text to speak"))
        self.text.setPlaceholderText(QCoreApplication.translate("Studio", "Write a line for a voice to speak."))
        self.sing.setText(QCoreApplication.translate("Studio", "Sing"))
        self.search.setAccessibleName(QCoreApplication.translate("Studio", "Search tags"))
        self.search.setPlaceholderText(QCoreApplication.translate("Studio", "Search tags"))
        self.tags.setAccessibleName(QCoreApplication.translate("Studio", "Tags"))
        self.lint.list.setAccessibleName(QCoreApplication.translate("Studio", "Lint"))
        for name, chip in self._chips.items():
            chip.setText(tag_group(name))
        self._on_text_change()


def _utf16(text: str) -> bytes:
    """The text as Qt counts it: document positions are UTF-16 code units, of which some characters take two."""
    return text.encode("utf-16-le")


def _qt_position(text: str, place: int) -> int:
    """Convert an index into a Python string to a position in a Qt document."""
    return len(_utf16(text[:place])) // 2


def _common_prefix_length(key_: str, other: str) -> int:
    """The length of the common prefix of two strings."""
    return next(
        (place for place, (a, b) in enumerate(zip(key_, other, strict=False)) if a != b), min(len(key_), len(other))
    )
