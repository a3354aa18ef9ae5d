"""The side panel for one value of a case, and for its variable."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from app.core.cases import Case
from app.ui.bench.cases.form_panel import FormPanel
from app.ui.bench.cases.pausing_text import PausingText
from app.ui.texts.cases import problem_text
from app.ui.theme.icons import Icon
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.notices import InlineNotice


class ValueForm(FormPanel):
    """One value of a case in full, and what was wrong with its row.

    Signals:
        changed: id of the case, variable and value.
        accepted: id of a case whose row is used as it was read.
        renamed, removed: of the variable; the former with its new name.
    """

    changed = Signal(str, str, str)
    accepted = Signal(str)
    renamed = Signal(str, str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._case, self._variable = Case(""), ""
        self.notice = InlineNotice()
        self.name, self._name_caption = LineField("", mono=True), Caption("")
        self.value, self._value_caption = PausingText(min_lines=3, max_lines=18), Caption("")
        self._raw = Hint(wrap=True)
        self.remove = Button("", Icon.TRASH)
        self.notice.acted.connect(lambda: self.accepted.emit(self._case.id))
        self.name.editingFinished.connect(self._rename)
        self.value.typed.connect(lambda text: self.changed.emit(self._case.id, self._variable, text))
        self.remove.clicked.connect(lambda: self.removed.emit(self._variable))
        self.add(self.notice)
        self.add(self._raw)
        self.add(self.value, self._value_caption)
        self.add(self.name, self._name_caption)
        self.end(self.remove)
        self.retranslate()

    def show_value(self, case: Case | None, variable: str, number: int) -> None:
        """Show a value, or only the variable where there is no case."""
        shown = case if case is not None else Case("")
        if (shown.id, variable) != (self._case.id, self._variable):
            self.value.commit()
        self._case, self._variable = shown, variable
        title = QCoreApplication.translate("Cases", "Case {n}").format(n=number)
        self.title.setText(title if case is not None else QCoreApplication.translate("Cases", "Variable"))
        self.name.setText(variable)
        self.value.show_text(shown.values.get(variable, ""))
        for widget in (self.value, self._value_caption):
            widget.setVisible(case is not None)
        problem = shown.problem
        self._raw.setVisible(problem is not None)
        if problem is None:
            self.notice.clear()
        else:
            self._raw.setText(problem.raw[:2_000])
            use = QCoreApplication.translate("Cases", "Use as it is")
            self.notice.say("warn", lambda: problem_text(problem), use)

    @property
    def has_case(self) -> bool:
        """Whether a value is shown, and not a variable alone."""
        return bool(self._case.id)

    def _rename(self) -> None:
        if self._variable and self.name.text() != self._variable:
            self.renamed.emit(self._variable, self.name.text())

    def retranslate(self) -> None:
        super().retranslate()
        self.name.setAccessibleName(QCoreApplication.translate("Cases", "Variable name"))
        self._name_caption.setText(QCoreApplication.translate("Cases", "Variable name"))
        self.value.setAccessibleName(QCoreApplication.translate("Cases", "Case value"))
        self._value_caption.setText(QCoreApplication.translate("Cases", "Value"))
        self.remove.setText(QCoreApplication.translate("Cases", "Remove variable"))
