"""The About page: version, diagnostics, and the licences of the included packages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from app import __version__
from app.services.installed_packages import Package
from app.ui.settings.page import Page, head
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Heading, Hint, Label
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel

_ROW_HEIGHT = 44
_VISIBLE_ROWS = 6


class AboutPage(Page):
    """Shows versions, licences and diagnostics. The diagnostics contain no secrets and can be read before copying.

    Signals:
        licence_requested: name of the package whose licence is to be shown.
        copy_requested: copy the diagnostics to the clipboard.
    """

    licence_requested = Signal(str)
    copy_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._disclaimer = Label(size=Type.CONTROL, ink="text2", wrap=True)
        self._help_heading = Heading()
        self._copy = Button("", Icon.COPY)
        self._copy.clicked.connect(self.copy_requested)
        self._help_hint = Hint(wrap=True)
        self.diagnostics = TextArea("", min_lines=4, max_lines=8, mono=True, size=Type.SMALL)
        self.diagnostics.setReadOnly(True)
        self._packages_heading = Heading()
        self._model, self.list = RowModel(), RowList("")
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowDelegate(self.list, height=_ROW_HEIGHT))
        self.list.row_selected.connect(self.licence_requested)
        self.licence = TextArea("", min_lines=6, max_lines=12, mono=True, size=Type.SMALL)
        self.licence.setReadOnly(True)
        self._lay_out()
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _lay_out(self) -> None:
        frame = Panel(radius=Radius.ROW)
        frame.body.setContentsMargins(0, Space.S4, 0, Space.S4)
        frame.body.addWidget(self.list)
        column = self.column
        column.addWidget(self._disclaimer)
        column.addWidget(head(self._help_heading, self._copy))
        column.addWidget(self._help_hint)
        column.addWidget(self.diagnostics)
        column.addWidget(self._packages_heading)
        column.addWidget(frame)
        column.addWidget(self.licence)
        column.addStretch(1)

    def show_packages(self, packages: Sequence[Package]) -> None:
        unnamed = QCoreApplication.translate("About", "licence not stated")
        self._model.set_rows(
            [
                Row(package.name, f"{package.name} {package.version}".strip(), package.licence or unnamed)
                for package in packages
            ]
        )

    def show_diagnostics(self, text: str) -> None:
        self.diagnostics.setPlainText(text)

    def show_licence(self, text: str) -> None:
        """Show the licence of the selected package."""
        self.licence.setPlainText(text)

    def _fit(self) -> None:
        self.list.setFixedHeight(_VISIBLE_ROWS * theme().px(_ROW_HEIGHT))

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("About", "MiMo Workbench {version}").format(version=__version__),
            QCoreApplication.translate("About", "A desktop workbench for Xiaomi's MiMo models."),
        )
        self._disclaimer.setText(
            QCoreApplication.translate(
                "About",
                "This is an independent project, not made by Xiaomi. Xiaomi's own desktop app is MiMo Desktop. "
                "The demo service is our own stand-in and never runs MiMo.",
            )
        )
        self._help_heading.setText(QCoreApplication.translate("About", "If something goes wrong"))
        self._help_hint.setText(
            QCoreApplication.translate(
                "About",
                "This is what gets copied: versions, relevant settings and the end of the log. It contains no keys.",
            )
        )
        self.diagnostics.setAccessibleName(QCoreApplication.translate("About", "Diagnostics"))
        self._copy.setText(QCoreApplication.translate("About", "Copy diagnostics"))
        self._packages_heading.setText(QCoreApplication.translate("About", "Packages and licences"))
        self.list.setAccessibleName(QCoreApplication.translate("About", "Licences"))
        self.licence.setAccessibleName(QCoreApplication.translate("About", "Licence text"))
        self.licence.setPlaceholderText(
            QCoreApplication.translate(
                "About", "Select a package to read its licence. The workbench itself is licensed under MIT."
            )
        )
