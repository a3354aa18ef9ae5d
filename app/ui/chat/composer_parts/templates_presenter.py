"""Offers the saved prompts as templates: by `/` at the beginning of an empty message, or by the button Templates.

The list only offers: what was typed stays until a template is chosen, and Undo brings it back then. A second slash
makes it a path, for which nothing is offered.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.core.prompt_library import PromptKind, SavedPrompt, prompt_name
from app.services.prompts import PromptLibrary
from app.ui.chat.composer import Composer
from app.ui.chat.composer_parts.template_list import Template, TemplateList
from app.ui.chat.composer_parts.undo_step import undo_step
from app.ui.chat.prompt_saving import PromptSaving
from app.ui.widgets.composition import commit_composition, is_composing
from app.ui.widgets.presentation_cover import presentation_cover

_QUERY = re.compile(r"/([^/\n]*)")
_WORDS = 160
"""Characters of a template that its row may show."""


class TemplatesPresenter(QObject):
    """Shows the templates that match, inserts the chosen one, and saves, renames and deletes templates."""

    def __init__(self, composer: Composer, prompts: PromptLibrary, saving: PromptSaving) -> None:
        super().__init__(composer)
        self._composer, self._prompts, self._saving = composer, prompts, saving
        self._list: TemplateList | None = None
        self._is_dismissed = False
        self._renamed: SavedPrompt | None = None
        self._shown_for = ""
        composer.field.textChanged.connect(self._on_typed)
        composer.field.installEventFilter(self)
        composer.templates.clicked.connect(self._toggle)
        self.destroyed.connect(prompts.on_change.subscribe(self._refresh))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def _is_open(self) -> bool:
        return self._list is not None and not self._list.isHidden()

    def _query(self) -> str | None:
        """What is typed behind the slash; None if the text is no search for a template."""
        # Looked at first, because this is asked at every key press, whatever the length of the text.
        if self._composer.field.document().characterAt(0) != "/":
            return None
        match = _QUERY.fullmatch(self._composer.text())
        return match[1] if match else None

    def _on_typed(self) -> None:
        query = self._query()
        if query is None:
            self._is_dismissed = False
            self._close()
        elif not self._is_dismissed:
            self._offer(query)

    def _offer(self, query: str) -> None:
        found = self._prompts.search(query)
        if found or not query:
            self._show(found, may_save=False)
        else:
            self._close()

    def _toggle(self) -> None:
        """Open or close the list by the button."""
        commit_composition()
        if self._is_open():
            self._close()
        else:
            self._composer.field.setFocus()
            self._show(self._prompts.search(self._query() or ""), may_save=self._may_save())

    def _may_save(self) -> bool:
        return self._query() is None and bool(self._composer.text().strip())

    def _show(self, prompts: tuple[SavedPrompt, ...], *, may_save: bool) -> None:
        view = self._composer.parentWidget()
        if view is None:
            return
        if self._list is None:
            self._list = self._build(view)
        rows = [
            Template(
                prompt.id, prompt.name, prompt.text[:_WORDS].strip(), prompt.kind == "system", len(prompt.versions)
            )
            for prompt in prompts
        ]
        self._list.show_templates(rows, may_save=may_save)

    def _build(self, view: QWidget) -> TemplateList:
        found = TemplateList(view, self._composer)
        found.chosen.connect(self._insert)
        found.save_chosen.connect(self._ask_name)
        found.rename_pressed.connect(self._ask_new_name)
        found.delete_pressed.connect(self._delete)
        found.name_edited.connect(self._describe_name)
        found.named.connect(self._save)
        found.escaped.connect(self._back)
        return found

    def _refresh(self) -> None:
        """Show the templates again after one was saved, renamed or deleted."""
        if self._is_open():
            self._show(self._prompts.search(self._query() or ""), may_save=self._may_save())

    def _close(self) -> None:
        if self._list is not None and self._is_open():
            self._renamed = None
            self._list.close_list()

    def show(self, conversation_id: str) -> None:
        """Close the list when another conversation is opened: it was asked for in the one before."""
        if conversation_id != self._shown_for:
            self._shown_for = conversation_id
            focused = QApplication.focusWidget()
            if self._list is not None and focused is not None and self._list.isAncestorOf(focused):
                self._back()
            else:
                self._close()

    def _back(self) -> None:
        """Leave the field for the name."""
        self._close()
        self._composer.field.setFocus()

    def _insert(self, key: str) -> None:
        """Insert a template in place of what was typed to find it, or at the cursor. Undo brings that back."""
        prompt, field = self._prompts.get(key), self._composer.field
        self._close()
        field.setFocus()
        if prompt is None:
            return
        if field.is_covered:
            self._composer.append(f"\n{prompt.text}")
            return
        if self._query() is not None:
            field.selectAll()
        content = QMimeData()
        content.setText(prompt.text)
        with undo_step(field):
            field.insertFromMimeData(content)
        if presentation_cover().active:
            field.restyle()

    def _ask_name(self) -> None:
        assert self._list is not None
        self._renamed = None
        self._list.ask_name("", "")

    def _ask_new_name(self, key: str) -> None:
        prompt = self._prompts.get(key)
        if prompt is not None and self._list is not None:
            self._renamed = prompt
            self._list.ask_name(prompt.name, "")

    def _delete(self, key: str) -> None:
        prompt = self._prompts.get(key)
        if prompt is not None:
            self._saving.delete(prompt)

    def _describe_name(self, typed: str) -> None:
        """Say what saving under this name does."""
        if self._list is None or not self._list.is_naming:
            return
        same = self._prompts.named(prompt_name(typed), self._kind())
        hint = ""
        if same is not None and self._renamed is None:
            hint = QCoreApplication.translate("Templates", "{name} exists: this is saved as its version {n}.").format(
                name=same.name, n=len(same.versions) + 1
            )
        elif self._is_taken(typed):
            hint = QCoreApplication.translate("Templates", "Another one has this name. Choose a different name.")
        self._list.show_hint(hint)

    def _kind(self) -> PromptKind:
        return "prompt" if self._renamed is None else self._renamed.kind

    def _is_taken(self, typed: str) -> bool:
        if self._renamed is None:
            return False
        same = self._prompts.named(prompt_name(typed), self._renamed.kind)
        return same is not None and same.id != self._renamed.id

    def _save(self, typed: str) -> None:
        """Save or rename under the typed name; a name that can't be used stays in its field."""
        assert self._list is not None
        name, renamed = prompt_name(typed), self._renamed
        if not name:
            self._list.show_hint(QCoreApplication.translate("Templates", "Type a name first."))
        elif self._is_taken(typed):
            self._describe_name(typed)
        else:
            self._back()
            if renamed is None:
                self._saving.save(name, self._composer.text(), "prompt")
            else:
                self._saving.rename(renamed, name)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Close the list when another control gets the focus; not when another window does."""
        if self._list is None or now is None or not self._is_open():
            return
        if now not in (self._composer.field, self._composer.templates) and not self._list.isAncestorOf(now):
            self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if self._list is None or not self._is_open() or is_composing(self._composer.field):
            return False
        return self._on_key(self._list, event)

    def _on_key(self, shown: TemplateList, event: QKeyEvent) -> bool:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Escape:
                self._is_dismissed = self._query() is not None
                self._close()
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab if is_plain:
                return shown.accept()
            case Qt.Key.Key_Down if is_plain:
                shown.step(1)
                return True
            case Qt.Key.Key_Up if is_plain:
                shown.step(-1)
                return True
            case Qt.Key.Key_F2 if is_plain:
                shown.rename.click()
                return True
            case Qt.Key.Key_Delete if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                shown.delete.click()
                return True
        return False
