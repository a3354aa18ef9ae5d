"""Edits the text to speak: tokens, the tag palette, and the linter's findings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.settings import Settings
from app.core.tag_editing import with_singing, with_style, with_tag
from app.core.tag_linter import Finding
from app.core.tags import MAX_ADVISED_LENGTH, MAX_TAG_LENGTH, language_of, sings
from app.ui.retranslate import Retranslated
from app.ui.studio.desk_fields import DeskFields
from app.ui.studio.floating_part import FloatingPart
from app.ui.studio.lint_bar import LintBar
from app.ui.studio.speech_editor import MAX_PARAGRAPH_LENGTH, SpeechEditor
from app.ui.studio.tag_palette import TagPalette
from app.ui.studio.text_checks import TextChecks
from app.ui.texts.numbers import count
from app.ui.texts.speech import tag_group
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.labels import Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.switch import Switch

QWIDGETSIZE_MAX = (1 << 24) - 1
_CHECKED_AT_ONCE = 20_000
"""Characters of a text that is set by the program and checked before anything else happens."""


class TextPanel(Retranslated):
    """The panel with the text, its tags and its findings."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        # The switch follows the beginning of the text, which is read only when it changes.
        self._changed_at = self._beginning = 0
        self._is_compact = self._is_reading = self._is_narrow = False
        self.panel = Panel()
        self.plan = Hint()
        self._count = Hint()
        self.grid = GhostButton("", Icon.GRID)
        self.text = SpeechEditor()
        self.sing = Switch()
        self.palette_area = TagPalette(settings)
        self.search, self.tags, self.no_tags = (
            self.palette_area.search, self.palette_area.tags, self.palette_area.no_tags,
        )  # fmt: skip
        self.lint = LintBar()
        self.tag_panel, self.options_panel = FloatingPart(), FloatingPart(Space.S12)
        self.fields, self.side = DeskFields(), IconButton(Icon.PANEL_LEFT, "")
        self.side.setCheckable(True)
        self.fields.hide()
        self.foot = QHBoxLayout()
        self.checks = TextChecks(self.plain_text, lambda: self.text.document().characterCount(), self)
        self.notice, self.choice_notice = InlineNotice(dismissable=True), InlineNotice(dismissable=True)
        self._notices = OverlaidNotices(self.text, self.text.reserve, self.notice, self.choice_notice)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.text.document().contentsChange.connect(self._note_place)
        self.text.textChanged.connect(self._on_text_change)
        self.text.selected.connect(self._on_selection)
        self.text.paste_refused.connect(self._say_refused)
        self.sing.toggled.connect(self._toggle_singing)
        self.palette_area.chosen.connect(self._insert)
        self.palette_area.wrap_pressed.connect(self._wrap)
        self.palette_area.group_shown.connect(self._show_group)
        self.lint.fix_pressed.connect(self._apply_fix)
        self.lint.finding_chosen.connect(lambda found: self.text.select(found.start, found.stop))
        self.checks.counted.connect(self._show_count)
        self.checks.linted.connect(self._show_findings)

    def _lay_out(self) -> None:
        self.panel.add_action(self.plan)
        self.panel.add_action(self._count)
        self.panel.add_action(self.grid)
        text_area = QVBoxLayout()
        text_area.setContentsMargins(Space.S16, 0, Space.S16, Space.S4)
        # Room for the focus ring of the text.
        text_area.setSpacing(Space.S4)
        text_area.addWidget(self.text, 1)
        text_area.addWidget(self.lint)
        self.foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        self.foot.setSpacing(Space.S8)
        self.foot.addWidget(self.options_panel, 1, Qt.AlignmentFlag.AlignVCenter)
        self.tag_panel.body.addWidget(self.palette_area)
        self.panel.add_lead(self.side)
        self._dividers = (Divider(), Divider())
        body = self.panel.body
        body.addLayout(text_area, 1)
        for part in (self._dividers[0], self.tag_panel, self.fields, self._dividers[1]):
            body.addWidget(part)
        body.addLayout(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panel)

    def set_short(self, short: bool, *, tiny: bool = False) -> None:
        """Shrink the text if height is scarce, so that the Speak button stays visible."""
        least = 1 if tiny else 3
        self.text.set_lines(least, least if short else 9)
        self.palette_area.set_short(short)

    def set_reading(self, reading: bool) -> None:
        """Show only the text itself, without tags, model and Speak."""
        self._is_reading = reading
        self.side.setVisible(not reading)
        self.grid.setVisible(not reading)
        for divider in self._dividers:
            divider.setVisible(not reading)
        for place in range(self.foot.count()):
            item = self.foot.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setVisible(not reading)
        self.fields.setVisible(self._is_compact and not reading)
        self.lint.setVisible(not reading)
        self._fit_header()

    def show_plan(self, plan: str) -> None:
        """Say what the next press of Speak will take; empty for nothing worth saying."""
        self.plan.setText(plan)
        self._fit_header()

    def _fit_header(self) -> None:
        """Beside a room, there is only room for the title and a short count."""
        self.plan.setVisible(bool(self.plan.text()) and not self._is_reading)
        self._show_count(self.plain_text())

    def set_compact(self, compact: bool, *, tiny: bool) -> None:
        """Show a row of fields, one of which opens the tags over the text, in place of the tags.

        `tiny`: model, format and the like open from a field too.
        """
        self._is_compact = compact
        self.fields.setVisible(compact and not self._is_reading)
        self.fields.set_tiny(tiny)
        self.tag_panel.set_floating(compact)
        self.options_panel.set_floating(tiny)
        body = self.panel.body
        if compact:
            body.removeWidget(self.tag_panel)
        elif body.indexOf(self.tag_panel) < 0:
            body.insertWidget(body.indexOf(self._dividers[0]) + 1, self.tag_panel)
        if tiny:
            self.foot.removeWidget(self.options_panel)
            self.foot.setAlignment(Qt.AlignmentFlag.AlignRight)
        elif self.foot.indexOf(self.options_panel) < 0:
            self.foot.insertWidget(0, self.options_panel, 1, Qt.AlignmentFlag.AlignVCenter)
        self._show_count(self.plain_text())

    def set_narrow(self, narrow: bool) -> None:
        """Show no words on the button of the grid, so that the header is not wider than the panel."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._name_grid()

    def set_low(self, low: bool) -> None:
        """Show one finding at a time if there is no room for more without moving what is below."""
        self.lint.set_max_rows(1 if low else 3)

    # -- the text ----------------------------------------------------------------------------------------------------

    def plain_text(self) -> str:
        return self.text.toPlainText()

    def set_plain_text(self, text: str) -> None:
        """Replace the whole text; undo restores the previous one."""
        if text != self.plain_text():
            self.text.retype(text)
            self._check_now(text)

    def begin_text(self, text: str) -> None:
        """Show the text of another session, whose steps of undo begin here."""
        self.text.setPlainText(text)
        self._check_now(text)

    def _check_now(self, text: str) -> None:
        if len(text) <= _CHECKED_AT_ONCE:
            self.checks.finish()

    def set_supported(self, *, tags: bool, singing: bool) -> None:
        """Set what the chosen model supports."""
        self.sing.setEnabled(singing)
        self.checks.set_supported(tags=tags, singing=singing)

    def _note_place(self, position: int, _removed: int, _added: int) -> None:
        self._changed_at = min(position, self._changed_at)

    def _on_text_change(self) -> None:
        if self._changed_at <= self._beginning:
            text = self.plain_text()
            self._beginning = len(text) - len(text.lstrip()) + MAX_TAG_LENGTH
            self.sing.blockSignals(True)
            self.sing.setChecked(sings(text))
            self.sing.blockSignals(False)
        self._changed_at = self._beginning + 1
        self.checks.change()

    def _show_count(self, text: str) -> None:
        self._count.set_ink("warn" if len(text) > MAX_ADVISED_LENGTH else "text3")
        words = (
            QCoreApplication.translate("Studio", "{n} / {most}")
            if self._is_compact or self._is_reading
            else QCoreApplication.translate("Studio", "{n} / {most} characters")
        )
        most = count(MAX_ADVISED_LENGTH)
        self._count.setText(words.format(n=count(len(text)), most=most))
        # A label of a fixed size does not lay out the panel when its digits change.
        room = words.format(n="".join("0" if digit.isdigit() else digit for digit in count(len(text))), most=most)
        metrics = self._count.fontMetrics()
        self._count.setFixedSize(metrics.horizontalAdvance(room) + Space.S4, metrics.height())

    def _toggle_singing(self, on: bool) -> None:
        commit_composition()
        self.text.change_to(with_singing(self.plain_text(), on))

    def _say_refused(self) -> None:
        refused = QCoreApplication.translate(
            "Studio", "A paragraph can have up to {n} characters. Break the text into paragraphs, then paste it again."
        )
        self.notice.say("warn", lambda: refused.format(n=count(MAX_PARAGRAPH_LENGTH)))

    # -- findings ----------------------------------------------------------------------------------------------------

    def _show_findings(self, text: str, findings: tuple[Finding, ...]) -> None:
        self.lint.show_findings(findings, text)
        self.palette_area.set_language(language_of(text))

    def _apply_fix(self, found: Finding, text: str) -> None:
        """Make the edits of a finding. If the text has changed since, it is linted anew instead."""
        if not self.checks.is_settled or not self.text.make(found.edits, text):
            self.checks.finish()
        self.text.setFocus()

    # -- tags --------------------------------------------------------------------------------------------------------

    def _show_group(self, name: str) -> None:
        self.fields.buttons["tags"].set_value(tag_group(name))

    def _on_selection(self) -> None:
        self.palette_area.set_selecting(self.text.can_wrap("["))

    def _insert(self, key: str) -> None:
        """Insert a tag at the cursor or before the selection, or replace the one there; styles go to the front."""
        commit_composition()
        kind, tag = key.split(":", 1)
        text = self.plain_text()
        start, stop = self.text.selection()
        after = with_style(text, tag, start, stop) if kind == "style" else with_tag(text, tag, start, stop)[0]
        self.text.change_to(after)
        self.palette_area.note_used(key)
        self.text.setFocus()

    def _wrap(self) -> None:
        self.text.wrap("[")
        self.text.setFocus()

    def retranslate(self) -> None:
        self.panel.set_title(QCoreApplication.translate("Studio", "Text to speak"))
        self.text.setAccessibleName(QCoreApplication.translate("Studio", "Text to speak"))
        self.text.setPlaceholderText(QCoreApplication.translate("Studio", "Write a line for a voice to speak."))
        self._name_grid()
        self.sing.setText(QCoreApplication.translate("Studio", "Sing"))
        self.lint.list.setAccessibleName(QCoreApplication.translate("Studio", "Lint"))
        self.fields.retranslate()
        self.side.set_name(QCoreApplication.translate("Studio", "Sessions and parameters"))
        self.palette_area.retranslate()
        self._show_count(self.plain_text())
        self.checks.change()

    def _name_grid(self) -> None:
        name = QCoreApplication.translate("Grid", "Audition grid")
        self.grid.setAccessibleName(name)
        self.grid.setText("" if self._is_narrow else name)
        self.grid.setToolTip(name if self._is_narrow else "")
