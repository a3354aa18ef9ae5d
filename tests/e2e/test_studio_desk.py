"""The studio's desk through its accessibility tree: the direction in one of two forms, saved by part, and drafted."""

from __future__ import annotations

from collections.abc import Callable

from tests.e2e.tree import Node
from tests.e2e.window import Window

PATIENCE_SECONDS = 20.0
STUDIO = [
    *[("list", name) for name in ("Sessions", "Voice list", "Tags", "Lint", "Takes", "Directions")],
    *[
        ("text", name)
        for name in ("Text to speak", "Style direction", "Role", "Scene", "Guidance", "Search tags", "Transcript")
    ],
    *[("text", name) for name in ("Speech model", "Format", "Recognition language", "Search directions", "Draft")],
    *[("spin button", name) for name in ("Temperature", "Top P", "Max tokens", "Takes at once")],
    *[("push button", name) for name in ("New session", "Speak", "Transcribe file", "Draft it for me", "Library")],
]
"""Controls of the studio, shown or not."""


def test_a_part_of_the_direction_is_saved_and_one_is_drafted(start_workbench: Callable[[], Window]) -> None:
    window = start_workbench()
    window.find("Studio", "check box", timeout=PATIENCE_SECONDS).press()
    role = window.find("Role", "text", timeout=PATIENCE_SECONDS)
    tree = window.dump(showing=False)
    assert [name for kind, name in STUDIO if f"[{kind}] {name!r}" not in tree] == []
    assert not window.has("Style direction", "text") and not window.has("Directions", "list")

    window.find("Free", "check box").press()
    free = window.find("Style direction", "text")
    assert not window.has("Role", "text")
    free.set_text("Softly.")
    window.find("Role · Scene · Guidance", "check box").press()
    role = window.find("Role", "text")
    window.find("The free words are kept, but not sent.", "label")

    role.set_text("An old fox")
    window.find("Save role", "push button").press()
    window.find("Direction name", "text").set_text("Fox")
    window.find("Save under name", "push button").press()
    window.find(beginning="Saved as “Fox”.", timeout=PATIENCE_SECONDS)
    role.set_text("A young hen")
    window.find("Choose role", "push button").press()
    window.find("Directions", "list").find(beginning="Fox").press()
    window.find("Use direction", "push button").wait_for(lambda button: button.enabled).press()
    window.find("Role", "text").wait_for(lambda field: field.text == "An old fox")

    window.find("Text to speak", "text").set_text("The ferry leaves at nine!")
    window.find("Draft it for me", "push button").press()
    window.find("Adopt draft", "push button", timeout=PATIENCE_SECONDS).wait_for(
        lambda button: button.enabled, timeout=PATIENCE_SECONDS
    ).press()
    window.find("Role", "text").wait_for(lambda field: "staff" in field.text)
    assert _texts(window, "Scene", "Guidance") != ["", ""]

    window.find("Sessions and parameters", "check box").press()
    temperature = window.find("Temperature", "spin button", showing=False)
    temperature.wait_for(lambda spin: "showing" not in spin.states)


def _texts(window: Node, *names: str) -> list[str]:
    return [window.find(name, "text").text for name in names]
