"""The Data page: folder and sizes, backups, export and import, and erasing everything."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.settings import BACKUP_COUNT, BACKUP_DAYS, BACKUP_LIMIT, CALLS_KEPT, Settings
from app.ui.settings.debounced_number import DebouncedSpinField, SettingSpinField
from app.ui.settings.page import Page, bind_settings, field, head, scroll_into_view
from app.ui.settings.responsive_row import ResponsiveRow
from app.ui.texts.setting_labels import setting_label
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Radius, Space, Type
from app.ui.widgets.buttons import Button, GhostButton
from app.ui.widgets.field_message import PageMessage
from app.ui.widgets.fields import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, Heading, Hint, Label
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.spinner import Spinner

_BACKUP_ROW_HEIGHT = 48
_MAX_BACKUP_ROWS = 4
_HOURS_PER_DAY = 24


class DataPage(Page):
    """Shows the home folder and its backups, and offers export, import and erasing.

    Signals:
        folder_requested: show the home folder in the file manager.
        backup_requested: make a backup now.
        restore_requested: key of the backup to restore.
        export_requested, import_requested: export or import everything as one file.
        stop_requested: stop the running export or import.
        erase_confirmed: erase everything.
    """

    folder_requested = Signal()
    backup_requested = Signal()
    restore_requested = Signal(str)
    export_requested = Signal()
    import_requested = Signal()
    stop_requested = Signal()
    erase_confirmed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._has_key_file = False
        self.notice = PageMessage()
        self._caption, self._path = Caption(), LineField("", mono=True)
        self._path.setReadOnly(True)
        self._open = Button("", Icon.FOLDER)
        self._open.clicked.connect(self.folder_requested)
        self.sizes = Label(size=Type.CONTROL, ink="text2", wrap=True)
        self._make_backups()
        self._make_inspector()
        self._make_file()
        self._make_erase()
        self._lay_out()
        theme().changed.connect(self._fit)
        self.retranslate()
        self._fit()

    def _make_backups(self) -> None:
        self._backups_heading = Heading()
        self._model = RowModel()
        self.list = RowList("")
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowDelegate(self.list, height=_BACKUP_ROW_HEIGHT))
        self._frame = Panel(radius=Radius.ROW)
        self._frame.body.setContentsMargins(0, Space.S4, 0, Space.S4)
        self._frame.body.addWidget(self.list)
        self._no_backup, self._restoring = Hint(wrap=True), Hint(wrap=True)
        self._back_up, self._restore = Button(), Button("", Icon.UNDO)
        self.list.row_selected.connect(lambda key: self._restore.setEnabled(bool(key)))
        self._back_up.clicked.connect(self.backup_requested)
        self._restore.clicked.connect(lambda: self.restore_requested.emit(self.list.selected_key() or ""))
        self._restore.setEnabled(False)
        self._count = SettingSpinField(BACKUP_COUNT, slider=False)
        # The setting is in days and may be fractional.
        self._hours = DebouncedSpinField(
            math.ceil(BACKUP_DAYS.low * _HOURS_PER_DAY), math.floor(BACKUP_DAYS.high * _HOURS_PER_DAY), 1
        )
        self._limit = SettingSpinField(BACKUP_LIMIT, slider=False)
        bind_settings(
            self._settings,
            {
                BACKUP_COUNT: self._count.show_value,
                BACKUP_DAYS: lambda days: self._hours.show_value(days * _HOURS_PER_DAY),
                BACKUP_LIMIT: self._limit.show_value,
            },
        )
        self._count.committed.connect(lambda count: self._settings.set(BACKUP_COUNT, round(count)))
        self._hours.committed.connect(lambda hours: self._settings.set(BACKUP_DAYS, hours / _HOURS_PER_DAY))
        self._limit.committed.connect(lambda limit: self._settings.set(BACKUP_LIMIT, round(limit)))

    def _make_inspector(self) -> None:
        self._inspector_heading = Heading()
        self._calls = SettingSpinField(CALLS_KEPT, slider=False)
        bind_settings(self._settings, {CALLS_KEPT: self._calls.show_value})
        self._calls.committed.connect(lambda calls: self._settings.set(CALLS_KEPT, round(calls)))

    def _make_file(self) -> None:
        self._archive_heading, self._archive_hint = Heading(), Hint(wrap=True)
        self._export, self._import = Button("", Icon.DOWNLOAD), Button("", Icon.UPLOAD)
        self._export.clicked.connect(self.export_requested)
        self._import.clicked.connect(self.import_requested)
        self._spinner, self._busy, self._stop = Spinner(), Hint(), Button("", Icon.STOP)
        self._stop.clicked.connect(self.stop_requested)
        for shown_while_busy in (self._spinner, self._busy, self._stop):
            shown_while_busy.hide()

    def _make_erase(self) -> None:
        self._erase_heading = Heading()
        self._ask_erase = GhostButton("", Icon.TRASH, ink="bad")
        self._ask_erase.clicked.connect(self.ask_to_erase)
        self._question = Panel(radius=Radius.ROW)
        self._question_words = Label(size=Type.CONTROL, wrap=True)
        self._confirmation_caption, self.confirmation = Caption(), LineField("")
        self._export_first, self._cancel = Button("", Icon.DOWNLOAD), Button()
        self._export_first.clicked.connect(self.export_requested)
        self._cancel.clicked.connect(self._cancel_erase)
        self._erase = GhostButton("", Icon.TRASH, ink="bad")
        self._erase.base_height = CONTROL_HEIGHT  # The same height as its neighbors.
        self._erase.clicked.connect(self._erase_confirmed)
        self._erase.setEnabled(False)
        self.confirmation.textChanged.connect(self._update_erase_button)
        self._question.hide()

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(self.notice)
        column.addLayout(field(self._caption, self._path, self._open))
        column.addWidget(self.sizes)
        column.addWidget(head(self._backups_heading, self._back_up, self._restore))
        column.addWidget(self._no_backup)
        column.addWidget(self._frame)
        column.addWidget(self._restoring)
        column.addWidget(ResponsiveRow(self._count, self._hours, self._limit))
        column.addWidget(self._inspector_heading)
        column.addWidget(ResponsiveRow(self._calls, QWidget(), QWidget()))
        column.addWidget(head(self._archive_heading, self._spinner, self._busy, self._stop, self._export, self._import))
        column.addWidget(self._archive_hint)
        column.addWidget(head(self._erase_heading, self._ask_erase))
        question = QVBoxLayout()
        question.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S4)
        question.setSpacing(Space.S12)
        question.addWidget(self._question_words)
        question.addLayout(field(self._confirmation_caption, self.confirmation))
        buttons = FlowLayout(gap=Space.S8)
        for button in (self._export_first, self._cancel, self._erase):
            buttons.addWidget(button)
        question.addLayout(buttons)
        self._question.body.addLayout(question)
        column.addWidget(self._question)
        column.addStretch(1)

    def show_home(self, path: str, sizes: str, *, has_key_file: bool, can_open: bool) -> None:
        """Show the folder, or its mask in presentation mode, and the sizes as text.

        `has_key_file`: keys are saved in a file in the folder. `can_open`: False in presentation mode.
        """
        self._has_key_file = has_key_file
        self._show_head()
        self._open.setEnabled(can_open)
        self._path.setText(path)
        self._path.setCursorPosition(0)
        self.sizes.setText(sizes)

    def show_backups(self, rows: Sequence[Row]) -> None:
        self._model.set_rows(rows)
        self._restore.setEnabled(self._model.row_of(self.list.selected_key() or "") >= 0)
        self._no_backup.setVisible(not rows)
        for shown_with_rows in (self._frame, self._restoring):
            shown_with_rows.setVisible(bool(rows))
        self._fit()

    def show_busy(self, words: str) -> None:
        """Show the running export or import and its progress; an empty text ends it."""
        self._busy.setText(words)
        for shown_while_busy in (self._spinner, self._busy, self._stop):
            shown_while_busy.setVisible(bool(words))
        for button in (self._export, self._import, self._export_first, self._ask_erase):
            button.setEnabled(not words)
        self._update_erase_button()

    def ask_to_erase(self) -> None:
        """Ask for a typed confirmation, because erasing is the only action that can't be undone."""
        self._question.show()
        self.confirmation.clear()
        self.confirmation.setFocus()
        # The question may be below the visible area; its position is known after the layout.
        QTimer.singleShot(0, self, lambda: scroll_into_view(self._question))

    def _cancel_erase(self) -> None:
        self._question.hide()
        self.confirmation.clear()
        self._ask_erase.setFocus()

    def _is_confirmed(self) -> bool:
        return self.confirmation.text().strip() == self._confirmation_word()

    def _confirmation_word(self) -> str:
        return QCoreApplication.translate("Data", "ERASE")

    def _update_erase_button(self) -> None:
        self._erase.setEnabled(self._is_confirmed() and not self._busy.text())

    def _erase_confirmed(self) -> None:
        if self._is_confirmed():
            self._erase.setEnabled(False)
            self.erase_confirmed.emit()

    def _fit(self) -> None:
        rows = min(self._model.rowCount(), _MAX_BACKUP_ROWS)
        self.list.setFixedHeight(max(rows, 1) * theme().px(_BACKUP_ROW_HEIGHT))

    def _show_head(self) -> None:
        description = QCoreApplication.translate(
            "Data", "Everything the workbench saves is in one folder, except keys."
        )
        if self._has_key_file:
            description = QCoreApplication.translate(
                "Data",
                "Everything the workbench saves is in one folder, including the keys saved in a file.",
            )
        self.set_head(QCoreApplication.translate("Data", "Data"), description)

    def retranslate(self) -> None:
        self._show_head()
        self._caption.setText(QCoreApplication.translate("Data", "Folder"))
        self._path.setAccessibleName(QCoreApplication.translate("Data", "Folder"))
        self._open.setText(QCoreApplication.translate("Data", "Open folder"))
        self._backups_heading.setText(QCoreApplication.translate("Data", "Backups"))
        self.list.setAccessibleName(QCoreApplication.translate("Data", "Backups"))
        self._no_backup.setText(
            QCoreApplication.translate("Data", "No backups yet. They are made automatically at the interval set below.")
        )
        self._restoring.setText(
            QCoreApplication.translate(
                "Data", "Restore adds whatever the backup has and this computer lacks. It changes nothing else."
            )
        )
        self._inspector_heading.setText(QCoreApplication.translate("Data", "Inspector"))
        self._calls.set_name(setting_label(CALLS_KEPT.key))
        self._stop.setText(QCoreApplication.translate("Data", "Stop"))
        self._back_up.setText(QCoreApplication.translate("Data", "Back up now"))
        self._restore.setText(QCoreApplication.translate("Data", "Restore"))
        self._count.set_name(setting_label(BACKUP_COUNT.key))
        self._hours.set_name(setting_label(BACKUP_DAYS.key))
        self._limit.set_name(setting_label(BACKUP_LIMIT.key))
        self._archive_heading.setText(QCoreApplication.translate("Data", "Everything as one file"))
        self._archive_hint.setText(
            QCoreApplication.translate(
                "Data",
                "Conversations, takes, voices, audio, attachments and settings, but never keys, to move "
                "to another computer or keep safe. Importing adds what is missing here and changes "
                "nothing else.",
            )
        )
        self._export.setText(QCoreApplication.translate("Data", "Export everything"))
        self._import.setText(QCoreApplication.translate("Data", "Import"))
        self._erase_heading.setText(QCoreApplication.translate("Data", "Erase"))
        self._ask_erase.setText(QCoreApplication.translate("Data", "Erase everything"))
        self._question_words.setText(
            QCoreApplication.translate(
                "Data",
                "Every conversation, take, voice and setting, all backups and all keys are removed from this computer, "
                "then the workbench closes. This can't be undone: export everything first if you may want it back.",
            )
        )
        confirm = QCoreApplication.translate("Data", "Type {word} to confirm").format(word=self._confirmation_word())
        self._confirmation_caption.setText(confirm)
        self.confirmation.setAccessibleName(QCoreApplication.translate("Data", "Confirmation"))
        self.confirmation.setAccessibleDescription(confirm)
        self._export_first.setText(QCoreApplication.translate("Data", "Export first"))
        self._cancel.setText(QCoreApplication.translate("Data", "Keep everything"))
        self._erase.setText(QCoreApplication.translate("Data", "Erase and close"))
        # The confirmation word depends on the language.
        self._update_erase_button()
