"""The versions of a prompt, and how its text differs from the framed one."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.bench.prompts.version_list import ROW_HEIGHT, VersionList, VersionModel
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import Button, GhostButton, IconButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.differences_text import DifferencesText
from app.ui.widgets.labels import Caption, ElidedLabel, Hint, PanelTitle
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.wrapping_row import WrappingRow

_LIST_HEIGHT, _LEAST_HEIGHT = 236, 76


class VersionsColumn(Retranslated):
    """The list above the difference.

    Attributes:
        one, other: the two texts to compare, while `pick` is pressed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._title, self._hint = PanelTitle(), Hint()
        self.pick = GhostButton("", Icon.COMPARE)
        self.pick.setCheckable(True)
        self.model, self.list = VersionModel(), VersionList()
        self.list.setModel(self.model)
        self.heading, self.counts = ElidedLabel(weight=Type.SEMIBOLD, size=Type.CONTROL), Hint()
        self.copy = IconButton(Icon.COPY, "")
        self.one, self.other = Choice(""), Choice("")
        self._captions = Caption(), Caption()
        self.sides = QWidget()
        self.difference = DifferencesText()
        self._frame = Panel(radius=Radius.CONTROL)
        self._frame.body.setContentsMargins(Space.S4, Space.S4, Space.S4, Space.S4)
        self._frame.body.addWidget(self.difference)
        self.difference.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.remark, self.run_cases = Hint(wrap=True), GhostButton("", ink="soft_text")
        self.back, self.duplicate = Button("", Icon.UNDO), GhostButton("", Icon.COPY)
        self._lay_out()
        self.back.hide()
        self.run_cases.hide()
        for part in (self.pick, self.copy, self.duplicate):
            part.setEnabled(False)
        self.pick.toggled.connect(self.sides.setVisible)
        self.model.modelReset.connect(self._fit)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S8)
        head.setSpacing(Space.S8)
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        head.addWidget(self.pick)
        named = QHBoxLayout()
        named.setSpacing(Space.S8)
        named.addWidget(self.heading, 1)
        named.addWidget(self.counts)
        named.addWidget(self.copy)
        grid = QGridLayout(self.sides)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S8)
        grid.setVerticalSpacing(Space.S4)
        grid.setColumnStretch(1, 1)
        for row, (caption, choice) in enumerate(zip(self._captions, (self.one, self.other), strict=True)):
            grid.addWidget(caption, row, 0)
            grid.addWidget(choice, row, 1)
        self.sides.hide()
        below = QVBoxLayout()
        below.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        below.setSpacing(Space.S8)
        below.addLayout(named)
        below.addWidget(self.sides)
        below.addWidget(self._frame, 1)
        runs = QHBoxLayout()
        runs.setSpacing(Space.S8)
        runs.addWidget(self.remark, 1)
        runs.addWidget(self.run_cases, 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(runs)
        below.addStretch()
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        foot.addWidget(WrappingRow(self.back, self.duplicate), 1)
        panel = Panel()
        panel.body.addLayout(head)
        panel.body.addWidget(self.list, 2)
        panel.body.addWidget(Divider())
        panel.body.addLayout(below, 3)
        panel.body.addWidget(Divider())
        panel.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = max(2, self.model.rowCount()) * theme().px(ROW_HEIGHT) + Space.S8
        self.list.setMinimumHeight(theme().px(_LIST_HEIGHT) // 3)
        self.list.setMaximumHeight(min(rows, theme().px(_LIST_HEIGHT)))
        # As tall as its text where there is room.
        document = self.difference.document()
        layout, block, tall, most = document.documentLayout(), document.begin(), 0.0, self.height()
        while block.isValid() and tall < most:
            tall += layout.blockBoundingRect(block).height()
            block = block.next()
        tall = math.ceil(tall) + 2 * round(document.documentMargin()) + Space.S12
        least = theme().px(_LEAST_HEIGHT)
        self._frame.setMinimumHeight(min(least, tall))
        self._frame.setMaximumHeight(max(least, tall))

    def retranslate(self) -> None:
        self._title.setText(QCoreApplication.translate("Prompts", "Versions"))
        self._hint.setText(QCoreApplication.translate("Prompts", "none is overwritten"))
        self.pick.setText(QCoreApplication.translate("Prompts", "Difference"))
        self.pick.setToolTip(QCoreApplication.translate("Prompts", "Compare any two versions or prompts"))
        self.list.setAccessibleName(QCoreApplication.translate("Prompts", "Prompt versions"))
        self.copy.set_name(QCoreApplication.translate("Prompts", "Copy difference"))
        names = (
            QCoreApplication.translate("Prompts", "Compared text"),
            QCoreApplication.translate("Prompts", "Compare against"),
        )
        captions = (
            QCoreApplication.translate("Prompts", "Text"),
            QCoreApplication.translate("Prompts", "against"),
        )
        for choice, caption, name, text in zip((self.one, self.other), self._captions, names, captions, strict=True):
            choice.set_name(name)
            caption.setText(text)
        self.difference.setAccessibleName(QCoreApplication.translate("Prompts", "Prompt differences"))
        self.run_cases.setText(QCoreApplication.translate("Prompts", "Run cases"))
        self.run_cases.setAccessibleName(QCoreApplication.translate("Prompts", "Run cases of this prompt"))
        self.duplicate.setText(QCoreApplication.translate("Prompts", "Duplicate"))
        self.duplicate.setAccessibleName(QCoreApplication.translate("Prompts", "Duplicate prompt"))
