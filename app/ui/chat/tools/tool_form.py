"""The detail of a tool: its name, description, parameters and answer, and trying it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.core.schema_check import SchemaProblem
from app.core.tool_definitions import NameFault
from app.ui.chat.tools.json_editor import JsonEditor
from app.ui.chat.tools.problem_line import ProblemLine
from app.ui.chat.tools.trial import TrialRow
from app.ui.retranslate import Retranslated
from app.ui.texts.tools import builtin_title, fix_label, name_sentence, problem_sentence
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.switch import Switch

WIDE = 380
"""Logical pixels, before text scaling, from which name and description stand side by side."""


class ShownTool(NamedTuple):
    """What the form shows of a tool.

    Attributes:
        key: of its row; another one shows all fields anew.
        name: as typed.
        is_builtin: only its sample arguments can be changed.
        answer: `ask`, `canned` or `builtin`; `answered_by` is the built-in tool of the last.
        can_use: whether it can be chosen for the conversation; `is_used` whether it is.
        asks: whether its calls wait for approval; `is_always_allowed` whether the user allowed it for good.
    """

    key: str
    name: str
    description: str
    schema: str
    sample: str
    answer: str = "ask"
    result: str = ""
    answered_by: str = ""
    is_builtin: bool = False
    strict: bool = False
    can_use: bool = True
    is_used: bool = False
    asks: bool = True
    is_always_allowed: bool = False
    name_fault: NameFault | None = None
    problem: SchemaProblem | None = None


class ToolForm(Retranslated):
    """Edits one tool. What is typed is passed on at once; a name counts when its field is left.

    Signals:
        changed: key of the tool, name of the field (typed_name while it is typed and name once it is finished,
            description, schema, sample, result, answer, builtin, strict), and its value.
        used: key and whether the conversation uses the tool.
        fixed: key; the obvious correction of the schema was asked for.
        permission_taken_back: key of a tool that is to ask again.
        tried: key; run it with the sample arguments.
    """

    changed = Signal(str, str, object)
    used = Signal(str, bool)
    fixed = Signal(str)
    permission_taken_back = Signal(str)
    tried = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._builtin: tuple[str, ...] = ()
        self._shown: ShownTool | None = None
        self._is_updating = False
        self._is_name_typed = False  # and not yet finished
        self.name = LineField("", mono=True)
        self.description = TextArea("", min_lines=1, max_lines=5)
        self.parameters = JsonEditor()
        self.result = TextArea("", min_lines=1, max_lines=8, mono=True)
        self.trial = TrialRow()
        self.tidy = GhostButton()
        self.name_problem, self.schema_problem = ProblemLine(), ProblemLine()
        self.answer, self.builtin = SegmentedChoice(""), Choice("", compact=True)
        self.use, self.strict = Switch(), Switch()
        self.permission, self.ask_again = Hint(wrap=True), GhostButton()
        self._captions = {name: Caption() for name in ("name", "description", "parameters", "answer")}
        self._connect()
        self._lay_out()
        self.retranslate()

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda text: self._typed("typed_name", text))
        self.name.editingFinished.connect(self.commit)
        for field, name in ((self.description, "description"), (self.result, "result"), (self.trial.sample, "sample")):
            field.textChanged.connect(lambda field=field, name=name: self._typed(name, field.toPlainText()))
        self.parameters.textChanged.connect(lambda: self._typed("schema", self.parameters.toPlainText()))
        self.answer.chosen.connect(lambda key: self._emit("answer", key))
        self.builtin.chosen.connect(lambda key: self._emit("builtin", key))
        self.strict.toggled.connect(lambda on: self._emit("strict", on))
        self.use.toggled.connect(self._use)
        self.schema_problem.acted.connect(lambda: self._act(self.fixed))
        self.ask_again.clicked.connect(lambda: self._act(self.permission_taken_back))
        self.trial.tried.connect(lambda: self._act(self.tried))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S16)
        column.setSpacing(Space.S12)
        self._names = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._names.setSpacing(Space.S12)
        self._names.addLayout(_stack(self._captions["name"], self.name, self.name_problem), 2)
        self._names.addLayout(_stack(self._captions["description"], self.description), 3)
        column.addLayout(self._names)
        heading = QHBoxLayout()
        heading.addWidget(self._captions["parameters"])
        heading.addStretch(1)
        heading.addWidget(self.tidy)
        column.addLayout(_stack(heading, self.parameters, self.schema_problem))
        column.addWidget(self.trial)
        answered = QHBoxLayout()
        answered.setSpacing(Space.S8)
        answered.addWidget(self._captions["answer"])
        answered.addWidget(self.answer)
        answered.addWidget(self.builtin)
        answered.addWidget(self.permission, 1)
        answered.addWidget(self.ask_again)
        self.permission.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(_stack(answered, self.result, spacing=Space.S8))
        column.addWidget(self.strict)
        column.addWidget(self.use)
        column.addStretch(1)

    # -- showing

    def set_builtin(self, names: tuple[str, ...]) -> None:
        """Offer these built-in tools as those that can answer."""
        self._builtin = names
        self.builtin.set_choices((name, builtin_title(name)) for name in names)

    @property
    def key(self) -> str:
        """The key of the tool that is shown; empty for none."""
        return self._shown.key if self._shown is not None else ""

    def show_tool(self, tool: ShownTool) -> None:
        """Show a tool. While it is the same, a field that is being typed into keeps its text."""
        if tool.key != self.key:
            self.commit()
            self.trial.clear()
        self._shown = tool
        self._is_updating = True
        for field, text, name in (
            (self.description, tool.description, "description"), (self.parameters, tool.schema, "schema"),
            (self.result, tool.result, "result"), (self.trial.sample, tool.sample, "sample"),
        ):  # fmt: skip
            field.setReadOnly(tool.is_builtin and name != "sample")
            if field.toPlainText() != text:
                field.setPlainText(text)
        self.name.setReadOnly(tool.is_builtin)
        if not self._is_name_typed and self.name.text() != tool.name:
            self.name.setText(tool.name)
        self.answer.set_key(tool.answer)
        self.answer.setEnabled(not tool.is_builtin)
        self.builtin.set_key(tool.answered_by)
        self.strict.setChecked(tool.strict)
        self.use.setChecked(tool.is_used)
        self.use.setEnabled(tool.can_use)
        self._is_updating = False
        for part, is_shown in (
            (self.builtin, tool.answer == "builtin" and not tool.is_builtin),
            (self.result, tool.answer == "canned"),
            (self.strict, not tool.is_builtin),
            (self.tidy, not tool.is_builtin),
            (self.ask_again, tool.is_always_allowed),
        ):
            part.setVisible(is_shown)
        self._show_words()

    def _show_words(self) -> None:
        tool = self._shown
        if tool is None:
            return
        self.name_problem.show_problem(name_sentence(tool.name_fault) if tool.name_fault is not None else "")
        self._mark_name(tool.name_fault is not None)
        self.name.setAccessibleDescription(self.name_problem.text())
        problem = tool.problem
        fix = fix_label(problem.fix) if problem is not None and problem.fix is not None else ""
        self.schema_problem.show_problem(problem_sentence(problem) if problem is not None else "", fix)
        self.parameters.mark_line(problem.line if problem is not None else 0)
        self.parameters.setAccessibleDescription(self.schema_problem.text())
        self.trial.set_ready(problem is None)
        if tool.answer == "ask" and not tool.is_builtin:
            text = QCoreApplication.translate("Tools", "Each call waits for your answer")
        elif tool.is_always_allowed:
            text = QCoreApplication.translate("Tools", "Always allowed")
        elif tool.asks:
            text = QCoreApplication.translate("Tools", "Asks before each call")
        else:
            text = QCoreApplication.translate("Tools", "Runs without asking")
        self.permission.setText(text)

    def _mark_name(self, wrong: bool) -> None:
        if self.name.property("wrong") != wrong:
            self.name.setProperty("wrong", wrong)
            self.name.style().unpolish(self.name)
            self.name.style().polish(self.name)
            self.name.restyle()

    # -- typing

    def commit(self) -> None:
        """Use the name that was typed as finished; everything else is passed on as it is typed."""
        commit_composition()
        if self._is_name_typed:
            self._is_name_typed = False
            self.changed.emit(self.key, "name", self.name.text())

    def _typed(self, name: str, text: str) -> None:
        if not self._is_updating and self.key:
            self._is_name_typed = self._is_name_typed or name == "typed_name"
            self.changed.emit(self.key, name, text)

    def _emit(self, name: str, value: object) -> None:
        if not self._is_updating and self.key:
            self.commit()
            self.changed.emit(self.key, name, value)

    def _use(self, on: bool) -> None:
        if not self._is_updating and self.key:
            self.used.emit(self.key, on)

    def _act(self, signal: object) -> None:
        self.commit()
        if self.key:
            signal.emit(self.key)  # type: ignore[attr-defined]

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme().px(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._names.direction() != direction:
            self._names.setDirection(direction)

    def retranslate(self) -> None:
        self.name.setAccessibleName(QCoreApplication.translate("Tools", "Tool name"))
        self.description.setAccessibleName(QCoreApplication.translate("Tools", "Tool description"))
        self.parameters.setAccessibleName(QCoreApplication.translate("Tools", "Tool parameters"))
        self.result.setAccessibleName(QCoreApplication.translate("Tools", "Canned result"))
        self.description.setPlaceholderText(
            QCoreApplication.translate("Tools", "When and why the model should call it")
        )
        self.result.setPlaceholderText(QCoreApplication.translate("Tools", "What every call gets as its result"))
        self.tidy.setText(QCoreApplication.translate("Tools", "Tidy"))
        self.use.setText(QCoreApplication.translate("Tools", "Use in this conversation"))
        self.strict.setText(QCoreApplication.translate("Tools", "Strict"))
        self.strict.setToolTip(
            QCoreApplication.translate("Tools", "Asks the service to keep to the schema; not every service can.")
        )
        self.ask_again.setText(QCoreApplication.translate("Tools", "Ask again"))
        texts = {
            "name": QCoreApplication.translate("Tools", "Name"),
            "description": QCoreApplication.translate("Tools", "Description"),
            "parameters": QCoreApplication.translate("Tools", "Parameters JSON Schema"),
            "answer": QCoreApplication.translate("Tools", "Answered by"),
        }
        for name, caption in self._captions.items():
            caption.setText(texts[name])
        self.answer.set_name(QCoreApplication.translate("Tools", "Tool answer"))
        self.answer.set_choices(
            (
                ("ask", QCoreApplication.translate("Tools", "Me")),
                ("canned", QCoreApplication.translate("Tools", "Canned")),
                ("builtin", QCoreApplication.translate("Tools", "Built in")),
            )
        )
        self.builtin.set_name(QCoreApplication.translate("Tools", "Built-in tool"))
        self.builtin.set_choices((name, builtin_title(name)) for name in self._builtin)
        self._show_words()


def _stack(*rows: QWidget | QLayout, spacing: int = Space.S4) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(spacing)
    for row in rows:
        column.addWidget(row) if isinstance(row, QWidget) else column.addLayout(row)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return column
