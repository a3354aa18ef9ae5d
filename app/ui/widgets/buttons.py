"""Buttons: primary, ordinary, ghost, icon and play."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Type
from app.ui.widgets.painted_button import Look, PaintedButton


class PrimaryButton(PaintedButton):
    """The main action of a view."""

    fades = False

    def look(self) -> Look:
        colours = theme()
        if not self.isEnabled():
            # A faded accent would be unreadable, so a disabled button has no colour.
            return Look(colours.mixed("line", "surface", 0.3), None, "text3")
        if self.isDown():
            fill = colours.mixed("accent", "text", 0.2)
        elif self.hot():
            fill = colours.mixed("accent", "text", 0.1)
        else:
            fill = colours.colour("accent")
        return Look(fill, None, "on_accent")


def ordinary_look(button: PaintedButton) -> Look:
    """The look of an ordinary button in its state."""
    colours = theme()
    if button.isChecked():
        return Look(colours.colour("soft"), colours.colour("soft"), "soft_text")
    if button.isDown():
        return Look(colours.colour("sunken"), colours.colour("wave"), "text")
    if button.hot():
        return Look(colours.colour("raised"), colours.colour("wave"), "text")
    return Look(colours.colour("surface"), colours.colour("line"), "text")


class Button(PaintedButton):
    """An ordinary action; with `setCheckable(True)` it shows its checked state."""

    def look(self) -> Look:
        return ordinary_look(self)


class GhostButton(PaintedButton):
    """A less prominent action: text with an optional icon, and no background until hovered."""

    weight = Type.REGULAR
    base_height = 30
    padding = 9
    gap = 6

    def __init__(
        self, text: str = "", icon: Icon | None = None, parent: QWidget | None = None, *, ink: str = "text2"
    ) -> None:
        self._ink = ink
        super().__init__(text, icon, parent)

    def set_ink(self, ink: str) -> None:
        self._ink = ink
        self.update()

    def look(self) -> Look:
        colours = theme()
        if self.isChecked():
            return Look(colours.colour("soft"), None, "soft_text")
        if self.isDown():
            return Look(colours.mixed("sunken", "text", 0.06), None, self._ink)
        if self.hot():
            return Look(colours.colour("sunken"), None, "text" if self._ink == "text2" else self._ink)
        return Look(None, None, self._ink)


class IconButton(GhostButton):
    """An icon without text, square or round. `name` is the accessible name and the tooltip."""

    padding = 7

    def __init__(
        self,
        icon: Icon,
        name: str,
        parent: QWidget | None = None,
        *,
        side: int = 30,
        round_shape: bool = False,
        ink: str = "text2",
    ) -> None:
        self.base_height = side
        self.padding = max(0, (side - self.icon_size) // 2)
        super().__init__("", icon, parent, ink=ink)
        if round_shape:
            self.ring_radius = side / 2
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)


class PrimaryIconButton(PrimaryButton):
    """The main action as a square icon, such as Send, which can change into one that is not, such as Stop."""

    def __init__(self, icon: Icon, name: str, parent: QWidget | None = None) -> None:
        self._is_neutral = False
        super().__init__("", icon, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_neutral(self, is_neutral: bool) -> None:
        """Look like an ordinary button, while it stops what it has started."""
        self._is_neutral = is_neutral
        self.update()

    def look(self) -> Look:
        return ordinary_look(self) if self._is_neutral else super().look()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        side = theme().px(self.base_height)
        return QSize(side, side)


class PlayButton(PaintedButton):
    """A round play or pause button; `set_playing` changes the icon, not the name."""

    def __init__(self, name: str, parent: QWidget | None = None, *, side: int = 34) -> None:
        self.base_height = side
        self.padding = 0
        self.icon_size = 20 if side >= 40 else 16
        self._playing = False
        super().__init__("", Icon.PLAY, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def playing(self) -> bool:
        return self._playing

    def set_playing(self, playing: bool) -> None:
        self._playing = playing
        self.set_glyph(Icon.PAUSE if playing else Icon.PLAY)
        self.update()

    def restyle(self) -> None:
        self.ring_radius = theme().px(self.base_height) / 2
        super().restyle()

    def sizeHint(self) -> QSize:
        side = theme().px(self.base_height)
        return QSize(side, side)

    def look(self) -> Look:
        colours = theme()
        if self._playing:
            shade = 0.2 if self.isDown() else 0.1 if self.hot() else 0.0
            return Look(colours.mixed("accent", "text", shade), None, "on_accent")
        if self.isDown() or self.hot():
            return Look(colours.colour("raised"), colours.colour("accent"), "accent")
        return Look(colours.colour("surface"), colours.colour("line"), "text")
