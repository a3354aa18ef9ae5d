"""Shows the open prompt, takes what is typed, and saves it as a version."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.prompt_drafts import as_shown
from app.core.prompt_library import MAX_TAGS, MAX_TEXT_LENGTH, PromptKind, prompt_name, prompt_tag
from app.core.tokens import text_tokens
from app.core.variables import PATTERN
from app.services.prompt_desk import DeskSave, PromptEntry
from app.ui.bench.prompts.open_prompt import OpenPrompt
from app.ui.bench.prompts.page import PromptsPage
from app.ui.reported_tasks import Spawn
from app.ui.texts.numbers import count, short_count
from app.ui.texts.prompts import entry_name, unsaved_name, version_name
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.notifications import Notifier

SETTLE_MS = 150
"""Longest time for which a key is in the field only."""
_NAME_LENGTH = 40
"""Characters of a name that is made from the text."""
TOPIC = "prompt"


class TextPresenter(QObject):
    """Connects the text column.

    Attributes:
        may_use_in_bench: whether there is a page that takes the prompt.
    """

    def __init__(self, page: PromptsPage, opened: OpenPrompt, notifier: Notifier, run: Spawn) -> None:
        super().__init__(page)
        self._page, self._column, self._open = page, page.text, opened
        self._desk, self._notifier, self._run = opened.desk, notifier, run
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self.take_typed)
        self._shown_id = ""
        self._is_typing = False
        """Whether something is in the field that the desk does not have yet."""
        self._is_changed = False
        self.may_use_in_bench = False
        column = self._column
        column.editor.textChanged.connect(self._on_typed)
        column.note.textChanged.connect(self._on_note)
        column.variables.changed.connect(self._set_value)
        column.save.clicked.connect(self._save)
        column.delete.clicked.connect(self._delete)
        column.renamed.connect(self._rename)
        column.tagged.connect(self._add_tag)
        column.tag_removed.connect(self._remove_tag)
        column.kind.chosen.connect(self._change_kind)
        column.notice.acted.connect(self._catch_up)
        page.versions.duplicate.clicked.connect(self._duplicate)
        page.hidden.connect(self.take_typed)
        opened.take_typed = self.take_typed
        opened.opened.connect(self.show)
        opened.changed.connect(self._on_changed)
        self.show()

    def _on_changed(self, prompt_id: str) -> None:
        if prompt_id in ("", self._open.id):
            self.show()

    # -- typing ---------------------------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        if not self._shown_id:
            self._begin_with_typed()
            return
        self._is_typing = True
        if not self._is_changed:
            # At once, so that a version that is saved elsewhere now counts as later.
            self.take_typed()
        elif not self._settling.isActive():
            self._settling.start()

    def _begin_with_typed(self) -> None:
        """Begin a prompt with what is typed while none is open."""
        text = self._column.editor.exact_text()
        if text:
            self._shown_id = self._desk.begin(text=text)
            self._open.open(self._shown_id)

    def take_typed(self) -> None:
        """Hand what is in the field to the desk, which saves it."""
        if not self._is_typing:
            return
        self._is_typing = False
        self._settling.stop()
        entry = self._desk.entry(self._shown_id)
        if entry is None:
            return
        text = self._column.editor.exact_text()
        # A text with other line ends stays as it is until something is typed.
        if text != entry.text and text != as_shown(entry.text):
            self._desk.type_text(self._shown_id, text)

    def _on_note(self, note: str) -> None:
        self._desk.type_note(self._shown_id, note)

    def _set_value(self, name: str, value: str) -> None:
        self._desk.set_value(self._shown_id, name, value)

    def put_text(self, text: str) -> None:
        """Make this the text, as one step of undo."""
        self._column.editor.retype(text)
        self._is_typing = True
        self.take_typed()

    # -- showing --------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the open prompt; what is being typed stays in its field."""
        entry, column = self._open.shown(), self._column
        is_other = self._open.id != self._shown_id
        self._shown_id = self._open.id
        self._is_changed = entry is not None and entry.is_changed
        self._page.export.setEnabled(entry is not None and not entry.is_new)
        self._page.versions.duplicate.setEnabled(entry is not None and not entry.is_new)
        if entry is None:
            column.show_nothing()
            return
        for part in column.controls():
            part.setEnabled(True)
        if is_other or not self._is_typing:
            self._show_text(entry, is_other=is_other)
        column.show_name(entry.name, entry_name(entry))
        column.badge.setText(unsaved_name(entry.number) if entry.is_changed else version_name(entry.number))
        column.badge.set_kind("accent" if entry.is_changed else "neutral")
        column.badge.show()
        column.show_tags(entry.tags, may_add=len(entry.tags) < MAX_TAGS)
        column.kind.set_key(entry.kind)
        if column.note.text() != entry.note:
            blocked = column.note.blockSignals(True)
            column.note.setText(entry.note)
            column.note.blockSignals(blocked)
        self._describe(entry)

    def _show_text(self, entry: PromptEntry, *, is_other: bool) -> None:
        editor, text = self._column.editor, as_shown(entry.text)
        if is_other:
            editor.show_text(text)
        elif editor.exact_text() != text:
            blocked = editor.blockSignals(True)
            editor.retype(text)
            editor.blockSignals(blocked)

    def _describe(self, entry: PromptEntry) -> None:
        """Say how long the text is, which variables it has, and what has happened to it elsewhere."""
        column = self._column
        tokens = QCoreApplication.translate("Prompts", "≈ {n} tokens")
        column.tokens.setText(tokens.format(n=short_count(text_tokens(entry.text))))
        used = Counter(match[2] for match in PATTERN.finditer(entry.text) if not match[1])
        column.variables.show_variables(used, entry.values)
        has_text = bool(entry.text.strip())
        column.to_chat.setEnabled(has_text)
        column.to_bench.setEnabled(has_text and self.may_use_in_bench)
        too_long = len(entry.text) > MAX_TEXT_LENGTH
        column.save.setEnabled(not too_long)
        if too_long:
            column.notice.say("warn", _too_long)
        elif entry.is_behind:
            column.notice.say(
                "neutral",
                lambda: QCoreApplication.translate(
                    "Prompts",
                    "{version} was saved elsewhere in the meantime. What you typed stays and becomes the next version.",
                ).format(version=version_name(len(entry.versions))),
                QCoreApplication.translate("Prompts", "OK"),
            )
        else:
            column.notice.clear()

    def _catch_up(self) -> None:
        self._desk.catch_up(self._open.id)

    # -- saving ---------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        commit_composition()
        entry = self._open.entry()
        if entry is None:
            return
        if not entry.text.strip():
            self._column.notice.say(
                "warn", lambda: QCoreApplication.translate("Prompts", "There is nothing to save. Write the text first.")
            )
            self._column.editor.setFocus()
            return
        if not entry.name:
            self._run(self._save_named(entry))
        else:
            self._run(self._save_one(entry.id))

    async def _save_named(self, entry: PromptEntry) -> None:
        """Save a prompt that has no name yet under the first words of its text."""
        line = next(line for line in entry.text.splitlines() if line.strip())
        words = line if len(line) <= _NAME_LENGTH else line[:_NAME_LENGTH].rpartition(" ")[0] or line[:_NAME_LENGTH]
        untitled = QCoreApplication.translate("Prompts", "Untitled prompt")
        await self._desk.rename(entry.id, prompt_name(words.strip(" #*-:.,;")) or untitled)
        await self._save_one(entry.id)

    async def _save_one(self, prompt_id: str) -> None:
        save = await self._desk.save(prompt_id)
        if save is None:
            return
        if self._open.id == prompt_id:
            self._open.open(save.saved.prompt.id)
        name = save.saved.prompt.name
        if save.saved.is_unchanged:
            self._notifier.info(
                lambda: QCoreApplication.translate("Prompts", "{name} already has this text.").format(name=name),
                topic=TOPIC,
            )
            return
        self._notifier.success(
            lambda: QCoreApplication.translate("Prompts", "Saved as {version} of {name}.").format(
                version=version_name(save.saved.number), name=name
            ),
            undo=lambda: self._run(self._undo_save(save)),
            topic=TOPIC,
        )

    async def _undo_save(self, save: DeskSave) -> None:
        await self._desk.undo_save(save)
        self._open.open(save.from_id)

    # -- name, tags, kind -----------------------------------------------------------------------------------------

    def _rename(self, typed: str) -> None:
        entry, name = self._open.entry(), prompt_name(typed)
        if entry is None:
            return
        if not name:
            self._notifier.warning(
                lambda: QCoreApplication.translate("Prompts", "A prompt needs a name. It keeps the one it has."),
                topic=TOPIC,
            )
        elif name != entry.name:
            self._run(self._rename_one(entry, name))

    async def _rename_one(self, entry: PromptEntry, name: str) -> None:
        await self._desk.rename(entry.id, name)
        if entry.is_new:
            return
        self._notifier.success(
            lambda: QCoreApplication.translate("Prompts", "“{before}” is now named “{name}”.").format(
                before=entry.name, name=name
            ),
            undo=lambda: self._run(self._desk.rename(entry.id, entry.name)),
            topic=TOPIC,
        )

    def _add_tag(self, typed: str) -> None:
        entry, tag = self._open.entry(), prompt_tag(typed)
        if entry is not None and tag:
            self._run(self._desk.retag(entry.id, (*entry.tags, tag)))

    def _remove_tag(self, tag: str) -> None:
        entry = self._open.entry()
        if entry is None:
            return
        self._run(self._desk.retag(entry.id, [each for each in entry.tags if each != tag]))
        self._notifier.info(
            lambda: QCoreApplication.translate("Prompts", "The tag “{tag}” was removed.").format(tag=tag),
            undo=lambda: self._run(self._desk.retag(entry.id, entry.tags)),
            topic=TOPIC,
        )

    def _change_kind(self, key: str) -> None:
        entry = self._open.entry()
        kind: PromptKind = "system" if key == "system" else "prompt"
        if entry is not None and kind != entry.kind:
            self._run(self._change_kind_of(entry, kind))

    async def _change_kind_of(self, entry: PromptEntry, kind: PromptKind) -> None:
        try:
            await self._desk.change_kind(entry.id, kind)
        finally:
            self.show()

    # -- whole prompts --------------------------------------------------------------------------------------------

    def _duplicate(self) -> None:
        entry = self._open.entry()
        if entry is not None:
            self._run(self._duplicate_one(entry))

    async def _duplicate_one(self, entry: PromptEntry) -> None:
        added = await self._desk.duplicate(entry.id, entry.name)
        if added is None:
            return
        self._open.open(added)
        copy = self._desk.entry(added)
        self._notifier.success(
            lambda: QCoreApplication.translate("Prompts", "“{name}” is a copy of “{original}”.").format(
                name=copy.name if copy is not None else "", original=entry.name
            ),
            undo=lambda: self._run(self._desk.delete(added)),
            topic=TOPIC,
        )

    def _delete(self) -> None:
        entry = self._open.entry()
        if entry is not None:
            self._run(self._delete_one(entry))

    async def _delete_one(self, entry: PromptEntry) -> None:
        was_saved = await self._desk.delete(entry.id)

        async def bring_back() -> None:
            await self._desk.restore(entry.id, was_saved=was_saved)
            self._open.open(entry.id)

        self._notifier.info(
            lambda: QCoreApplication.translate("Prompts", "“{name}” was deleted.").format(name=entry_name(entry)),
            undo=lambda: self._run(bring_back()),
        )


def _too_long() -> str:
    return QCoreApplication.translate(
        "Prompts",
        "A version has at most {n} characters. Shorten the text to save it as a version; until then it stays here.",
    ).format(n=count(MAX_TEXT_LENGTH))
