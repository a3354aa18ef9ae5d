"""How takes are exported: the names of their files, format, sample rate, loudness, what is written beside the sound."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.export_names import FIELDS, unknown_fields
from app.core.settings import (
    EXPORT_FORMAT,
    EXPORT_LOUDNESS,
    EXPORT_PEAK,
    EXPORT_RATE,
    EXPORT_SETTINGS,
    EXPORT_TAGS,
    EXPORT_TARGET,
    EXPORT_TEMPLATE,
    Settings,
)
from app.services.speech.take_export import FORMATS, RATES, ExportFormat, ExportOptions
from app.ui.studio.export.form import CaptionedField
from app.ui.texts.export import field_name, rate_text, target_text, unknown_fields_text
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Panel
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.switch import CheckBox


class ExportOptionsPanel(Panel):
    """The options, which are remembered as soon as they are changed.

    Signals:
        changed: an option was changed.
    """

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.template = LineField("")
        self.template.setMaxLength(EXPORT_TEMPLATE.limit)
        self.template_notice = InlineNotice()
        self.fields = {name: Chip("", checkable=False) for name in FIELDS}
        self.format, self.rate = SegmentedChoice(""), Choice("", takes_keys=True)
        self.loudness = SegmentedChoice("")
        self.target = SpinBox("", EXPORT_TARGET.low, EXPORT_TARGET.high, EXPORT_TARGET.step, decimals=1, tall=True)
        self.peak = SpinBox("", EXPORT_PEAK.low, EXPORT_PEAK.high, EXPORT_PEAK.step, decimals=1, tall=True)
        self.tags, self.take_settings = CheckBox(), CheckBox()
        self._loudness_hint, self._settings_hint = Hint(wrap=True), Hint(wrap=True)
        self.folder, self.choose_folder = LineField(""), Button("", Icon.FOLDER)
        self._lay_out()
        self._load()
        self._connect()

    def _lay_out(self) -> None:
        chips = QWidget()
        flow = FlowLayout(chips, gap=Space.S4, line_gap=Space.S4)
        for chip in self.fields.values():
            flow.addWidget(chip)
        levels, folder = QWidget(), QWidget()
        self._target_field, self._peak_field = CaptionedField(self.target), CaptionedField(self.peak)
        rows: tuple[tuple[QWidget, tuple[QWidget, ...]], ...] = (
            (levels, (self._target_field, self._peak_field)),
            (folder, (self.folder, self.choose_folder)),
        )
        for row, parts in rows:
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(Space.S8)
            for part in parts:
                line.addWidget(part, 0 if part is self.choose_folder else 1)
        self._levels = levels
        self._name_field = CaptionedField(self.template, self.template_notice, chips)
        self._format_field, self._rate_field = CaptionedField(self.format), CaptionedField(self.rate)
        self._loudness_field = CaptionedField(self.loudness, levels, self._loudness_hint)
        self._folder_field = CaptionedField(folder)
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, Space.S4, Space.S16, Space.S8)
        inside.setSpacing(Space.S16)
        for field in (self._folder_field, self._name_field, self._format_field, self._rate_field, self._loudness_field):
            inside.addWidget(field)
        written = QVBoxLayout()
        written.setSpacing(Space.S4)
        for widget in (self.tags, self.take_settings, self._settings_hint):
            written.addWidget(widget)
        inside.addLayout(written)
        inside.addStretch(1)
        self.body.addLayout(inside)

    def _load(self) -> None:
        get = self._settings.get
        self.template.setText(get(EXPORT_TEMPLATE))
        self.retranslate()
        self.format.set_key(get(EXPORT_FORMAT))
        self.rate.set_key(str(get(EXPORT_RATE) if get(EXPORT_RATE) in RATES else 0))
        self.loudness.set_key("target" if get(EXPORT_LOUDNESS) else "delivered")
        self.target.setValue(get(EXPORT_TARGET))
        self.peak.setValue(get(EXPORT_PEAK))
        self.tags.setChecked(get(EXPORT_TAGS))
        self.take_settings.setChecked(get(EXPORT_SETTINGS))
        self._show()

    def _connect(self) -> None:
        self.template.textChanged.connect(lambda _text: self._remember())
        for name, chip in self.fields.items():
            chip.clicked.connect(lambda _on=False, name=name: self._insert(name))
        for choice in (self.format, self.rate, self.loudness):
            choice.chosen.connect(lambda _key: self._remember())
        for number in (self.target, self.peak):
            number.valueChanged.connect(lambda _value: self._remember())
        for box in (self.tags, self.take_settings):
            box.toggled.connect(lambda _on: self._remember())

    def options(self) -> ExportOptions:
        """What is chosen."""
        get = self._settings.get
        return ExportOptions(
            cast(ExportFormat, get(EXPORT_FORMAT)), get(EXPORT_RATE) if get(EXPORT_RATE) in RATES else 0,
            get(EXPORT_TARGET) if get(EXPORT_LOUDNESS) else None, get(EXPORT_PEAK), get(EXPORT_TAGS),
            get(EXPORT_SETTINGS),
        )  # fmt: skip

    @property
    def is_usable(self) -> bool:
        """Whether names can be made of the template."""
        return bool(self.template.text().strip()) and not unknown_fields(self.template.text())

    def set_locked(self, locked: bool) -> None:
        """Keep the options from being changed while files are written."""
        parts = (
            self.template, *self.fields.values(), self.format, self.rate, self.loudness, self.target, self.peak,
            self.tags, self.take_settings, self.choose_folder,
        )  # fmt: skip
        for part in parts:
            part.setEnabled(not locked)
        self._show()

    def _insert(self, name: str) -> None:
        self.template.insert(f"{{{name}}}")
        self.template.setFocus()

    def _remember(self) -> None:
        put = self._settings.set
        put(EXPORT_TEMPLATE, self.template.text())
        put(EXPORT_FORMAT, self.format.key() or EXPORT_FORMAT.default)
        put(EXPORT_RATE, int(self.rate.key() or 0))
        put(EXPORT_LOUDNESS, self.loudness.key() == "target")
        put(EXPORT_TARGET, round(self.target.value(), 1))
        put(EXPORT_PEAK, round(self.peak.value(), 1))
        put(EXPORT_TAGS, self.tags.isChecked())
        put(EXPORT_SETTINGS, self.take_settings.isChecked())
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Show what follows from the options."""
        options = self.options()
        has_target = options.target_lufs is not None
        self._levels.setVisible(has_target)
        self._loudness_hint.setText(target_text(options.target_lufs or 0.0, options.peak_limit_dbtp))
        self._loudness_hint.setVisible(has_target)
        self._settings_hint.setText(
            QCoreApplication.translate("Export", "Text, voice, direction and parameters, inside each WAV file.")
            if options.format == "wav"
            else QCoreApplication.translate(
                "Export", "Text, voice, direction and parameters, in a JSON file beside it."
            )
        )
        self._settings_hint.setVisible(options.has_settings)
        self._show_template()

    def _show_template(self) -> None:
        template = self.template.text()
        unknown = unknown_fields(template)
        if unknown:
            self.template_notice.say("bad", lambda: unknown_fields_text(unknown_fields(self.template.text())))
        elif not template.strip():
            self.template_notice.say(
                "bad",
                lambda: QCoreApplication.translate("Export", "Type a name, or choose from the list below."),
            )
        else:
            self.template_notice.clear()

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.set_title(QCoreApplication.translate("Export", "Export options"))
        self._folder_field.set_caption(QCoreApplication.translate("Export", "Folder"))
        self.folder.setAccessibleName(QCoreApplication.translate("Export", "Export folder"))
        self.choose_folder.setText(QCoreApplication.translate("Export", "Choose…"))
        self.choose_folder.setAccessibleName(QCoreApplication.translate("Export", "Choose folder"))
        self._name_field.set_caption(QCoreApplication.translate("Export", "Names of the files"))
        self.template.setAccessibleName(QCoreApplication.translate("Export", "Name template"))
        for name, chip in self.fields.items():
            chip.setText(field_name(name))
            insert = QCoreApplication.translate("Export", "Insert {field}").replace("{field}", f"{{{name}}}")
            chip.setAccessibleName(insert)
            chip.setToolTip(insert)
        self._format_field.set_caption(QCoreApplication.translate("Export", "Format"))
        self.format.set_name(QCoreApplication.translate("Export", "File format"))
        self.format.set_choices((name, name.upper()) for name in FORMATS)
        rate = QCoreApplication.translate("Export", "Sample rate")
        self._rate_field.set_caption(rate)
        self.rate.set_name(rate)
        self.rate.set_choices((str(each), rate_text(each)) for each in (0, *RATES))
        loudness = QCoreApplication.translate("Export", "Loudness")
        self._loudness_field.set_caption(loudness)
        self.loudness.set_name(loudness)
        self.loudness.set_choices(
            (
                ("delivered", QCoreApplication.translate("Export", "As delivered")),
                ("target", QCoreApplication.translate("Export", "To a target")),
            )
        )
        self._target_field.set_caption(QCoreApplication.translate("Export", "Target (LUFS)"))
        self._name_number(self.target, QCoreApplication.translate("Export", "Loudness target"))
        self._peak_field.set_caption(QCoreApplication.translate("Export", "Peak limit (dBTP)"))
        self._name_number(self.peak, QCoreApplication.translate("Export", "Peak limit"))
        self.tags.setText(QCoreApplication.translate("Export", "Write tags: title, voice, text and date"))
        self.tags.setAccessibleName(QCoreApplication.translate("Export", "Write tags"))
        self.take_settings.setText(QCoreApplication.translate("Export", "Save the settings of each take"))
        self.take_settings.setAccessibleName(QCoreApplication.translate("Export", "Save take settings"))
        self._show()

    @staticmethod
    def _name_number(field: SpinBox, name: str) -> None:
        field.setAccessibleName(name)
        field.lineEdit().setAccessibleName(name)
