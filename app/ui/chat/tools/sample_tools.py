"""Prepared tools for the gallery: one that does not hold yet among others that do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.schema_check import check_schema
from app.core.settings import TOOL_ROUNDS, TOOLS_OPEN
from app.core.tool_definitions import BUILTIN_PREFIX
from app.services.tools.builtin import builtin_tools
from app.services.tools.own_tools import ToolState
from app.ui.chat.tools.tool_form import ShownTool
from app.ui.chat.view import ChatView
from app.ui.texts.tools import answer_label, builtin_sentence, builtin_title, off_sentence
from app.ui.widgets.row_model import Row

_SCHEMA = """{ "type": "object",
  "properties": {
    "room": { "type": "integer", "minimum": 1 },
    "from": { "type": "string",
              "format": "date-time" },
    "minutes": { "type": "integer" },
    "tell": { "type": "array",
              "items": "string" } },
  "required": ["room", "from"] }"""


def show_sample_tools(view: QWidget) -> None:
    """Show the Tools page of a chat with some tools; the texts follow the language."""
    assert isinstance(view, ChatView)
    assert view.tools is not None
    panel = view.tools
    panel.form.set_builtin(tuple(tool.spec.name for tool in builtin_tools()))
    panel.rounds.show_value(TOOL_ROUNDS.default)
    problem = check_schema(_SCHEMA).problem

    def show() -> None:
        builtin = QCoreApplication.translate("Tools", "Built in, off by default")
        own = QCoreApplication.translate("Tools", "Yours")
        rows = [
            Row(BUILTIN_PREFIX + name, builtin_title(name), builtin_sentence(name), section=builtin)
            for name in (tool.spec.name for tool in builtin_tools())
        ]
        rows += [
            Row("create", "create_request", answer_label("ask"), section=own),
            Row("book", "book_room", off_sentence(ToolState(problem)), section=own),
            Row("climate", "room_climate", answer_label("canned"), section=own),
        ]
        panel.show_tools(rows, {row.key: row.key == "create" for row in rows if row.key != "book"}, 1)
        panel.tool_list.select_key("book")

    show()
    view.retranslated.connect(show)
    panel.show_tool(
        ShownTool(
            "book", "book_room", "Book a meeting room for a time span.", _SCHEMA,
            '{ "room": 3, "from": "2026-12-04T13:30" }', "canned", '{ "booked": true, "number": "R3-1204" }',
            can_use=False, problem=problem,
        ),
        removable=True,
    )  # fmt: skip
    view.open_panel(TOOLS_OPEN)
