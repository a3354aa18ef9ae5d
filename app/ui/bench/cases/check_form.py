"""The side panel for one check of a set."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, Signal

from app.core.cases import CHECK_KINDS, Check
from app.ui.bench.cases.form_panel import FormPanel
from app.ui.bench.cases.pausing_text import PausingText
from app.ui.texts.cases import check_kind_label, check_value_hint
from app.ui.theme.icons import Icon
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, Hint


class CheckForm(FormPanel):
    """One check of the set.

    Signals:
        changed: the check as it is now.
        removed: the id of the check.
    """

    changed = Signal(object)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._check = Check("", "contains")
        self.kind, self._kind_caption = Choice(""), Caption("")
        self.value, self._hint = PausingText(min_lines=2, max_lines=12), Hint(wrap=True)
        self.remove = Button("", Icon.TRASH)
        self.kind.chosen.connect(self._choose)
        self.value.typed.connect(lambda text: self.changed.emit(msgspec.structs.replace(self._check, value=text)))
        self.remove.clicked.connect(lambda: self.removed.emit(self._check.id))
        self.add(self.kind, self._kind_caption)
        self.add(self._hint)
        self.add(self.value)
        self.end(self.remove)
        self.retranslate()

    @property
    def check_id(self) -> str:
        return self._check.id

    def show_check(self, check: Check) -> None:
        if check.id != self._check.id:
            self.value.commit()
        self._check = check
        self.kind.set_key(check.kind)
        self.value.show_text(check.value)
        self._hint.setText(check_value_hint(check.kind))
        for widget in (self.value, self._hint):
            widget.setVisible(check.kind != "json")

    def _choose(self, key: str) -> None:
        self.value.commit()
        kind = next(kind for kind in CHECK_KINDS if kind == key)
        self.changed.emit(msgspec.structs.replace(self._check, kind=kind))

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(QCoreApplication.translate("Cases", "Check"))
        self.kind.set_name(QCoreApplication.translate("Cases", "Kind of check"))
        self._kind_caption.setText(QCoreApplication.translate("Cases", "Kind of check"))
        self.kind.set_choices([(kind, check_kind_label(kind)) for kind in CHECK_KINDS])
        self.value.setAccessibleName(QCoreApplication.translate("Cases", "Check value"))
        self.remove.setText(QCoreApplication.translate("Cases", "Remove check"))
        self.show_check(self._check)
