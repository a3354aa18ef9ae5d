"""The icons: SVG files on a 24-unit grid, tinted with a token when drawn."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.resources import resource_path
from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY


class Icon(StrEnum):
    """All icons; the value is the file name in `resources/icons`."""

    CHAT = "chat"
    BENCH = "bench"
    STUDIO = "studio"
    VOICES = "voices"
    SETTINGS = "settings"
    PLAY = "play"
    PAUSE = "pause"
    STOP = "stop"
    RECORD = "record"
    PLUS = "plus"
    SEARCH = "search"
    MIC = "mic"
    TALK = "talk"
    ATTACH = "attach"
    SEND = "send"
    ARROW_DOWN = "arrow-down"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_UP = "chevron-up"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_LEFT = "chevron-left"
    COPY = "copy"
    REDO = "redo"
    UNDO = "undo"
    CODE = "code"
    THINKING = "thinking"
    TOOL = "tool"
    STAR = "star"
    STAR_FILLED = "star-filled"
    CHECK = "check"
    DOWNLOAD = "download"
    UPLOAD = "upload"
    LOOP = "loop"
    EYE = "eye"
    EYE_OFF = "eye-off"
    GRID = "grid"
    WARNING = "warning"
    INFO = "info"
    ERROR = "error"
    CLOSE = "close"
    EDIT = "edit"
    TRASH = "trash"
    LINK = "link"
    GLOBE = "globe"
    LIST = "list"
    KEY = "key"
    NETWORK = "network"
    SPEAKER = "speaker"
    MUTE = "mute"
    PALETTE = "palette"
    DATABASE = "database"
    ABOUT = "about"
    PIN = "pin"
    MORE = "more"
    SLIDERS = "sliders"
    FOLDER = "folder"
    FILE = "file"
    IMAGE = "image"
    VIDEO = "video"
    BRANCH = "branch"
    COMPARE = "compare"
    WAND = "wand"
    SEND_AGAIN = "send-again"
    CLOCK = "clock"
    COMMAND = "command"
    USER = "user"
    PANEL_LEFT = "panel-left"
    PANEL_RIGHT = "panel-right"
    SHIELD = "shield"
    LOCK = "lock"
    SUBTITLES = "subtitles"
    EAR = "ear"
    DRIFT = "drift"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"


_sources: dict[Icon, str] = {}
_pixmaps: dict[tuple[Icon, str, int, float], QPixmap] = {}
_MAX_PIXMAPS = 400

_SCALES = (1.0, 1.5, 2.0, 3.0)


def pixmap(name: Icon, colour: str = "text2", size: int = 16, scale: float = 1.0) -> QPixmap:
    """Return an icon in the colour of a token, `size` logical pixels before text scaling, at a device pixel ratio."""
    side = theme().px(size)
    return _drawn(name, theme().colour(colour), side, scale)


def icon(name: Icon, colour: str = "text2", size: int = 16) -> QIcon:
    """Return a QIcon that is sharp on any screen. Its colour is fixed: call again when the theme changes."""
    result = QIcon()
    side = theme().px(size)
    tint = theme().colour(colour)
    for scale in _SCALES:
        drawn = _drawn(name, tint, side, scale)
        result.addPixmap(drawn, QIcon.Mode.Normal)
        result.addPixmap(_faded(drawn), QIcon.Mode.Disabled)
    return result


def _drawn(name: Icon, tint: QColor, side: int, scale: float) -> QPixmap:
    key = (name, tint.name(), side, scale)
    found = _pixmaps.get(key)
    if found is None:
        if len(_pixmaps) >= _MAX_PIXMAPS:
            _pixmaps.clear()
        found = QPixmap(round(side * scale), round(side * scale))
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _renderer(name, tint).render(painter)
        painter.end()
        found.setDevicePixelRatio(scale)
        _pixmaps[key] = found
    return found


def _renderer(name: Icon, tint: QColor) -> QSvgRenderer:
    source = _sources.get(name)
    if source is None:
        source = _sources[name] = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", tint.name()).encode()))


def _faded(drawn: QPixmap) -> QPixmap:
    faded = QPixmap(drawn.size())
    faded.setDevicePixelRatio(drawn.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(DISABLED_OPACITY)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return faded
