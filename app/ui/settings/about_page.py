"""About: what this is, which version, and whose work it stands on."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtGui import QGuiApplication

from app import __version__
from app.ui.settings.page import Page
from app.ui.theme.icons import Icon
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Heading, Label
from app.ui.widgets.rows import Row, RowDelegate, RowList, RowModel

PARTS = (
    "PySide6-Essentials", "qasync", "httpx", "msgspec", "numpy", "sounddevice", "soundfile", "soxr",
    "pyebur128", "keyring", "platformdirs", "markdown-it-py", "mdit-py-plugins", "Pygments", "jsonschema", "jiter",
    "ziamath", "starlette", "uvicorn", "espeakng-loader", "pyworld-prebuilt",
)  # fmt: skip


class AboutPage(Page):
    """Versions and licences, and diagnostics to copy; there is no secret in them."""

    def __init__(self) -> None:
        super().__init__()
        self._independent = Label(wrap=True)
        self._heading = Heading()
        self._model, self._list = RowModel(), RowList("")
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(self._list, height=44))
        self._list.setMinimumHeight(260)
        self._copy = Button("", Icon.COPY)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(diagnostics()))
        self.column.addWidget(self._independent)
        self.column.addWidget(self._copy)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._list, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("About", "MiMo Workbench {version}").format(version=__version__),
            QCoreApplication.translate("About", "A desktop workbench for Xiaomi's MiMo models."),
        )
        self._independent.setText(
            QCoreApplication.translate(
                "About",
                "This is independent work, not by Xiaomi, which warns that it has no official desktop program. "
                "The demo service is a stand-in of our own: it is never MiMo.",
            )
        )
        self._copy.setText(QCoreApplication.translate("About", "Copy diagnostics"))
        self._heading.setText(QCoreApplication.translate("About", "The parts and their licences"))
        self._list.setAccessibleName(QCoreApplication.translate("About", "Licences"))
        self._model.set_rows([Row(name, f"{name} {version}", licence) for name, version, licence in parts()])


def parts() -> list[tuple[str, str, str]]:
    """Name, version and licence of every part that is installed."""
    found = []
    for name in PARTS:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        named = [*about.get_all("License-Expression", []), *about.get_all("License", [])]
        licence = named[0] if named else ""
        kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if "License ::" in line]
        short = licence.splitlines()[0] if licence and len(licence) < 200 else ", ".join(kinds)
        found.append((name, about["Version"], short or ", ".join(kinds)))
    return found


def diagnostics() -> str:
    """What helps to understand a fault: versions and the machine, nothing personal."""
    lines = [
        f"MiMo Workbench {__version__}",
        f"{platform.platform()}, Python {platform.python_version()}, PySide6 {pyside_version}, Qt {qVersion()}",
        *(f"{name} {version}" for name, version, _ in parts()),
    ]
    return "\n".join(lines)
