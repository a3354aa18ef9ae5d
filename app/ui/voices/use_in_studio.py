"""Goes from a voice to the studio: to speak with it, or to a session in which it spoke."""

from __future__ import annotations

from app.ui.window import Window


def use_in_studio(window: Window, key: str) -> None:
    """Show the studio with the voice of this id chosen, if there is one."""
    from app.ui.studio.view import StudioView

    window.show_view("studio")
    studio = window.view("studio")
    assert isinstance(studio, StudioView)
    if studio.voice_model.row_of(key) >= 0:
        studio.voices.row_selected.emit(key)
    studio.focus_voices()
