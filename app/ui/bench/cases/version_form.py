"""The side panel for a version of a prompt that is a column, or becomes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from app.core.cases import CaseVersion
from app.core.prompt_library import SavedPrompt
from app.ui.bench.cases.form_panel import FormPanel
from app.ui.bench.cases.pausing_text import PausingText
from app.ui.texts.cases import version_title
from app.ui.theme.icons import Icon
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, Hint

_NEW = "+"
"""Stands for a prompt that is written here; no id of a prompt is like it."""


class VersionForm(FormPanel):
    """A version of a prompt: one that is a column, or one to add.

    Signals:
        added: prompt and number of the version, from 1.
        drafted: what has been written of a new prompt.
        written: text of a prompt that is to be saved in the library and become a column.
        removed: the id of the column.
    """

    added = Signal(object, int)
    drafted = Signal(str)
    written = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._prompts: Sequence[SavedPrompt] = ()
        self._version: CaseVersion | None = None
        self.prompt, self._prompt_caption = Choice(""), Caption("")
        self.number, self._number_caption = Choice(""), Caption("")
        self.text = PausingText(min_lines=4, max_lines=24)
        self.text.setReadOnly(True)
        self.text.textChanged.connect(self._on_typed)
        self.text.typed.connect(self._keep_draft)
        self._writes, self._draft = False, ""
        self.add_button, self.remove = PrimaryButton(""), Button("", Icon.TRASH)
        self._hint = Hint(wrap=True)
        self.prompt.chosen.connect(lambda _key: self._show_parts())
        self.number.chosen.connect(lambda _key: self._show_text())
        self.add_button.clicked.connect(self._add)
        self.remove.clicked.connect(lambda: self.removed.emit(self.version_id))
        self.add(self.prompt, self._prompt_caption)
        self.add(self.number, self._number_caption)
        self.add(self.text)
        self.add(self._hint)
        self.end(self.add_button, self.remove)
        self.retranslate()

    @property
    def version_id(self) -> str:
        """The id of the column that is shown; empty if one is to be added."""
        return self._version.id if self._version is not None else ""

    def show_prompts(self, prompts: Sequence[SavedPrompt], chosen: str = "", draft: str = "") -> None:
        """Offer the versions of these prompts, the one chosen first, and to go on with the draft of a new one."""
        self.text.commit()
        self._prompts, self._version, self._draft = prompts, None, draft
        before = chosen or self.prompt.key()
        new = (_NEW, QCoreApplication.translate("Cases", "New prompt"))
        self.prompt.set_choices([*((prompt.id, prompt.name) for prompt in prompts), new])
        known = {prompt.id for prompt in prompts}
        self.prompt.set_key(before if before in known else (prompts[0].id if prompts else _NEW))
        self._show_parts()

    def show_version(self, version: CaseVersion) -> None:
        """Show the text of a column."""
        self.text.commit()
        self._version = version
        self._show_parts()

    def _show_parts(self) -> None:
        adding = self._version is None
        self.text.commit()
        self._writes = adding and self.prompt.key() == _NEW
        for widget in (self.prompt, self._prompt_caption, self.add_button):
            widget.setVisible(adding)
        for widget in (self.number, self._number_caption):
            widget.setVisible(adding and not self._writes)
        self._hint.setVisible(self._writes)
        self.remove.setVisible(not adding)
        self.text.setReadOnly(not self._writes)
        if self._version is not None:
            self.text.show_text(self._version.text)
        elif self._writes:
            self.text.show_text(self._draft)
        else:
            self._show_numbers()
        self.add_button.setEnabled(not self._writes or bool(self._draft.strip()))
        self.add_button.setText(
            QCoreApplication.translate("Cases", "Save and add")
            if self._writes
            else QCoreApplication.translate("Cases", "Add this version")
        )
        self.title.setText(
            version_title(self._version)
            if self._version is not None
            else QCoreApplication.translate("Cases", "Prompt version")
        )

    def _keep_draft(self, text: str) -> None:
        if self._writes:
            self._draft = text
            self.drafted.emit(text)

    def _on_typed(self) -> None:
        if self._writes:
            self.add_button.setEnabled(bool(self.text.toPlainText().strip()))

    def _show_numbers(self) -> None:
        prompt = self._chosen()
        count = len(prompt.versions) if prompt is not None else 0
        text = QCoreApplication.translate("Cases", "v{n}")
        self.number.set_choices([(str(number), text.format(n=number)) for number in range(count, 0, -1)])
        self.number.set_key(str(count) if count else None)
        self._show_text()

    def _show_text(self) -> None:
        prompt, number = self._chosen(), int(self.number.key() or 0)
        if prompt is not None and 0 < number <= len(prompt.versions):
            self.text.show_text(prompt.versions[number - 1].text)

    def _chosen(self) -> SavedPrompt | None:
        return next((prompt for prompt in self._prompts if prompt.id == self.prompt.key()), None)

    def _add(self) -> None:
        if self._writes:
            self.text.commit()
            self.written.emit(self._draft)
            return
        prompt, number = self._chosen(), int(self.number.key() or 0)
        if prompt is not None and number:
            self.added.emit(prompt, number)

    def retranslate(self) -> None:
        super().retranslate()
        self.prompt.set_name(QCoreApplication.translate("Cases", "Prompt to add"))
        self._prompt_caption.setText(QCoreApplication.translate("Cases", "Prompt"))
        self.number.set_name(QCoreApplication.translate("Cases", "Version to add"))
        self._number_caption.setText(QCoreApplication.translate("Cases", "Version"))
        self.text.setAccessibleName(QCoreApplication.translate("Cases", "Text of the version"))
        self.remove.setText(QCoreApplication.translate("Cases", "Remove version"))
        self._hint.setText(
            QCoreApplication.translate(
                "Cases",
                "{{name}} stands for a value of the case. Without a variable it is a system prompt, and the user says "
                "{{message}}. It is saved in the library.",
            )
        )
        self._show_parts()
