"""Saves what is typed as a direction, and brings saved ones back: whole, or one part of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from app.core.prompt_library import MAX_NAME_LENGTH, prompt_name
from app.core.voices import DIRECTION_KINDS, Direction, DirectionKind
from app.services.speech.direction import Layers
from app.services.speech.directions import (
    SavedDirection,
    combined,
    example_language,
    is_example,
    part_of,
)
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.direction_list import ALL
from app.ui.studio.view import StudioView
from app.ui.texts.directions import direction_kind, direction_words, name_taken
from app.ui.widgets.row_model import Row

_WORDS = 200
"""Characters of a direction that its row may show."""


class SavedDirections(QObject):
    """Connects the direction panel to the saved directions."""

    def __init__(self, view: StudioView, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._library, self._notifier = view, context.directions, context.notifier
        self._sessions = context.sessions
        self._panel, self._spawn = view.direction_panel, spawn
        self._saving: DirectionKind = "whole"
        self._renamed: Direction | None = None
        panel, saved, name = self._panel, self._panel.saved, self._panel.name
        panel.open_saved.clicked.connect(self._toggle)
        panel.choose_pressed.connect(lambda kind: self._open(kind))
        panel.save_pressed.connect(self._ask_name)
        saved.query_changed.connect(self._show)
        saved.list.row_selected.connect(lambda _key: self._show_selected())
        saved.use.clicked.connect(self._use)
        saved.rename.clicked.connect(self._ask_new_name)
        saved.delete.clicked.connect(self._delete)
        saved.kind.refused.connect(lambda _text: self._show())
        name.typed.connect(self._describe_name)
        name.named.connect(self._name)
        name.replace_pressed.connect(self._replace)
        name.closed.connect(self._close_name)
        view.retranslated.connect(self._show)
        self.destroyed.connect(self._library.on_change.subscribe(self._show))
        self._show()

    # -- the list -------------------------------------------------------------------------------------------------

    def _toggle(self, on: bool) -> None:
        if on:
            self._open(ALL)
        else:
            self._panel.show_page("fields")
            self._panel.first_field().setFocus()

    def _open(self, kind: str) -> None:
        saved = self._panel.saved
        saved.search.clear()
        saved.kind.set_key(kind)
        self._show()
        self._panel.show_page("saved")
        saved.search.setFocus()

    def _show(self) -> None:
        saved = self._panel.saved
        kind: DirectionKind | None = next((it for it in DIRECTION_KINDS if it == saved.kind.key()), None)
        shown = "zh" if QLocale().language() == QLocale.Language.Chinese else "en"
        language = example_language(self._view.text.plain_text(), shown)
        query = saved.search.text()
        found = self._library.search(query, kind, language=language)
        saved.model.set_rows([direction_row(direction, query) for direction in found])
        if self._selected() is None:
            saved.list.select_key(found[0].id if found else None)
        nothing = QCoreApplication.translate("Directions", "No matching directions.") if not found else ""
        saved.no_match.setText(nothing)
        saved.no_match.setVisible(not found)
        self._show_selected()

    def _selected(self) -> Direction | None:
        saved = self._panel.saved
        key = saved.list.selected_key() or ""
        return self._library.get(key) if saved.model.row_of(key) >= 0 else None

    def _show_selected(self) -> None:
        selected = self._selected()
        may_change = selected is not None and not is_example(selected.id)
        self._panel.saved.show_selected(may_use=selected is not None, may_change=may_change)

    def _use(self) -> None:
        """Put the selected direction in the place of what is typed there; undo brings that back."""
        direction = self._selected()
        if direction is None:
            return
        before, was_free = self._panel.everything(), self._panel.is_free
        self.put(combined(before, direction), free=direction.kind == "free" or _is_only_free(direction))
        self._panel.field_of(direction.kind).setFocus()
        if part_of(before, direction.kind) != part_of(self._panel.everything(), direction.kind) and any(
            part_of(before, direction.kind)
        ):
            self._notifier.info(
                lambda: QCoreApplication.translate("Directions", "“{name}” has replaced what was there.").format(
                    name=direction.name
                ),
                undo=self.putting_back(before, free=was_free),
                topic="direction",
            )

    def put(self, layers: Layers, *, free: bool) -> None:
        """Replace what is typed and show one form of it."""
        self._panel.show_free(free)
        self._panel.put(layers)

    def putting_back(self, layers: Layers, *, free: bool) -> Callable[[], None]:
        """What undoes a replacement in the session that is open now, which is opened again unless it is gone."""
        session_id = self._sessions.current.id

        def put_back() -> None:
            if self._sessions.get(session_id) is not None:
                self._sessions.open(session_id)
                self.put(layers, free=free)

        return put_back

    def _delete(self) -> None:
        direction = self._selected()
        if direction is not None and not is_example(direction.id):
            self._spawn(self._delete_one(direction))

    async def _delete_one(self, direction: Direction) -> None:
        await self._library.delete(direction)
        self._notifier.info(
            lambda: QCoreApplication.translate("Directions", "“{name}” was deleted.").format(name=direction.name),
            undo=lambda: self._spawn(self._library.restore(direction)),
        )

    # -- names ----------------------------------------------------------------------------------------------------

    def _ask_name(self, kind: DirectionKind) -> None:
        self._saving, self._renamed = kind, None
        self._panel.ask_name("")
        if not any(text.strip() for text in part_of(self._panel.everything(), kind)):
            self._panel.name.say(QCoreApplication.translate("Directions", "There is nothing to save yet."))

    def _ask_new_name(self) -> None:
        direction = self._selected()
        if direction is not None and not is_example(direction.id):
            self._renamed = direction
            self._panel.ask_name(direction.name)

    def _kind(self) -> DirectionKind:
        return self._saving if self._renamed is None else self._renamed.kind

    def _other(self) -> Direction | None:
        """The direction that has the typed name already."""
        other = self._library.named(self._panel.name.field.text(), self._kind())
        return other if other is not None and (self._renamed is None or other.id != self._renamed.id) else None

    def _describe_name(self) -> None:
        other, name = self._other(), self._panel.name
        if self._is_too_long():
            most = QCoreApplication.translate("Directions", "A name has at most {n} characters. Shorten it.")
            name.say(most.format(n=MAX_NAME_LENGTH))
            return
        name.say(name_taken(other.kind, other.name) if other is not None else "",
                 may_replace=other is not None and self._renamed is None)  # fmt: skip

    def _is_too_long(self) -> bool:
        return len(" ".join(self._panel.name.field.text().split())) > MAX_NAME_LENGTH

    def _name(self) -> None:
        """Save or rename under the typed name; a name that can't be used stays in its field."""
        name = prompt_name(self._panel.name.field.text())
        if not name:
            self._panel.name.say(QCoreApplication.translate("Directions", "Type a name first."))
        elif self._is_too_long() or self._other() is not None:
            self._describe_name()
        elif self._renamed is not None:
            self._close_name()
            self._spawn(self._rename(self._renamed, name))
        else:
            self._save(name)

    def _replace(self) -> None:
        other = self._other()
        if other is not None and self._renamed is None:
            self._save(other.name)

    def _save(self, name: str) -> None:
        if not any(text.strip() for text in part_of(self._panel.everything(), self._saving)):
            self._panel.name.say(QCoreApplication.translate("Directions", "There is nothing to save yet."))
            return
        self._close_name()
        self._spawn(self._save_one(name, self._panel.everything(), self._saving))

    async def _save_one(self, name: str, layers: Layers, kind: DirectionKind) -> None:
        saved = await self._library.save(name, layers, kind)
        self._notifier.success(
            partial(_saved_text, saved), undo=lambda: self._spawn(self._library.undo_save(saved)), topic="direction"
        )

    async def _rename(self, direction: Direction, name: str) -> None:
        before = await self._library.rename(direction.id, name)
        self._notifier.success(
            lambda: QCoreApplication.translate("Directions", "“{before}” is now named “{name}”.").format(
                before=before.name, name=name
            ),
            undo=lambda: self._spawn(self._library.undo_rename(before)),
            topic="direction",
        )

    def _close_name(self) -> None:
        self._panel.name.hide()
        self._panel.height_changed.emit()
        target = self._panel.saved.list if self._panel.page == "saved" else self._panel.field_of(self._saving)
        target.setFocus()


def _is_only_free(direction: Direction) -> bool:
    return bool(direction.words) and not (direction.role or direction.scene or direction.guidance)


def direction_row(direction: Direction, query: str = "") -> Row:
    """The row of a direction in the list."""
    said = direction_words(direction)[:_WORDS]
    badge = QCoreApplication.translate("Directions", "example") if is_example(direction.id) else ""
    return Row(direction.id, direction.name, f"{direction_kind(direction.kind)} · {said}", badge=badge, found=query)


def _saved_text(saved: SavedDirection) -> str:
    if saved.before is None:
        return QCoreApplication.translate("Directions", "Saved as “{name}”.").format(name=saved.direction.name)
    return QCoreApplication.translate("Directions", "“{name}” was replaced.").format(name=saved.direction.name)
