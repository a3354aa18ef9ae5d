"""Connects the Tools page to the toolbox, to the user's own tools and to the open conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from app.core.settings import (
    ALWAYS_ALLOWED_TOOLS,
    ASK_BEFORE_TOOL,
    ENABLED_TOOLS,
    TOOL_ROUNDS,
    TOOLS_OPEN,
    Settings,
)
from app.core.tool_definitions import BUILTIN_PREFIX, ToolDefinition
from app.core.tool_servers import KEY_PREFIX
from app.services.chat.approval import Approvals
from app.services.chat.workspace import Workspace
from app.services.tools.own_tools import OwnTools
from app.services.tools.tool import Toolbox
from app.ui.chat.tools.exchange_presenter import ToolExchange
from app.ui.chat.tools.form_presenter import ToolFormPresenter
from app.ui.chat.tools.panel import ToolsPanel
from app.ui.reported_tasks import Spawn
from app.ui.texts.tools import answer_label, builtin_sentence, builtin_title, off_sentence
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import Row

if TYPE_CHECKING:
    from app.ui.chat.view import ChatView

MISSING_PREFIX = "missing:"
"""Begins the key of a row for a tool that the conversation chose and that is not there any more."""


class ToolsPresenter(QObject):
    """Shows which tools the open conversation offers, on the page and on the composer's chip, and changes that."""

    def __init__(
        self, view: ChatView, panel: ToolsPanel, *, workspace: Workspace, toolbox: Toolbox, own_tools: OwnTools,
        approvals: Approvals, settings: Settings, notifier: Notifier, run: Spawn,
    ) -> None:  # fmt: skip
        """`run` runs a coroutine in the background and reports its errors."""
        super().__init__(panel)
        self._view = view
        self._panel = panel
        self._workspace = workspace
        self._toolbox = toolbox
        self._own = own_tools
        self._approvals = approvals
        self._settings = settings
        self._shown_for: tuple[str, tuple[str, ...]] | None = None
        self._form = ToolFormPresenter(panel.form, toolbox=toolbox, own_tools=own_tools, run=run)
        self._exchange = ToolExchange(
            view, panel, own_tools=own_tools, settings=settings, notifier=notifier, run=run, select=self.select
        )
        panel.form.set_builtin(tuple(toolbox.builtin))
        panel.tool_list.toggled.connect(self._offer)
        panel.tool_list.row_selected.connect(self.select)
        panel.form.used.connect(self._offer)
        panel.form.permission_taken_back.connect(self._ask_again)
        panel.rounds.show_value(settings.get(TOOL_ROUNDS))
        panel.rounds.committed.connect(lambda rounds: settings.set(TOOL_ROUNDS, round(rounds)))
        view.composer.offered.clicked.connect(lambda: view.open_panel(TOOLS_OPEN))
        view.retranslated.connect(self.show)
        own_tools.on_change.subscribe(self.show)
        settings.watch(ENABLED_TOOLS, lambda names: self.show())
        settings.watch(ASK_BEFORE_TOOL, self._set_ask)
        settings.watch(ALWAYS_ALLOWED_TOOLS, self._set_always_allowed)
        settings.watch(TOOL_ROUNDS, self._set_rounds)

    # -- showing

    def follow(self) -> None:
        """Show the tools anew if the open conversation, or what it offers, is another: its draft changes often."""
        if self._shown_for != self._choice():
            self.show()

    def show(self) -> None:
        """Show the tools, and which of them the open conversation offers."""
        self._shown_for = self._choice()
        chosen = self._chosen()
        rows = [*self._builtin_rows(), *self._own_rows(), *self._missing_rows(chosen)]
        offered = [key for key in chosen if self._can_use(key)]
        checks = {row.key: row.key in chosen for row in rows if self._can_use(row.key) or row.key in chosen}
        for key in checks:
            # A tool that is off is shown so, although it stays chosen for when it holds again.
            checks[key] = checks[key] and (key in offered or key.startswith(MISSING_PREFIX))
        self._panel.show_tools(rows, checks, len(offered))
        names = [self._name_of(key) for key in offered]
        allowed = [self._name_of(key) for key in offered if self._permission_of(key) in self._approvals.always]
        always = names if not self._approvals.ask else allowed
        self._view.composer.show_offered_tools(names, always)
        selected = self._panel.tool_list.selected_key()
        if selected is None or selected not in [row.key for row in rows]:
            selected = rows[0].key
        self.select(selected)

    def select(self, key: str) -> None:
        """Show a tool in the detail."""
        self._panel.tool_list.select_key(key)
        if key.startswith(MISSING_PREFIX):
            name = key.removeprefix(MISSING_PREFIX)
            text = QCoreApplication.translate(
                "Tools",
                "“{name}” is on in this conversation and no longer exists, so it is not sent. "
                "Switch it off, or add a tool of that name.",
            )
            self._panel.show_missing(text.format(name=name))
            return
        name = self._name_of(key)
        shown = self._form.shown(key)._replace(
            can_use=self._can_use(key),
            is_used=key in self._chosen() and self._can_use(key),
            asks=self._approvals.ask,
            is_always_allowed=self._approvals.ask and name in self._approvals.always,
        )
        self._panel.show_tool(shown, removable=self._own_tool(key) is not None)

    def _builtin_rows(self) -> list[Row]:
        section = QCoreApplication.translate("Tools", "Built in, off by default")
        return [
            Row(
                BUILTIN_PREFIX + name, builtin_title(name), self._allowed(name, builtin_sentence(name)), section=section
            )
            for name in self._toolbox.builtin
        ]

    def _own_rows(self) -> list[Row]:
        section = QCoreApplication.translate("Tools", "Yours")
        rows = []
        for tool in self._own.definitions:
            subtitle = off_sentence(self._own.state(tool.id)) or self._allowed(
                tool.tool.name, answer_label(tool.answer)
            )
            rows.append(Row(tool.id, tool.tool.name, subtitle, section=section))
        return rows

    def _missing_rows(self, chosen: list[str]) -> list[Row]:
        section = QCoreApplication.translate("Tools", "No longer there")
        subtitle = QCoreApplication.translate("Tools", "chosen here, not sent")
        return [
            Row(key, key.removeprefix(MISSING_PREFIX), subtitle, section=section)
            for key in chosen
            if key.startswith(MISSING_PREFIX)
        ]

    def _allowed(self, name: str, subtitle: str) -> str:
        """The subtitle of a tool, with what it may do without asking."""
        if not self._approvals.ask or name not in self._approvals.always:
            return subtitle
        return QCoreApplication.translate("Tools", "{tool} · always allowed").format(tool=subtitle)

    # -- choosing

    def _choice(self) -> tuple[str, tuple[str, ...]]:
        """The open conversation and the names of the tools that it chose."""
        session = self._workspace.current
        return (session.id, session.tools) if session is not None else ("", ())

    def _chosen(self) -> list[str]:
        """The keys of the tools that the open conversation chose, each once."""
        session = self._workspace.current
        return list(dict.fromkeys(map(self._key_of, session.tools))) if session is not None else []

    def _key_of(self, name: str) -> str:
        if name in self._toolbox.builtin:
            return BUILTIN_PREFIX + name
        if name.startswith(KEY_PREFIX):
            return name  # The lower half of the page shows it.
        return self._own.find(name) or MISSING_PREFIX + name

    def _own_tool(self, key: str) -> ToolDefinition | None:
        return None if key.startswith((BUILTIN_PREFIX, MISSING_PREFIX, KEY_PREFIX)) else self._own.get(key)

    def _name_of(self, key: str) -> str:
        own = self._own_tool(key)
        if key.startswith(KEY_PREFIX):
            served = self._toolbox.find(key)
            return served.spec.name if served is not None else key.rpartition(":")[2]
        return own.tool.name if own is not None else key.partition(":")[2]

    def _permission_of(self, key: str) -> str:
        """What a tool is allowed by."""
        return key if key.startswith(KEY_PREFIX) else self._name_of(key)

    def _can_use(self, key: str) -> bool:
        if key.startswith(BUILTIN_PREFIX):
            return True
        if key.startswith(KEY_PREFIX):
            return self._toolbox.find(key) is not None
        return self._own_tool(key) is not None and self._own.state(key).holds

    def _offer(self, key: str, on: bool) -> None:
        """Choose a tool for the open conversation, or not."""
        self._panel.form.commit()
        session = self._workspace.current_or_new()
        names = [name for name in session.tools if self._key_of(name) != key]
        if on and not key.startswith(MISSING_PREFIX):
            names.append(self._name_of(key))
        session.configure(tools=tuple(names))
        self.show()

    # -- permissions

    def _ask_again(self, key: str) -> None:
        name = self._name_of(key)
        always: list[str] = self._settings.get(ALWAYS_ALLOWED_TOOLS)
        self._settings.set(ALWAYS_ALLOWED_TOOLS, [each for each in always if each != name])

    def _set_ask(self, ask: bool) -> None:
        """Apply a change of the setting, made here or elsewhere."""
        self._approvals.ask = ask
        self.show()

    def _set_always_allowed(self, names: list[str]) -> None:
        self._approvals.always = set(names)
        self.show()

    def _set_rounds(self, rounds: int) -> None:
        self._approvals.max_rounds = rounds
        self._panel.rounds.show_value(rounds)
