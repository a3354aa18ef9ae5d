"""Edits how requests to a gateway or a self-hosted server differ from those to the platform."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.core.profiles import Profile
from app.core.requests import RESERVED_FIELDS
from app.ui.retranslate import Retranslated
from app.ui.settings.commit_line_edit import CommitLineEdit
from app.ui.settings.page import field, pair
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.field_message import FieldMessage
from app.ui.widgets.labels import Caption, Hint


class GatewaySection(Retranslated):
    """Edits the token-limit field, unsupported parameters and additional fields of chat requests.

    Signals:
        changed: changed fields of the shown profile.

    Attributes:
        extra_notice: what is wrong with the additional fields.
    """

    changed = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._profile: Profile | None = None
        self.token_field = Choice("")
        self.token_field.set_choices([(name, name) for name in ("max_tokens", "max_completion_tokens")])
        self.token_field.chosen.connect(lambda name: self.changed.emit({"token_field": name}))
        self.unsupported, self.extra_body = CommitLineEdit(), CommitLineEdit()
        self.unsupported.setPlaceholderText("frequency_penalty, thinking")
        self.unsupported.editingFinished.connect(self.commit_unsupported)
        self.extra_body.setPlaceholderText('{"reasoning_effort": "low"}')
        self.extra_body.editingFinished.connect(self.commit_extra_body)
        self.extra_notice = FieldMessage(self.extra_body, lambda text: not _extra_problem(text))
        self.extra_body.textEdited.connect(self._check_extra_body)
        self._captions = [Caption() for _ in range(3)]
        self._extra_hint = Hint(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S16)
        column.addWidget(pair(field(self._captions[0], self.token_field), field(self._captions[1], self.unsupported)))
        column.addLayout(field(self._captions[2], self.extra_body, notice=self.extra_notice))
        column.addWidget(self._extra_hint)
        self.retranslate()

    def show_profile(self, profile: Profile) -> None:
        """Show a profile; uncommitted edits of the same one stay."""
        if self._profile is None or self._profile.id != profile.id:
            self.unsupported.setModified(False)
            self.extra_body.setModified(False)
            self.extra_notice.clear()
        self._profile = profile
        self.token_field.set_key(profile.token_field)
        self.unsupported.show_saved(", ".join(profile.unsupported_parameters))
        self.extra_body.show_saved(_extra_text(profile.extra_body))
        self.setVisible(profile.kind in ("gateway", "self-hosted"))

    def commit_unsupported(self) -> None:
        if self._profile is None:
            return
        typed = self.unsupported.text().replace(",", " ").replace("，", " ").split()
        names = tuple(dict.fromkeys(name.strip("\"'`") for name in typed))
        self.unsupported.setModified(False)
        if names != self._profile.unsupported_parameters:
            self.changed.emit({"unsupported_parameters": names})
        else:
            self.unsupported.show_saved(", ".join(names))

    def commit_extra_body(self) -> None:
        """Save the additional fields, or show why they can't be used; the text stays as typed then."""
        if self._profile is None:
            return
        text = self.extra_body.text()
        problem = _extra_problem(text)
        if problem:
            self.extra_notice.say("bad", problem)
            return
        self.extra_notice.clear()
        extra: dict[str, Any] = json.loads(text) if text.strip() else {}
        self.extra_body.setModified(False)
        if extra != self._profile.extra_body:
            self.changed.emit({"extra_body": extra})
        else:
            self.extra_body.show_saved(_extra_text(extra))

    def _check_extra_body(self, text: str) -> None:
        problem = _extra_problem(text)
        if not problem:
            self.extra_notice.clear()
        elif self.extra_notice.isHidden() or self.extra_notice.text() != problem:
            self.extra_notice.say("warn", problem)

    def retranslate(self) -> None:
        names = (
            QCoreApplication.translate("Services", "Token limit field"),
            QCoreApplication.translate("Services", "Unsupported parameters"),
            QCoreApplication.translate("Services", "Extra request fields (JSON)"),
        )
        for caption, name in zip(self._captions, names, strict=True):
            caption.setText(name)
        self.token_field.set_name(names[0])
        self.unsupported.setAccessibleName(names[1])
        self.extra_body.setAccessibleName(names[2])
        hint = QCoreApplication.translate("Services", "Parameters that this service refuses; they are never sent.")
        self.unsupported.setToolTip(hint)
        self.unsupported.setAccessibleDescription(hint)
        hint = QCoreApplication.translate(
            "Services", "Most services ignore a field they do not know without a word, so check its spelling."
        )
        self._extra_hint.setText(hint)
        self.extra_body.setToolTip(hint)
        # The notice is in the old language.
        if self.extra_notice.has_error:
            self.commit_extra_body()
        elif not self.extra_notice.isHidden():
            self._check_extra_body(self.extra_body.text())


def _extra_text(extra: dict[str, Any]) -> str:
    return json.dumps(extra, ensure_ascii=False) if extra else ""


def _extra_problem(text: str) -> str:
    """Why a text can't be used as additional fields; empty if it can. An empty text means none."""
    if not text.strip():
        return ""
    try:
        extra = json.loads(text)
    except (ValueError, RecursionError):
        return QCoreApplication.translate(
            "Services", "This is not valid JSON. Enter an object such as {example}."
        ).format(example='{"top_k": 20}')
    if not isinstance(extra, dict):
        return QCoreApplication.translate(
            "Services", "A JSON object is needed, in braces. Enter one such as {example}."
        ).format(example='{"top_k": 20}')
    reserved = sorted(RESERVED_FIELDS & extra.keys())
    if reserved:
        return QCoreApplication.translate(
            "Services", "The workbench sets {names} itself. Remove it from these fields."
        ).format(names=", ".join(reserved))
    return ""
