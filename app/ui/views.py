"""The views of the window. A new view is a folder with an `assembly` module, and a line here.

Everything that treats views alike reads this list: rail, shortcuts, command palette, health check, gallery, tour.
"""

from __future__ import annotations

from app.ui.bench import assembly as bench
from app.ui.chat import assembly as chat
from app.ui.settings import assembly as settings
from app.ui.studio import assembly as studio
from app.ui.view_spec import ViewSpec
from app.ui.voices import assembly as voices

VIEWS: tuple[ViewSpec, ...] = (chat.VIEW, bench.VIEW, studio.VIEW, voices.VIEW, settings.VIEW)
"""In the order of the rail. The first one is shown at the start."""
