"""The detail of the selected voice: how it was made, before and after, drift, consent, where it is used, its note."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.drift import TakeMeasures
from app.ui.retranslate import Retranslated
from app.ui.studio.health.spread_plot import SpreadPlot
from app.ui.texts.voice_library import builtin_limits
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.voices.library_parts import Section, SoundRow, StepList
from app.ui.widgets.buttons import Button, GhostButton, IconButton, PlayButton, PrimaryButton
from app.ui.widgets.chip_row import ChipRow
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import ElidedLabel, Hint, Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider
from app.ui.widgets.rename_field import RenameField
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.wrapping_row import WrappingRow

_LENGTH_REACH, _PITCH_REACH, _LEVEL_REACH = 0.1, 2.0, 3.0
"""What the scales of the drift reach to both sides: a share of the length, semitones, LU."""


class LibraryDetail(Retranslated):
    """Shows one voice, and offers what can be done with it.

    Attributes:
        notice: what went wrong, or has to be answered.
        sample_notice: that the sample is missing; its action replaces it.
        name: the field for another name, hidden until Rename is pressed.
        agree: confirms that the speaker agreed; `withdraw` takes that back.

    Signals:
        tag_added, tag_removed: the tag.
        session_requested: the id of a studio session in which the voice spoke.
    """

    tag_added = Signal(str)
    tag_removed = Signal(str)
    session_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._is_playing, self._scrolls = False, True
        self.notice, self.sample_notice = InlineNotice(dismissable=True), InlineNotice()
        self.play = PlayButton("", side=40)
        self.title, self._origin = ElidedLabel(size=Type.HEADING, weight=Type.SEMIBOLD), Hint()
        self.name = RenameField("")
        self.name.hide()
        self.star, self.rename = IconButton(Icon.STAR, ""), IconButton(Icon.EDIT, "")
        self.star.setCheckable(True)
        self.tags, self.new_tag = ChipRow(), Choice("", compact=True, free=True)
        self.language = Choice("", compact=True, free=True)
        self.tags.add(self.new_tag)
        self.tags.add(self.language)
        self._fixed = Hint(wrap=True)
        self.steps = StepList()
        self.before, self.after, self._nothing_after = SoundRow(), SoundRow(), Hint(wrap=True)
        self._plots = [SpreadPlot() for _ in range(3)]
        self._plot_names, self._plot_values = [Hint() for _ in range(3)], [Hint() for _ in range(3)]
        self._drift_sentence, self.check_drift = Hint(wrap=True), GhostButton("", Icon.DRIFT)
        self._consent = Label(size=Type.CONTROL, wrap=True)
        self._wording = Hint(wrap=True)
        self.read_wording, self.withdraw = GhostButton("", ink="tool"), GhostButton("")
        self.read_wording.setCheckable(True)
        self.agree = Button("", Icon.SHIELD)
        self.sessions, self._elsewhere = ChipRow(), Hint(wrap=True)
        self.note = LineField("")
        self.export, self.duplicate = Button("", Icon.DOWNLOAD), Button("")
        self.delete, self.use = IconButton(Icon.TRASH, "", side=34), PrimaryButton("")
        self._made = Section(self.steps)
        self._compared = Section(self.before, self.after, self._nothing_after)
        self._drift = Section(self._drift_grid(), self._drift_sentence)
        self._drift.head.addWidget(self.check_drift)
        self._agreed = Section(self._consent, WrappingRow(self.agree, self.read_wording, self.withdraw), self._wording)
        self._used = Section(self.sessions, self._elsewhere)
        self._noted = Section(self.note)
        self._lay_out()
        self.tags.pressed.connect(self.tag_removed)
        self.sessions.pressed.connect(self.session_requested)
        self.new_tag.chosen.connect(self._add_tag)
        self.read_wording.toggled.connect(self._show_wording)
        self.retranslate()

    def _drift_grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S12)
        grid.setVerticalSpacing(Space.S2)
        grid.setColumnStretch(1, 1)
        for row, parts in enumerate(zip(self._plot_names, self._plots, self._plot_values, strict=True)):
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
        return holder

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.S2)
        words.addWidget(self.title)
        words.addWidget(self.name)
        words.addWidget(self._origin)
        head = QHBoxLayout()
        head.setSpacing(Space.S12)
        head.addWidget(self.play, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(self.star, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.rename, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.S16, Space.S16, Space.S16, Space.S16)
        column.setSpacing(Space.S16)
        column.addLayout(head)
        sections = (self._made, self._compared, self._drift, self._agreed, self._used, self._noted)
        for part in (self.notice, self.sample_notice, self.tags, self._fixed, *sections):
            column.addWidget(part)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S12)
        foot.setSpacing(Space.S8)
        for button in (self.export, self.duplicate, self.delete):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.use)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.area = ScrollArea(content)
        content.installEventFilter(self)
        whole.addWidget(self.area, 1)
        whole.addWidget(Divider())
        whole.addLayout(foot)

    def set_scrolls(self, scrolls: bool) -> None:
        """Scroll what does not fit, or be as tall as it is, on a page that scrolls."""
        self._scrolls = scrolls
        self._fit_height()

    def _fit_height(self) -> None:
        content, tall = self.area.widget(), 0
        assert content is not None
        if not self._scrolls:
            tall = max(content.minimumSizeHint().height(), content.heightForWidth(self.area.width()))
        if self.area.minimumHeight() != tall:
            self.area.setMinimumHeight(tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is shown: it may become taller."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_height()
        return super().eventFilter(watched, event)

    def open_name(self) -> None:
        """Let the user type another name in place of the present one."""
        self.name.setText(self.title.full_text)
        self.title.hide()
        self.name.show()
        self.name.setFocus()
        self.name.selectAll()

    def close_name(self) -> None:
        self.name.hide()
        self.title.show()

    # -- showing --------------------------------------------------------------------------------------------------

    def show_head(self, name: str, origin: str, *, starred: bool) -> None:
        self.title.setText(name)
        self._origin.setText(origin)
        self.star.setChecked(starred)
        self.star.set_glyph(Icon.STAR_FILLED if starred else Icon.STAR)

    def show_playing(self, playing: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_playing = playing
        self.play.set_playing(playing)
        if playing:
            self.play.setAccessibleName(QCoreApplication.translate("Voices", "Pause"))
        else:
            self.play.setAccessibleName(QCoreApplication.translate("Voices", "Play voice"))

    def show_tags(self, tags: Sequence[str], suggestions: Sequence[str], *, editable: bool) -> None:
        remove = QCoreApplication.translate("Voices", "Remove tag {name}")
        chips = [(tag, tag, remove.format(name=tag) if editable else tag) for tag in tags]
        self.tags.show_chips(chips, enabled=editable)
        self.new_tag.set_choices([(tag, tag) for tag in suggestions])
        self.new_tag.setVisible(editable)
        self.language.setVisible(editable)

    def show_comparison(self, sample: tuple[bytes, str] | None, spoken: tuple[bytes, str] | None) -> None:
        """Show waveform and length of the sample and of what the voice spoke; None for what there is not."""
        self._compared.setVisible(sample is not None)
        for row, shown in ((self.before, sample), (self.after, spoken)):
            row.setVisible(shown is not None)
            if shown is not None:
                row.show_sound(*shown)
        self._nothing_after.setVisible(spoken is None)

    def show_drift(self, caption: str, sentence: str, values: Sequence[str], takes: Sequence[TakeMeasures]) -> None:
        """Show a spread of length, pitch and level; `values` say each in words. Empty where none was measured."""
        self._drift.set_caption(" · ".join(part for part in (self._drift_name(), caption) if part))
        lengths = [take.seconds for take in takes]
        shown = (
            (lengths, _LENGTH_REACH * sum(lengths) / len(lengths) if lengths else 1.0),
            ([12 * math.log2(take.pitch_hz) for take in takes if take.pitch_hz], _PITCH_REACH),
            ([take.loudness for take in takes if take.loudness is not None], _LEVEL_REACH),
        )
        rows = zip(self._plot_names, self._plots, self._plot_values, values or [""] * 3, shown, strict=True)
        for name, plot, value, words, (places, reach) in rows:
            plot.show_values(places, reach)
            value.setText(words)
            for part in (name, plot, value):
                part.setVisible(bool(words))
        self._drift_sentence.setText(sentence)

    def show_consent(self, sentence: str, wording: str, *, missing: bool, given: bool) -> None:
        """Show what is known about the consent. `wording` is the full text; empty where none is needed."""
        self._consent.setText(sentence)
        self._consent.set_ink("warn" if missing else "text")
        self._wording.setText(wording)
        self.read_wording.setVisible(bool(wording))
        self.agree.setVisible(missing)
        self.withdraw.setVisible(given)
        # What is agreed to is read before it is agreed to.
        self.read_wording.setChecked(missing)
        self._show_wording(missing)

    def _show_wording(self, is_shown: bool) -> None:
        self._wording.setVisible(is_shown and bool(self._wording.full_text))

    def show_use(self, sessions: Sequence[tuple[str, str]], elsewhere: str) -> None:
        """Show the studio sessions in which the voice spoke, each with its id, and what it spoke outside of them."""
        self.sessions.show_chips([(key, text, text) for key, text in sessions], Icon.STUDIO)
        self.sessions.setVisible(bool(sessions))
        nothing = QCoreApplication.translate("Voices", "Nothing yet.")
        self._elsewhere.setText(elsewhere or ("" if sessions else nothing))
        self._elsewhere.setVisible(bool(self._elsewhere.full_text))

    def show_kind(self, *, saved: bool) -> None:
        """Show the sections that a voice of the library has, or those of a built-in one, and why these are fewer."""
        for part in (self._made, self._used, self._agreed):
            part.setVisible(saved)
        self._fixed.setVisible(not saved)

    def _add_tag(self, tag: str) -> None:
        self.new_tag.set_key(None)
        self.tag_added.emit(tag)

    @staticmethod
    def _drift_name() -> str:
        return QCoreApplication.translate("Voices", "Drift")

    def retranslate(self) -> None:
        self.notice.clear()
        self.show_playing(self._is_playing)
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "New name"))
        self.star.set_name(QCoreApplication.translate("Voices", "Star voice"))
        self.rename.set_name(QCoreApplication.translate("Voices", "Rename"))
        self.new_tag.set_name(QCoreApplication.translate("Voices", "Add tag"))
        for choice, hint in (
            (self.new_tag, QCoreApplication.translate("Voices", "+ Tag")),
            (self.language, QCoreApplication.translate("Voices", "Language")),
        ):
            line = choice.lineEdit()
            assert line is not None
            line.setPlaceholderText(hint)
            choice.updateGeometry()
        self.language.set_name(QCoreApplication.translate("Voices", "Voice language"))
        self._fixed.setText(builtin_limits())
        self._made.set_caption(QCoreApplication.translate("Voices", "How it was made"))
        self._compared.set_caption(QCoreApplication.translate("Voices", "Before and after, equal loudness"))
        sample, spoken = (
            QCoreApplication.translate("Voices", "Sample"),
            QCoreApplication.translate("Voices", "Spoken"),
        )
        self.before.set_name(sample, QCoreApplication.translate("Voices", "Play the sample"))
        self.after.set_name(spoken, QCoreApplication.translate("Voices", "Play what it spoke"))
        self._nothing_after.setText(QCoreApplication.translate("Voices", "This voice has not spoken yet."))
        names = (
            QCoreApplication.translate("Health", "Length"),
            QCoreApplication.translate("Health", "Pitch"),
            QCoreApplication.translate("Health", "Level"),
        )
        for label, name in zip(self._plot_names, names, strict=True):
            label.setText(name)
        self._drift.set_caption(self._drift_name())
        self.check_drift.setText(QCoreApplication.translate("Voices", "Check drift"))
        self._agreed.set_caption(QCoreApplication.translate("Voices", "Consent"))
        self.read_wording.setText(QCoreApplication.translate("Voices", "Read the wording"))
        self.withdraw.setText(QCoreApplication.translate("Voices", "Withdraw consent"))
        self.agree.setText(QCoreApplication.translate("Voices", "The speaker has agreed"))
        self._used.set_caption(QCoreApplication.translate("Voices", "Used in"))
        self._noted.set_caption(QCoreApplication.translate("Voices", "Note"))
        self.note.setAccessibleName(QCoreApplication.translate("Voices", "Voice note"))
        self.note.setPlaceholderText(QCoreApplication.translate("Voices", "What is it good for?"))
        self.export.setText(QCoreApplication.translate("Voices", "Export"))
        self.export.setAccessibleName(QCoreApplication.translate("Voices", "Export voice"))
        self.duplicate.setText(QCoreApplication.translate("Voices", "Duplicate"))
        self.duplicate.setAccessibleName(QCoreApplication.translate("Voices", "Duplicate voice"))
        self.delete.set_name(QCoreApplication.translate("Voices", "Delete voice"))
        self.use.setText(QCoreApplication.translate("Voices", "Use in Studio"))
