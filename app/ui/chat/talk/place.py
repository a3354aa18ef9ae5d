"""Shows the panel of Talk in the composer's place, and its options above the other parameters."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.ui.chat.talk.panel import TalkPanel
from app.ui.chat.talk.sentence_line import SentenceLine
from app.ui.chat.view import ChatView
from app.ui.theme.icons import Icon
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.panel import Panel


class TalkPlace:
    """Opens and closes the panel. What is typed stays in the composer behind it.

    Attributes:
        panel, sentences: the panel, and the line above it.
    """

    def __init__(self, view: ChatView) -> None:
        self._view = view
        composer = view.composer
        self.panel = TalkPanel(composer.talk)
        self.sentences = SentenceLine()
        self._frame = Panel()
        self._frame.body.addWidget(self.panel)
        self._frame.hide()
        composer.outer.addWidget(self._frame)
        composer.outer.insertWidget(0, self.sentences)
        self._options = _OptionsPlace(view)
        self.is_open = False

    def open(self) -> None:
        """Show the panel; the toggle Talk moves into it."""
        if self.is_open:
            return
        self.is_open = True
        composer = self._view.composer
        composer.frame.hide()
        composer.shown_frame = self._frame
        self.panel.take_button()
        self._frame.show()
        composer.setFocusProxy(composer.talk)
        composer.talk.setFocus()
        self._options.raise_options()

    def close(self) -> None:
        """Show the composer again."""
        if not self.is_open:
            return
        self.is_open = False
        composer = self._view.composer
        composer.talk.show_state("silent")
        composer.talk.set_shape("small")
        composer.inputs.insertWidget(composer.inputs.indexOf(composer.templates), composer.talk)
        composer.talk.stackUnder(composer.templates)
        self._frame.hide()
        self.sentences.hide()
        composer.shown_frame = composer.frame
        composer.frame.show()
        composer.setFocusProxy(composer.field)
        composer.field.setFocus()
        self._options.lower_options()

    def retranslate(self) -> None:
        """Set what is composed here in the current language."""
        self._options.retranslate()


class _OptionsPlace:
    """While Talk is open its options stand first in the parameters, and the others are folded away."""

    def __init__(self, view: ChatView) -> None:
        assert view.parameters is not None
        self._panel = view.parameters
        self._others: list[QWidget] = []
        self._place = 0
        self._fold = GhostButton("", Icon.CHEVRON_RIGHT)
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._show_others)
        self._fold.hide()
        self.retranslate()

    def raise_options(self) -> None:
        column, options = self._panel.column, self._panel.talk_options
        self._place = column.indexOf(options)
        items = [column.itemAt(index) for index in range(column.count())]
        widgets = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        self._others = [widget for widget in widgets if widget is not options and not widget.isHidden()]
        column.insertWidget(0, options)
        column.insertWidget(1, self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._fold.setChecked(False)
        self._fold.show()
        self._show_others(False)

    def lower_options(self) -> None:
        self._show_others(True)
        self._fold.hide()
        self._panel.column.removeWidget(self._fold)
        self._panel.column.insertWidget(self._place, self._panel.talk_options)

    def _show_others(self, shown: bool) -> None:
        self._fold.set_glyph(Icon.CHEVRON_DOWN if shown else Icon.CHEVRON_RIGHT)
        for widget in self._others:
            widget.setVisible(shown)

    def retranslate(self) -> None:
        self._fold.setText(QCoreApplication.translate("Talk", "Everything else"))
