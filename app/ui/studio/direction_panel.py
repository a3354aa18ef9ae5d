"""The panel with the direction: free words, or role, scene and guidance. Only what is shown is sent."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.voices import DirectionKind
from app.services.speech.direction import Layers
from app.ui.studio.direction_draft import DirectionDraft
from app.ui.studio.direction_list import DirectionList
from app.ui.studio.direction_names import DirectionName
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.scroll_area import ScrollArea

DirectionPage = Literal["fields", "saved", "draft"]
_SMALL_BUTTON = 22


class _Part:
    """The line above a field: its caption, and the buttons that choose and save what is in it."""

    def __init__(self) -> None:
        self.caption = Caption()
        self.choose = IconButton(Icon.LIST, "", side=_SMALL_BUTTON)
        self.save = IconButton(Icon.PLUS, "", side=_SMALL_BUTTON)
        self.row = QHBoxLayout()
        self.row.setSpacing(Space.S4)
        self.row.addWidget(self.caption, 1)
        self.row.addWidget(self.choose)
        self.row.addWidget(self.save)

    def set_names(self, caption: str, choose: str, save: str) -> None:
        self.caption.setText(caption)
        self.choose.set_name(choose)
        self.save.set_name(save)


class DirectionPanel(Panel):
    """Edits the direction of the next take, and shows the saved ones or a draft in its place.

    Signals:
        shown_changed: free words are shown instead of the layers, or the other way round.
        height_changed: it needs more or less height than before.
        choose_pressed, save_pressed: saved directions of a `DirectionKind` are to be shown, or what is typed saved.

    Attributes:
        saved: the list of saved directions; `draft` is the preview of a draft.
        unsent: says that the form that is not shown is kept and not sent.
    """

    shown_changed = Signal()
    height_changed = Signal()
    choose_pressed = Signal(str)
    save_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page: DirectionPage = "fields"
        self._is_drafting = False
        self.free, self.layers = Chip(""), Chip("")
        self.direction = TextArea("", min_lines=4, max_lines=8)
        self.role, self.scene = LineField(""), LineField("")
        self.guidance = TextArea("", min_lines=1, max_lines=4)
        self._parts: dict[DirectionKind, _Part] = {kind: _Part() for kind in ("free", "role", "scene", "guidance")}
        self.unsent = Hint(wrap=True)
        self.unsent.hide()
        self.name, self.saved, self.draft = DirectionName(), DirectionList(), DirectionDraft()
        self.open_saved = GhostButton("", Icon.LIST)
        self.open_saved.setCheckable(True)
        self.make_draft = GhostButton("", Icon.WAND)
        self.save_whole = IconButton(Icon.PLUS, "")
        self._lay_out()
        self.layers.setChecked(True)
        self.free.clicked.connect(lambda: self.show_free(True))
        self.layers.clicked.connect(lambda: self.show_free(False))
        self.free.toggled.connect(self._on_toggled)
        for kind, part in self._parts.items():
            part.choose.clicked.connect(lambda _=False, kind=kind: self.choose_pressed.emit(kind))
            part.save.clicked.connect(lambda _=False, kind=kind: self.save_pressed.emit(kind))
        self.save_whole.clicked.connect(lambda: self.save_pressed.emit("free" if self.is_free else "whole"))
        for area in (self.direction, self.guidance):
            area.textChanged.connect(self._say_what_is_unsent)
        for line in (self.role, self.scene):
            line.textChanged.connect(lambda _text: self._say_what_is_unsent())
        self._free_box.hide()
        self.show_page("fields")

    def _lay_out(self) -> None:
        self.add_action(self.free)
        self.add_action(self.layers)
        self._fields, self._free_box, self._layers_box = QWidget(), QWidget(), QWidget()
        fields, free, layers = (QVBoxLayout(box) for box in (self._fields, self._free_box, self._layers_box))
        for column in (fields, free, layers):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.S4)
        free.addLayout(self._parts["free"].row)
        free.addWidget(self.direction)
        for kind, field in (("role", self.role), ("scene", self.scene), ("guidance", self.guidance)):
            layers.addLayout(self._parts[kind].row)  # type: ignore[index]
            layers.addWidget(field)
        for part in (self._free_box, self._layers_box, self.unsent):
            fields.addWidget(part)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(Space.S16, 0, Space.S16, Space.S4)
        inside.setSpacing(Space.S8)
        for part in (self._fields, self.saved, self.draft, self.name):
            inside.addWidget(part)
        inside.addStretch(1)
        self._scroll_area = ScrollArea(content)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S8, 0, Space.S12, 0)
        foot.setSpacing(Space.S4)
        foot.addWidget(self.open_saved)
        foot.addWidget(self.make_draft)
        foot.addStretch(1)
        foot.addWidget(self.save_whole)
        self.body.addWidget(self._scroll_area)
        self.body.addLayout(foot)

    def content_height(self) -> int:
        """The height in pixels at which the fields need not be scrolled, whichever of their forms is shown."""
        fields = max(box.sizeHint().height() for box in (self._layers_box, self._free_box))
        for part in (self.unsent, self.name):
            if not part.isHidden():
                fields += part.sizeHint().height() + Space.S8
        return self._around() + fields

    def page_height(self, width: int) -> int:
        """The height in pixels at which nothing that is shown has to be scrolled, at this width of the panel."""
        content = self._scroll_area.widget()
        layout = content.layout() if content is not None else None
        if layout is None:
            return self.sizeHint().height()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return max(self.content_height(), self._around() + needed)

    def _around(self) -> int:
        """The height of what does not scroll, and of the margins of what does."""
        return self.sizeHint().height() - self._scroll_area.sizeHint().height() + Space.S12

    # -- what is typed --------------------------------------------------------------------------------------------

    @property
    def is_free(self) -> bool:
        """Whether the free words are shown and sent."""
        return self.free.isChecked()

    def given(self) -> Layers:
        """The direction that is shown, which is the one that is sent."""
        everything = self.everything()
        return Layers(everything.free) if self.is_free else everything._replace(free="")

    def everything(self) -> Layers:
        """What is typed, whether it is shown or not."""
        return Layers(self.direction.toPlainText(), self.role.text(), self.scene.text(), self.guidance.toPlainText())

    def begin(self, layers: Layers, *, free: bool | None = None) -> None:
        """Show the direction of another session, whose steps of undo begin here, and the part that has text.

        `free` chooses where both or neither have.
        """
        self.direction.setPlainText(layers.free)
        for field, text in ((self.role, layers.role), (self.scene, layers.scene)):
            field.setText(text)
            # Show the beginning of a text that is longer than its field.
            field.setCursorPosition(0)
        self.guidance.setPlainText(layers.guidance)
        self._show_filled(layers, free)

    def fill(self, layers: Layers) -> None:
        """Fill in a direction and show the part that has text; the undo of each field brings back what was there."""
        self.put(layers)
        self._show_filled(layers, None)

    def _show_filled(self, layers: Layers, free: bool | None) -> None:
        if free is None and any(layers):
            free = not any(layers[1:])
        if free is not None:
            self.show_free(free)

    def put(self, layers: Layers) -> None:
        """Replace what is typed, so that the undo of each field brings it back."""
        before = self.everything()
        for area, text, was in (
            (self.direction, layers.free, before.free),
            (self.guidance, layers.guidance, before.guidance),
        ):
            if text != was:
                area.retype(text)
        for line, text, was in ((self.role, layers.role, before.role), (self.scene, layers.scene, before.scene)):
            if text != was:
                _retype_line(line, text)

    def first_field(self) -> QWidget:
        """The first field that is shown."""
        if self._page != "fields":
            return self.saved.search if self._page == "saved" else self.draft.text
        return self.direction if self.is_free else self.role

    def field_of(self, kind: DirectionKind) -> QWidget:
        """The field of a part; for a whole direction the first one."""
        fields: dict[str, QWidget] = {
            "free": self.direction, "role": self.role, "scene": self.scene, "guidance": self.guidance,
        }  # fmt: skip
        return fields.get(kind, self.role)

    def show_free(self, free: bool) -> None:
        """Show the free words, or the layers."""
        self.show_page("fields")
        self.free.setChecked(free)
        self.layers.setChecked(not free)

    # -- pages ----------------------------------------------------------------------------------------------------

    @property
    def page(self) -> DirectionPage:
        """What is shown: the fields, the saved directions or the draft."""
        return self._page

    def show_page(self, page: DirectionPage) -> None:
        """Show the fields, the saved directions or the draft."""
        self._page = page
        self._fields.setVisible(page == "fields")
        self.saved.setVisible(page == "saved")
        self.draft.setVisible(page == "draft")
        self.open_saved.setChecked(page == "saved")
        self.name.hide()
        self.height_changed.emit()

    def ask_name(self, name: str) -> None:
        """Ask for a name, below what is shown."""
        self.name.ask(name)
        self.height_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape arrives here only where the focused widget has no use for it.
        if event.key() == Qt.Key.Key_Escape and self._page != "fields" and not self._is_drafting:
            self.show_page("fields")
            self.first_field().setFocus()
            return
        super().keyPressEvent(event)

    def _on_toggled(self, is_free: bool) -> None:
        self._layers_box.setVisible(not is_free)
        self._free_box.setVisible(is_free)
        self._say_what_is_unsent()
        self.height_changed.emit()
        self.shown_changed.emit()

    def _say_what_is_unsent(self) -> None:
        everything = self.everything()
        is_left_out = any(everything[1:]) if self.is_free else bool(everything.free)
        self.unsent.setText(
            QCoreApplication.translate("Studio", "Role, Scene and Guidance are kept, but not sent.")
            if self.is_free
            else QCoreApplication.translate("Studio", "The free words are kept, but not sent.")
        )
        if self.unsent.isHidden() == is_left_out:
            self.unsent.setVisible(is_left_out)
            self.height_changed.emit()

    def show_drafting(self, running: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_drafting = running
        self.make_draft.setText(
            QCoreApplication.translate("Directions", "Stop drafting")
            if running
            else QCoreApplication.translate("Directions", "Draft it for me")
        )

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.set_title(QCoreApplication.translate("Studio", "Direction"))
        self.free.setText(QCoreApplication.translate("Studio", "Free"))
        self.layers.setText(QCoreApplication.translate("Studio", "Role · Scene · Guidance"))
        self.direction.setAccessibleName(QCoreApplication.translate("Studio", "Style direction"))
        self.direction.setPlaceholderText(
            QCoreApplication.translate(
                "Studio", "Describe how the line should sound. This description itself is not spoken."
            )
        )
        self.role.setAccessibleName(QCoreApplication.translate("Studio", "Role"))
        self.scene.setAccessibleName(QCoreApplication.translate("Studio", "Scene"))
        self.guidance.setAccessibleName(QCoreApplication.translate("Studio", "Guidance"))
        self._parts["free"].set_names(
            QCoreApplication.translate("Directions", "Free words"),
            QCoreApplication.translate("Directions", "Choose free words"),
            QCoreApplication.translate("Directions", "Save free words"),
        )
        self._parts["role"].set_names(
            QCoreApplication.translate("Studio", "Role"),
            QCoreApplication.translate("Directions", "Choose role"),
            QCoreApplication.translate("Directions", "Save role"),
        )
        self._parts["scene"].set_names(
            QCoreApplication.translate("Studio", "Scene"),
            QCoreApplication.translate("Directions", "Choose scene"),
            QCoreApplication.translate("Directions", "Save scene"),
        )
        self._parts["guidance"].set_names(
            QCoreApplication.translate("Studio", "Guidance"),
            QCoreApplication.translate("Directions", "Choose guidance"),
            QCoreApplication.translate("Directions", "Save guidance"),
        )
        self.open_saved.setText(QCoreApplication.translate("Directions", "Saved directions"))
        self.save_whole.set_name(QCoreApplication.translate("Directions", "Save direction"))
        self.show_drafting(self._is_drafting)
        self._say_what_is_unsent()


def _retype_line(line: LineField, text: str) -> None:
    line.selectAll()
    if text:
        line.insert(text)
    elif line.text():
        QLineEdit.del_(line)
    line.setCursorPosition(0)
    line.restyle()
