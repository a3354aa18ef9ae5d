"""Additional fields of the request body, checked while they are typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Signal

from app.core.extra_body import BodyProblem, ExtraBody, check_extra_body
from app.ui.chat.parameters.row import ParameterRow
from app.ui.texts.numbers import count
from app.ui.theme.tokens import Type
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Label


class ExtraBodyRow(ParameterRow):
    """A JSON object. Text that can't be sent stays as typed, and a sentence says why.

    Signals:
        typed: the text, and the fields to send as a dict; none while the text can't be used.
    """

    typed = Signal(str, object)

    def __init__(self) -> None:
        self.field = TextArea("", mono=True, min_lines=2, max_lines=10)
        self.field.textChanged.connect(self._on_typed)
        super().__init__("extra_body", self.field, beside=False)
        self._is_showing = False
        self._checked = ExtraBody({})
        self.remark = Label(size=Type.SMALL, ink="bad", wrap=True)
        self.remark.hide()
        self.body.addWidget(self.remark)

    def show_text(self, text: str) -> None:
        """Show the text of another conversation, or of this one where it was changed elsewhere. Emits no signal."""
        if text != self.field.toPlainText():
            self._is_showing = True
            self.field.setPlainText(text)
            self._is_showing = False
        self._check(text)

    def _on_typed(self) -> None:
        if self._is_showing:
            return
        text = self.field.toPlainText()
        self._check(text)
        fields: dict[str, Any] = self._checked.fields
        self.typed.emit(text, fields)

    def _check(self, text: str) -> None:
        self._checked = check_extra_body(text)
        self._show_remark()

    def _show_remark(self) -> None:
        sentence = _sentence(self._checked)
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))
        self.remark.set_ink("warn" if self._checked.is_sent else "bad")
        # When it is first shown, the style restores the colour it had before.
        self.remark.restyle()
        self.field.setAccessibleDescription(sentence)

    def lock_control(self, reason: str) -> None:
        self.field.setEnabled(not reason)
        self.field.setAccessibleDescription(reason or _sentence(self._checked))

    def retranslate(self) -> None:
        super().retranslate()
        self.field.setPlaceholderText(QCoreApplication.translate("Parameters", 'JSON, such as {"seed": 7}'))
        self._show_remark()


def _sentence(checked: ExtraBody) -> str:
    """Why the fields are not sent, or what to know about one that is."""
    match checked.problem:
        case BodyProblem.NOT_JSON:
            text = QCoreApplication.translate(
                "Parameters", "Not sent: this is not JSON in line {line}, character {column}. Correct it there."
            ).format(line=count(checked.line), column=count(checked.column))
        case BodyProblem.NOT_AN_OBJECT:
            text = QCoreApplication.translate(
                "Parameters", "Not sent: this must be an object. Put the fields between { and }."
            )
        case BodyProblem.REPEATED:
            text = QCoreApplication.translate(
                "Parameters", "Not sent: “{field}” stands here twice. Remove one of them."
            ).replace("{field}", checked.field)
        case BodyProblem.RESERVED:
            text = QCoreApplication.translate(
                "Parameters", "Not sent: “{field}” is set by the workbench itself. Remove it here."
            ).replace("{field}", checked.field)
        case BodyProblem.KEY:
            text = QCoreApplication.translate(
                "Parameters",
                "Not sent: “{field}” looks like an API key. Keys belong in Settings, Services. Remove it here.",
            ).replace("{field}", checked.field)
        case BodyProblem.OVERRULES:
            text = QCoreApplication.translate(
                "Parameters", "“{field}” here overrules the control for it on this page."
            ).replace("{field}", checked.field)
        case BodyProblem.SIMILAR:
            text = QCoreApplication.translate(
                "Parameters", "“{field}” is sent, but no service documents it. Did you mean “{similar}”?"
            )
            text = text.replace("{similar}", checked.similar).replace("{field}", checked.field)
        case None:
            text = ""
    return text
