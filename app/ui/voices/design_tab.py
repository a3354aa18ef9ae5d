"""The Design tab: what a voice should be like at the left, and its candidates, round by round, at the right."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.voices.description_field import DescriptionField
from app.ui.voices.hint_bar import HintBar
from app.ui.voices.preview_panel import PreviewPanel
from app.ui.voices.round_panel import RoundPanel
from app.ui.voices.sketch_panel import SketchPanel
from app.ui.voices.trait_chips import TraitChips
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Caption, ElidedLabel, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Divider
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.spin_field import SpinField

MAX_CANDIDATES = 8
USUAL_CANDIDATES = 3
_SIDE_HEIGHT = 640


class DesignTab(Retranslated):
    """The fields scroll, the foot stays.

    Attributes:
        side: the candidates, which stand beside the fields, or below them where it is narrow.
        area: scrolls the fields.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_running = self._is_narrow = False
        self.notice = InlineNotice(dismissable=True)
        self.description = DescriptionField()
        self._caption, self._chips_hint = Caption(), Hint()
        self.hints, self.chips = HintBar(), TraitChips()
        self.sketch_panel, self.preview_panel = SketchPanel(), PreviewPanel()
        self.sketch, self.preview = self.sketch_panel.sketch, self.preview_panel.text
        self.polish = self.preview_panel.polish
        self.candidates = SpinField("", 1, MAX_CANDIDATES, 1, slider=False, inline=True)
        self.candidates.set_value(USUAL_CANDIDATES)
        self.plan = ElidedLabel(size=Type.CONTROL, ink="text2")
        self.design = Button()
        self.side = RoundPanel()
        self.name, self.keep = self.side.foot.name, self.side.foot.keep
        self.notices = OverlaidNotices(self.description, self.description.reserve, self.notice, inset=Space.S2)
        self._fields = QWidget()
        self.area = ScrollArea(self._fields)
        self._lay_out()
        theme().changed.connect(self._fit)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self._chips_hint)
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(Space.S16 + Space.S4, Space.S12, Space.S16 + Space.S4, Space.S12)
        column.setSpacing(Space.S8)
        column.addLayout(head)
        column.addWidget(self.description)
        column.addWidget(self.hints)
        column.addWidget(self.chips)
        column.addWidget(self.sketch_panel)
        column.addWidget(Divider())
        column.addWidget(self.preview_panel)
        column.addStretch(1)
        self._column = column
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16 + Space.S4, Space.S12, Space.S16 + Space.S4, Space.S12)
        foot.setSpacing(Space.S12)
        foot.addWidget(self.candidates, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.plan, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.design, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(Divider())
        whole.addLayout(foot)

    def set_narrow(self, narrow: bool) -> None:
        """Take the candidates in below the fields; beside them they are placed by the view."""
        self._is_narrow = narrow
        if narrow and self._column.indexOf(self.side) < 0:
            self._column.addWidget(self.side)
            self.side.show()
        self._fit()

    def _fit(self) -> None:
        self.side.setMinimumHeight(theme().px(_SIDE_HEIGHT) if self._is_narrow else 0)

    def show_plan(self, plan: str) -> None:
        """Show what a round would take."""
        self.plan.setText(plan)

    def show_running(self, running: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_running = running
        text = (
            QCoreApplication.translate("Voices", "Stop")
            if running
            else QCoreApplication.translate("Voices", "Design voice")
        )
        self.design.setText(text)
        self.design.setAccessibleName(text)

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        name = QCoreApplication.translate("Voices", "Voice description")
        self._caption.setText(name)
        self.description.setAccessibleName(name)
        self._chips_hint.setText(QCoreApplication.translate("Design", "chips write their words here"))
        self.description.setPlaceholderText(
            QCoreApplication.translate("Voices", "Who speaks and how: gender and age, texture, mood, pace.")
        )
        self.candidates.set_name(QCoreApplication.translate("Voices", "Candidates"))
        self.show_running(self._is_running)
