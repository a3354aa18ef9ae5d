"""The side panel for a version of a prompt that is a column, or becomes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from app.core.cases import CaseVersion
from app.core.prompt_library import SavedPrompt
from app.ui.bench.cases.form_panel import FormPanel
from app.ui.texts.cases import version_title
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint


class VersionForm(FormPanel):
    """A version of a prompt: one that is a column, or one to add.

    Signals:
        added: prompt and number of the version, from 1.
        removed: the id of the column.
    """

    added = Signal(object, int)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._prompts: Sequence[SavedPrompt] = ()
        self._version: CaseVersion | None = None
        self.prompt, self._prompt_caption = Choice(""), Caption("")
        self.number, self._number_caption = Choice(""), Caption("")
        self.text = TextArea("", min_lines=4, max_lines=24, size=Type.CONTROL)
        self.text.setReadOnly(True)
        self.add_button, self.remove = PrimaryButton(""), Button("", Icon.TRASH)
        self._none = Hint(wrap=True)
        self.prompt.chosen.connect(lambda _key: self._show_numbers())
        self.number.chosen.connect(lambda _key: self._show_text())
        self.add_button.clicked.connect(self._add)
        self.remove.clicked.connect(lambda: self.removed.emit(self.version_id))
        self.add(self._none)
        self.add(self.prompt, self._prompt_caption)
        self.add(self.number, self._number_caption)
        self.add(self.text)
        self.end(self.add_button, self.remove)
        self.retranslate()

    @property
    def version_id(self) -> str:
        """The id of the column that is shown; empty if one is to be added."""
        return self._version.id if self._version is not None else ""

    def show_prompts(self, prompts: Sequence[SavedPrompt], chosen: str = "") -> None:
        """Offer the versions of these prompts; the one chosen is shown first."""
        self._prompts, self._version = prompts, None
        before = chosen or self.prompt.key()
        self.prompt.set_choices([(prompt.id, prompt.name) for prompt in prompts])
        known = {prompt.id for prompt in prompts}
        self.prompt.set_key(before if before in known else (prompts[0].id if prompts else None))
        self._show_numbers()
        self._show_parts()

    def show_version(self, version: CaseVersion) -> None:
        """Show the text of a column."""
        self._version = version
        self.text.setPlainText(version.text)
        self._show_parts()

    def _show_parts(self) -> None:
        adding = self._version is None
        for widget in (self.prompt, self._prompt_caption, self.number, self._number_caption, self.add_button):
            widget.setVisible(adding and bool(self._prompts))
        self._none.setVisible(adding and not self._prompts)
        self.text.setVisible(not adding or bool(self._prompts))
        self.remove.setVisible(not adding)
        self.title.setText(
            version_title(self._version)
            if self._version is not None
            else QCoreApplication.translate("Cases", "Prompt version")
        )

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
            self.text.setPlainText(prompt.versions[number - 1].text)

    def _chosen(self) -> SavedPrompt | None:
        return next((prompt for prompt in self._prompts if prompt.id == self.prompt.key()), None)

    def _add(self) -> None:
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
        self.add_button.setText(QCoreApplication.translate("Cases", "Add this version"))
        self.remove.setText(QCoreApplication.translate("Cases", "Remove version"))
        self._none.setText(
            QCoreApplication.translate("Cases", "The prompt library is empty. Save a prompt first, under Prompts.")
        )
        self._show_parts()
