"""The palette of tags: groups, search, the tags used last and the favourites, in the language of the text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.settings import FAVOURITE_TAGS, RECENT_TAGS, Settings
from app.core.tags import TagKind, TextLanguage, matching, palette, translated
from app.ui.studio.tag_list import TagList, tag_row_height
from app.ui.texts.speech import tag_group
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import SearchField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.row_model import Row, RowModel, RowRole

MAX_RECENT_TAGS = 12
MAX_FAVOURITE_TAGS = 60
_SEARCH_WIDTH = 160
_STACK_BELOW = 600
_NO_LIMIT = (1 << 24) - 1
_TOOL_SIDE = 24
_OWN_GROUPS = {"favourites": Icon.STAR, "recent": Icon.CLOCK}


class TagPalette(QWidget):
    """Offers tags. A tag is named by its kind and its words, as in `audio:叹气`.

    Signals:
        chosen: the key of a tag to insert.
        wrap_pressed: the selection of the text is to be made a tag.
        group_shown: name of the group that is offered while nothing is searched for.
    """

    chosen = Signal(str)
    wrap_pressed = Signal()
    group_shown = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._group = palette()[0].name
        self._language: TextLanguage = "en"
        self._is_short = False
        self._last = ""
        self.search = SearchField("")
        self.search.textChanged.connect(self._show_tags)
        self.search.installEventFilter(self)
        self.star = IconButton(Icon.STAR, "", side=_TOOL_SIDE)
        self.star.setCheckable(True)
        self.star.clicked.connect(lambda: self._toggle_favourite(self._subject()))
        self.wrap = IconButton(Icon.CODE, "", side=_TOOL_SIDE)
        self.wrap.clicked.connect(self.wrap_pressed)
        self.wrap.setEnabled(False)
        self._groups = QWidget()
        self._group_flow = FlowLayout(self._groups)
        self.chips: dict[str, Chip] = {}
        for name in (*(group.name for group in palette()), *_OWN_GROUPS):
            chip = Chip(name, _OWN_GROUPS.get(name))
            if name in _OWN_GROUPS:
                chip.set_compact("")
            chip.clicked.connect(lambda _on, name=name: self._choose_group(name))
            self.chips[name] = chip
            self._group_flow.addWidget(chip)
        self.tags = TagList("")
        self._model = RowModel()
        self.tags.setModel(self._model)
        self.tags.tag_chosen.connect(self._choose)
        self.tags.selectionModel().currentChanged.connect(lambda _now, _before: self._show_star())
        self.tags.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tags.customContextMenuRequested.connect(self._open_menu)
        self.no_tags = ElidedLabel("", size=Type.SMALL, ink="text3")
        self.no_tags.hide()
        self._lay_out()
        settings.watch(FAVOURITE_TAGS, lambda _keys: self._show_tags())
        theme().changed.connect(self._fit)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        box.setSpacing(Space.S8)
        tools = QHBoxLayout()
        tools.addWidget(self.wrap)
        tools.addStretch(1)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(Space.S2)
        self._tools.addWidget(self.search, 1)
        self._tools.addLayout(tools)
        self._search_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._search_row.setSpacing(Space.S8)
        self._search_row.addLayout(self._tools, 0)
        self._search_row.setAlignment(self._tools, Qt.AlignmentFlag.AlignTop)
        self._search_row.addWidget(self._groups, 1)
        box.addLayout(self._search_row)
        # The star follows the list: it is about the tag that is current there.
        stack = QGridLayout()
        stack.setSpacing(Space.S4)
        stack.addWidget(self.tags, 0, 0)
        stack.addWidget(self.no_tags, 0, 0, Qt.AlignmentFlag.AlignTop)
        stack.addWidget(self.star, 0, 1, Qt.AlignmentFlag.AlignTop)
        stack.setColumnStretch(0, 1)
        box.addLayout(stack)

    # -- what is offered ---------------------------------------------------------------------------------------------

    def set_language(self, language: TextLanguage) -> None:
        """Offer the tags in the language of the text."""
        if language != self._language:
            self._language = language
            self._show_tags()

    def set_selecting(self, selecting: bool) -> None:
        """Set whether there is a selection that can be made a tag."""
        self.wrap.setEnabled(selecting)

    def note_used(self, key: str) -> None:
        """Remember that a tag was inserted."""
        recent = [key, *(other for other in self._settings.get(RECENT_TAGS) if other != key)]
        self._settings.set(RECENT_TAGS, recent[:MAX_RECENT_TAGS])
        self.tags.select_key(None)
        self._last = key
        self._show_tags()

    def _choose_group(self, name: str) -> None:
        """Show the tags of a group in place of those that were searched for."""
        self._group = name
        self.search.clear()
        self._show_tags()

    def _show_tags(self) -> None:
        query = self.search.text().strip()
        for name, chip in self.chips.items():
            chip.setChecked(name == self._group and not query)
        rows = [Row(f"{kind}:{tag}", tag) for tag, kind in dict.fromkeys(self._offered(query))]
        if [row.key for row in rows] != [row.key for row in self._model.rows()]:
            self._mark(None)
            self.tags.select_key(None)
            self._model.set_rows(rows)
        self.no_tags.setText(self._no_tags_text(query) if not rows else "")
        self.no_tags.setVisible(not rows)
        self.group_shown.emit(self._group)
        self._show_star()

    def _offered(self, query: str) -> list[tuple[str, TagKind]]:
        if query:
            return list(matching(query, self._language))
        if self._group in _OWN_GROUPS:
            keys = self._settings.get(FAVOURITE_TAGS if self._group == "favourites" else RECENT_TAGS)
            return [self._in_language(key) for key in keys if ":" in key]
        group = next(group for group in palette() if group.name == self._group)
        return [(tag, group.kind) for tag in group.tags(self._language)]

    def _in_language(self, key: str) -> tuple[str, TagKind]:
        """A tag that was used or starred, in the language of the text if it has a name there."""
        kind, words = key.split(":", 1)
        return translated(words, self._language) or words, "style" if kind == "style" else "audio"

    def _no_tags_text(self, query: str) -> str:
        if query:
            return QCoreApplication.translate(
                "Studio", "No tag matches “{words}”. You can still try any text in brackets."
            ).format(words=query)
        if self._group == "favourites":
            return QCoreApplication.translate("Studio", "Tags you mark with the star appear here.")
        return QCoreApplication.translate("Studio", "The tags you use appear here.")

    # -- choosing ----------------------------------------------------------------------------------------------------

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
            if self.tags.marked() is not None:
                self._last = self.tags.marked() or self._last
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
            self._choose(key)

    def _choose(self, key: str) -> None:
        self._last = key
        self.chosen.emit(key)

    # -- favourites --------------------------------------------------------------------------------------------------

    def _subject(self) -> str:
        """The tag the star is about: the current one of the list, else the one inserted last; empty for none."""
        index = self.tags.currentIndex()
        return str(index.data(RowRole.KEY)) if index.isValid() else self._last

    def _is_favourite(self, key: str) -> bool:
        kind, words = key.split(":", 1)
        favourites = self._settings.get(FAVOURITE_TAGS)
        names = {words, translated(words, "zh"), translated(words, "en")}
        return any(f"{kind}:{name}" in favourites for name in names if name)

    def _toggle_favourite(self, key: str) -> None:
        if not key:
            return
        favourites = self._settings.get(FAVOURITE_TAGS).copy()
        if self._is_favourite(key):
            kind, words = key.split(":", 1)
            names = {f"{kind}:{name}" for name in (words, translated(words, "zh"), translated(words, "en")) if name}
            favourites = [other for other in favourites if other not in names]
        else:
            favourites = [*favourites, key][-MAX_FAVOURITE_TAGS:]
        self._last = key
        self._settings.set(FAVOURITE_TAGS, favourites)
        self._show_tags()

    def _show_star(self) -> None:
        key = self._subject()
        starred = bool(key) and self._is_favourite(key)
        self.star.setEnabled(bool(key))
        self.star.setChecked(starred)
        self.star.set_glyph(Icon.STAR_FILLED if starred else Icon.STAR)
        name = QCoreApplication.translate("Studio", "Favourite tag")
        words = key.partition(":")[2]
        self.star.setAccessibleName(name)
        self.star.setAccessibleDescription(words)
        self.star.setToolTip(self._favourite_text(key) if key else name)

    def _favourite_text(self, key: str) -> str:
        text = (
            QCoreApplication.translate("Studio", "Remove “{words}” from the favourites")
            if self._is_favourite(key)
            else QCoreApplication.translate("Studio", "Add “{words}” to the favourites")
        )
        return text.format(words=key.partition(":")[2])

    def _open_menu(self, place: QPoint) -> None:
        """The menu of a tag, by the right button or the menu key."""
        index = self.tags.indexAt(place)
        index = index if index.isValid() else self.tags.currentIndex()
        if not index.isValid():
            return
        key = str(index.data(RowRole.KEY))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        insert = menu.addAction(QCoreApplication.translate("Studio", "Insert"))
        insert.triggered.connect(lambda: self._choose(key))
        favourite = menu.addAction(self._favourite_text(key))
        favourite.triggered.connect(lambda: self._toggle_favourite(key))
        menu.popup(self.tags.viewport().mapToGlobal(place))

    # -- looks -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_short(self, short: bool) -> None:
        """Show fewer rows of tags where height is scarce."""
        self._is_short = short
        self._fit()

    def _fit(self) -> None:
        """Put the search field beside the tag groups, or above them when the panel is narrow."""
        px = theme().px
        narrow = self.width() < px(_STACK_BELOW)
        directions = QBoxLayout.Direction
        self._search_row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._tools.setDirection(directions.LeftToRight if narrow else directions.TopToBottom)
        self.search.setMinimumWidth(px(_SEARCH_WIDTH))
        self.search.setMaximumWidth(_NO_LIMIT if narrow else px(_SEARCH_WIDTH))
        # Whole rows of tags: one with large text or little height, else two.
        rows = 1 if px(100) > LARGE or (self._is_short and narrow) else 2
        self.tags.setFixedHeight(rows * tag_row_height())

    def retranslate(self) -> None:
        self.search.setAccessibleName(QCoreApplication.translate("Studio", "Search tags"))
        self.search.setPlaceholderText(QCoreApplication.translate("Studio", "Search tags"))
        self.tags.setAccessibleName(QCoreApplication.translate("Studio", "Tags"))
        self.wrap.set_name(QCoreApplication.translate("Studio", "Make the selection a tag"))
        for name, chip in self.chips.items():
            chip.setText(tag_group(name))
            if name in _OWN_GROUPS:
                chip.setAccessibleName(tag_group(name))
                chip.setToolTip(tag_group(name))
        self._show_tags()
