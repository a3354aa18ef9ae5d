"""The text to speak, its tags as tokens, the palette, and what the linter says."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
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
from app.ui.studio.tag_list import TagList, tag_tall
from app.ui.texts.numbers import count
from app.ui.texts.speech import tag_group
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space, Type
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import SearchField, TextArea
from app.ui.widgets.labels import ElidedLabel, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.rows import Row, RowModel
from app.ui.widgets.scroll import FlowLayout
from app.ui.widgets.switch import Switch

MOST_RECENT = 12
_SEARCH_WIDE = 160
_GROUPS_WIDE = 600
QWIDGETSIZE_MAX = (1 << 24) - 1


class _TagInk(QSyntaxHighlighter):
    """Colours tags; positions are those of the whole text."""

    def __init__(self, document: QTextDocument, owner: QObject) -> None:
        super().__init__(owner)
        self._tags: list[tuple[int, int, str]] | None = None
        # Before Qt's own connection, which colours at once: what was read is out of date then.
        document.contentsChange.connect(self._forget)
        self.setDocument(document)
        theme().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        for start, stop, token in self._read():
            if block.contains(start):
                shape = QTextCharFormat()
                shape.setForeground(theme().colour(token))
                shape.setBackground(theme().colour(f"{token}_soft"))
                shape.setFontWeight(QFont.Weight.Medium)
                self.setFormat(start - block.position(), stop - start, shape)

    def _read(self) -> list[tuple[int, int, str]]:
        """Begin, end and colour of every tag, read once for all blocks of one state of the text."""
        if self._tags is None:
            words = self.document().toPlainText()
            self._tags = [
                (_place(words, tag.start), _place(words, tag.stop), "thinking" if tag.kind == "style" else "tool")
                for tag in tags_in(words)
            ]
        return self._tags

    def _forget(self) -> None:
        self._tags = None


class _Sheet(TextArea):
    """As tall as its words, within its lines, and as tall as there is room for."""

    def __init__(self) -> None:
        super().__init__("", size=Type.SPEAK, least=3, most=9, bare=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def setFixedHeight(self, tall: int) -> None:
        """What its words need is the least it gets."""
        self.setMinimumHeight(tall)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole lines only: what is left below the last one stays empty."""
        super().resizeEvent(event)
        lines = self._line_heights(1)
        room = self.height() - round(2 * self.document().documentMargin())
        rest = math.floor(room % lines[0]) if lines else 0
        if rest != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, rest)


class TextPanel(Retranslated):
    """Edits the text."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._takes_tags, self._takes_singing = True, True
        self._short = False
        self._group = palette()[0].name
        self.panel = Panel()
        self._count = Hint()
        self.text = _Sheet()
        self._ink = _TagInk(self.text.document(), self)
        self.text.textChanged.connect(self._changed)
        self.sing = Switch()
        self.sing.toggled.connect(self._sing)
        self.search = SearchField("")
        self.search.textChanged.connect(self._show_tags)
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
        self.tags.row_selected.connect(self._insert)
        self.none = ElidedLabel("", size=Type.SMALL, ink="text3")
        self.none.hide()
        self.lint = LintBar()
        self.lint.mended.connect(self.set_words)
        self.foot = QHBoxLayout()
        self._remarks = QVBoxLayout()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self.panel.add_action(self._count)
        writing = QVBoxLayout()
        writing.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        writing.addWidget(self.text, 1)
        writing.addWidget(self.lint)
        choosing = QVBoxLayout()
        choosing.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        choosing.setSpacing(Space.S8)
        self._finding = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._finding.setSpacing(Space.S8)
        self._finding.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        self._finding.addWidget(self._groups, 1)
        choosing.addLayout(self._finding)
        either = QGridLayout()
        either.addWidget(self.tags, 0, 0)
        either.addWidget(self.none, 0, 0, Qt.AlignmentFlag.AlignTop)
        choosing.addLayout(either)
        self.foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        self.foot.setSpacing(Space.S8)
        self._remarks.setContentsMargins(Space.S16, 0, Space.S16, 0)
        body = self.panel.body
        body.addLayout(writing, 1)
        body.addWidget(Divider())
        body.addLayout(choosing)
        body.addWidget(Divider())
        body.addLayout(self._remarks)
        body.addLayout(self.foot)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.panel)
        theme().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_short(self, short: bool) -> None:
        """Whether room is so low that the text is to give way: the button below it stays in sight."""
        self._short = short
        self.text.set_lines(3, 3 if short else 9)
        self._fit()

    def _fit(self) -> None:
        """The search stands before the groups, or over them where they would take too many lines."""
        px = theme().px
        narrow = self.width() < px(_GROUPS_WIDE)
        directions = QBoxLayout.Direction
        self._finding.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self.search.setMinimumWidth(px(_SEARCH_WIDE))
        self.search.setMaximumWidth(QWIDGETSIZE_MAX if narrow else px(_SEARCH_WIDE))
        # Whole rows of tags; one where type is large or room is low.
        rows = 1 if px(100) > LARGE or (self._short and narrow) else 2
        self.tags.setFixedHeight(rows * tag_tall())

    def add_notice(self, notice: InlineNotice) -> None:
        """What concerns the choices of the last row is said over it."""
        self._remarks.addWidget(notice)

    def in_order(self) -> tuple[QWidget, ...]:
        """Its controls as they are read, down to those of the last row."""
        return self.text, self.lint.list, self.lint.fix, self.search, *self._chips.values(), self.tags

    def words(self) -> str:
        return self.text.toPlainText()

    def set_words(self, text: str) -> None:
        """Replace the whole text; undo brings the former back."""
        if text == self.words():
            return
        cursor = self.text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    def set_abilities(self, *, tags: bool, singing: bool) -> None:
        """What the chosen model takes."""
        self._takes_tags, self._takes_singing = tags, singing
        self.sing.setEnabled(singing)
        self._changed()

    def _changed(self) -> None:
        text = self.words()
        self.sing.blockSignals(True)
        self.sing.setChecked(sings(text))
        self.sing.blockSignals(False)
        self.lint.show_findings(lint(text, tags=self._takes_tags, singing=self._takes_singing))
        self._count.set_ink("warn" if len(text) > MAX_ADVISED_LENGTH else "text3")
        self._count.setText(
            QCoreApplication.translate("Studio", "{n} / {most} characters").format(
                n=count(len(text)), most=count(MAX_ADVISED_LENGTH)
            )
        )
        self._show_tags()

    def _sing(self, on: bool) -> None:
        self.set_words(with_singing(self.words(), on))

    def _choose_group(self, name: str) -> None:
        self._group = name
        self._show_tags()

    def _show_tags(self) -> None:
        for name, chip in self._chips.items():
            chip.setChecked(name == self._group)
        language, wanted = language_of(self.words()), self.search.text().strip()
        found: Sequence[tuple[str, TagKind]]
        if wanted:
            found = matching(wanted, language)
        elif self._group == "recent":
            found = [tuple(kept.split(":", 1)[::-1]) for kept in self._settings.get(RECENT_TAGS)]  # type: ignore[misc]
        else:
            group = next(group for group in palette() if group.name == self._group)
            found = [(tag, group.kind) for tag in group.tags(language)]
        rows = [Row(f"{kind}:{tag}", tag) for tag, kind in dict.fromkeys(found)]
        if [row.key for row in rows] != [row.key for row in self._tag_model.rows()]:
            self.tags.select_key(None)
            self._tag_model.set_rows(rows)
        self.none.setText(self._nothing_found(wanted) if not rows else "")
        self.none.setVisible(not rows)

    @staticmethod
    def _nothing_found(wanted: str) -> str:
        if not wanted:
            return QCoreApplication.translate("Studio", "The tags you use appear here.")
        return QCoreApplication.translate(
            "Studio", "No tag is called “{words}”. Any wording in brackets can be tried."
        ).format(words=wanted)

    def _insert(self, key: str) -> None:
        """At the cursor, or before the selection, which stays selected; an overall style goes to the front."""
        kind, tag = key.split(":", 1)
        text = self.words()
        if kind == "style":
            self._become(text, with_style(text, tag))
        else:
            at = len(_in_qt(text)[: self.text.textCursor().selectionStart() * 2].decode("utf-16-le"))
            self._become(text, with_tag(text, tag, at)[0])
        kept = [key, *(one for one in self._settings.get(RECENT_TAGS) if one != key)]
        self._settings.set(RECENT_TAGS, kept[:MOST_RECENT])
        self.tags.select_key(None)

    def _become(self, before: str, after: str) -> None:
        """Change only what differs: cursor and selection stay with the words they are at."""
        same = _common(before, after)
        rest = _common(before[same:][::-1], after[same:][::-1])
        cursor = self.text.textCursor()
        cursor.setPosition(_place(before, same))
        cursor.setPosition(_place(before, len(before) - rest), cursor.MoveMode.KeepAnchor)
        cursor.insertText(after[same : len(after) - rest])

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
        self._changed()


def _in_qt(text: str) -> bytes:
    """Positions in a document count units of two bytes, of which some characters take two."""
    return text.encode("utf-16-le")


def _place(text: str, place: int) -> int:
    """Where in a document the character at a place of its text stands."""
    return len(_in_qt(text[:place])) // 2


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
