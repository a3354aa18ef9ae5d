"""Adds and removes tools, and passes them in and out as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication

from app.core.settings import Settings
from app.services.tools.own_tools import ImportReport, OwnTools
from app.ui.chat.tools.panel import ToolsPanel
from app.ui.files import ask_to_open, ask_to_save
from app.ui.reported_tasks import Spawn
from app.ui.texts.tools import refusal_sentence, refused_reason
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:
    from app.ui.chat.view import ChatView

TOPIC = "tools"
"""Of the notifications: a newer one takes the place of an older one."""
MAX_NAMED = 8
"""Tools that a notification names."""


class ToolExchange(QObject):
    """Carries out what the buttons of the Tools page ask for."""

    def __init__(
        self, view: ChatView, panel: ToolsPanel, *, own_tools: OwnTools, settings: Settings, notifier: Notifier,
        run: Spawn, select: Callable[[str], None],
    ) -> None:  # fmt: skip
        """`select` shows a tool by its key."""
        super().__init__(panel)
        self._view = view
        self._panel = panel
        self._own = own_tools
        self._settings = settings
        self._notifier = notifier
        self._run = run
        self._select = select
        panel.added.connect(lambda: run(self._add()))
        panel.removed.connect(lambda key: run(self._remove(key)))
        panel.pasted.connect(self._paste)
        panel.imported.connect(lambda: run(self._import()))
        panel.exported.connect(lambda: run(self._export()))

    async def _add(self) -> None:
        self._panel.form.commit()
        tool = self._own.add()
        self._select(tool.id)
        self._panel.form.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._panel.form.name.selectAll()

    async def _remove(self, key: str) -> None:
        self._panel.form.commit()
        keys = self._panel.tool_list.keys()
        place = keys.index(key)
        neighbour = keys[place + 1] if place + 1 < len(keys) else keys[place - 1]
        self._select(neighbour)
        removed = await self._own.remove(key)
        if removed:
            name = removed[0].tool.name
            self._notifier.info(
                lambda: QCoreApplication.translate("Tools", "“{name}” was removed.").format(name=name),
                undo=lambda: self._run(self._restore(key)),
            )

    async def _restore(self, key: str) -> None:
        await self._own.restore(key)
        self._select(key)

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._run(self._import_text(text))
        else:
            self._notifier.warning(
                QCoreApplication.translate("Tools", "The clipboard has no text. Copy the tools as JSON first."),
                topic=TOPIC,
            )

    async def _import(self) -> None:
        title = QCoreApplication.translate("Tools", "Import tools")
        path = await ask_to_open(self._view, title, "JSON (*.json *.txt)", self._settings)
        if path is not None:
            self._panel.form.commit()
            self._tell(await self._own.import_file(path))

    async def _export(self) -> None:
        self._panel.form.commit()
        if not self._own.definitions:
            self._notifier.info(
                QCoreApplication.translate("Tools", "There are no tools of your own to export."), topic=TOPIC
            )
            return
        title = QCoreApplication.translate("Tools", "Export tools")
        path = await ask_to_save(self._view, title, "JSON (*.json)", "tools.json", self._settings)
        if path is not None:
            await self._own.export_file(path)
            name = path.name
            self._notifier.success(
                lambda: QCoreApplication.translate("Tools", "Saved as {name}.").format(name=name), topic=TOPIC
            )

    async def _import_text(self, text: str) -> None:
        self._panel.form.commit()
        self._tell(await self._own.import_text(text))

    def _tell(self, report: ImportReport) -> None:
        """Show the first of the tools that were added, and say what became of each."""
        if report.added:
            self._select(report.added[0].id)
            ids = [each.id for each in report.added]
            self._notifier.success(
                lambda: _sentences(report), undo=lambda: self._run(self._take_back(ids)), topic=TOPIC
            )
        else:
            self._notifier.warning(lambda: _sentences(report), topic=TOPIC)

    async def _take_back(self, ids: list[str]) -> None:
        await self._own.remove(*ids)


def _sentences(report: ImportReport) -> str:
    """What became of each tool of an import."""
    if report.read.refusal is not None:
        return refusal_sentence(report.read)
    sentences = []
    if plain := [each.name for each in report.added if each.name == each.wanted]:
        sentences.append(QCoreApplication.translate("Tools", "Added: {names}.").format(names=_named(plain)))
    for each in [each for each in report.added if each.name != each.wanted][:MAX_NAMED]:
        text = QCoreApplication.translate("Tools", "“{wanted}” was added as {name}.")
        sentences.append(text.format(wanted=each.wanted, name=each.name))
    wanted = [each.wanted for each in report.added]
    if without := [name for name in report.read.without_parameters if name in wanted]:
        text = QCoreApplication.translate(
            "Tools", "Without parameters: {names}. Add a JSON Schema if it takes any arguments."
        )
        sentences.append(text.format(names=_named(without)))
    if report.known:
        text = QCoreApplication.translate("Tools", "Already here: {names}.")
        sentences.append(text.format(names=_named(list(report.known))))
    for refused in report.refused[:MAX_NAMED]:
        label = refused.label or QCoreApplication.translate("Tools", "a tool without a name")
        text = QCoreApplication.translate("Tools", "Not added: {name}, because {reason}.")
        sentences.append(text.format(name=label, reason=refused_reason(refused.reason)))
    return " ".join(sentences)


def _named(names: list[str]) -> str:
    more = ", …" if len(names) > MAX_NAMED else ""
    return ", ".join(names[:MAX_NAMED]) + more
