"""Saves what is typed in the detail of a tool, and tries the tool."""

from __future__ import annotations

import time

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import Code, WorkbenchError
from app.core.schema_check import tidy
from app.core.tool_definitions import BUILTIN_PREFIX
from app.services.tools.own_tools import OwnTools
from app.services.tools.tool import Toolbox, words_for_model
from app.ui.chat.tools.tool_form import ShownTool, ToolForm
from app.ui.reported_tasks import Spawn
from app.ui.texts import numbers
from app.ui.texts.errors import error_message


class ToolFormPresenter(QObject):
    """Lets the detail of a tool act on the tool it shows."""

    def __init__(self, form: ToolForm, *, toolbox: Toolbox, own_tools: OwnTools, run: Spawn) -> None:
        super().__init__(form)
        self._form = form
        self._toolbox = toolbox
        self._own = own_tools
        self._run = run
        form.changed.connect(self._change)
        form.fixed.connect(self._fix)
        form.tried.connect(lambda key: run(self._try(key)))
        form.tidy.clicked.connect(self._tidy)

    def shown(self, key: str) -> ShownTool:
        """What the detail shows of a tool."""
        if key.startswith(BUILTIN_PREFIX):
            name = key.removeprefix(BUILTIN_PREFIX)
            spec = self._toolbox.builtin[name].spec
            schema = msgspec.json.format(msgspec.json.encode(spec.parameters), indent=2).decode()
            sample = self._own.sample_of_builtin(name)
            return ShownTool(key, name, spec.description, schema, sample, "builtin", answered_by=name, is_builtin=True)
        definition = self._own.get(key)
        assert definition is not None
        tool, state = definition.tool, self._own.state(key)
        typed = definition.typed_name
        return ShownTool(
            key,
            tool.name if typed is None else typed,
            tool.description,
            definition.schema_text,
            definition.sample,
            definition.answer,
            definition.result,
            definition.builtin,
            strict=tool.strict,
            name_fault=self._own.name_fault(key, tool.name if typed is None else typed),
            problem=state.problem,
        )

    def _change(self, key: str, name: str, value: object) -> None:
        if key.startswith(BUILTIN_PREFIX):
            if name == "sample":
                self._own.set_sample_of_builtin(key.removeprefix(BUILTIN_PREFIX), str(value))
            return
        match name:
            case "typed_name":
                self._own.type_name(key, str(value))
            case "name":
                self._own.rename(key, str(value))
            case "description":
                self._own.describe(key, str(value))
            case "strict":
                self._own.set_strict(key, bool(value))
            case _:
                self._own.change(key, **{name: value})

    def _fix(self, key: str) -> None:
        """Put the obvious correction into the schema, as one step that can be undone."""
        definition = self._own.get(key)
        problem = self._own.state(key).problem if definition is not None else None
        # What was typed since the check is newer than the correction.
        is_current = definition is not None and self._own.state(key).is_checked
        if definition is not None and is_current and problem is not None and problem.fix is not None:
            self._form.parameters.replace_text(problem.fix.apply(definition.schema_text))
            self._form.commit()
            self._form.parameters.setFocus()

    def _tidy(self) -> None:
        editor = self._form.parameters
        text = editor.toPlainText()
        tidied = tidy(text)
        if tidied != text:
            editor.replace_text(tidied)
            self._form.commit()

    async def _try(self, key: str) -> None:
        arguments = self._form.trial.sample.toPlainText()
        began = time.monotonic()
        try:
            if key.startswith(BUILTIN_PREFIX):
                result: str | None = await self._toolbox.call(key.removeprefix(BUILTIN_PREFIX), arguments)
            else:
                result = await self._own.try_out(key, arguments)
        except WorkbenchError as error:
            if self._form.key == key:
                self._show_failure(error)
            return
        if self._form.key != key:
            return
        if result is None:
            text = QCoreApplication.translate("Tools", "The arguments fit. You answer this call in the conversation.")
        else:
            text = QCoreApplication.translate("Tools", "The model would get this, after {time}.")
            text = text.format(time=numbers.seconds(time.monotonic() - began))
        self._form.trial.show_outcome(text, result, failed=False)

    def _show_failure(self, error: WorkbenchError) -> None:
        if error.code is Code.TOOL_ARGUMENTS:
            text = QCoreApplication.translate("Tools", "The arguments don't fit: {reason}. The model would get this.")
            text = text.format(reason=str(error.params.get("reason", "")).rstrip("."))
        else:
            text = error_message(error).what
        self._form.trial.show_outcome(text, words_for_model(error), failed=True)
