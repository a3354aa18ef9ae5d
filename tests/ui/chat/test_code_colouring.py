"""Code that is coloured a line at a time, while it streams, looks like code that was coloured in one go."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextBlock

from app.ui.chat.markdown import code_colouring
from app.ui.chat.markdown.syntax_highlighting import colours, lexer_for
from app.ui.chat.markdown.view import MarkdownView

LINES = [
    *(f"    value_{number} = compute('{number}')  # step {number}" for number in range(40)),
    '    text = """first',
    "    def not_code(): pass",
    '    last"""',
    "",
    *(f"    return {number}" for number in range(30)),
]
SOURCE = "\n".join(["def work():", *LINES])


@pytest.fixture
def _one_line_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_colouring, "STEP_SECONDS", -1.0)


def coloured_lines(view: MarkdownView) -> list[list[tuple[int, int, str]]]:
    """Start, length and colour of every coloured range, by line."""
    found = []
    block: QTextBlock = view.document().begin()
    while block.isValid():
        ranges = block.layout().formats()
        found.append([(each.start, each.length, each.format.foreground().color().name()) for each in ranges])
        block = block.next()
    return found


def in_one_go(qtbot, text: str) -> list[list[tuple[int, int, str]]]:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.append(text)
    view.finish()
    while view._renderer.colour(False):
        pass
    return coloured_lines(view)


def test_a_lexer_is_asked_for_no_more_than_one_line() -> None:
    asked = 0

    class Counting:
        def get_tokens(self, text: str):
            nonlocal asked
            for line in text.splitlines(keepends=True):
                asked += 1
                yield from lexer.get_tokens(line)

    lexer = lexer_for("python")
    lines = colours(Counting(), ["a = 1", "b = 2", "c = 3"])
    next(lines)
    assert asked == 1
    assert len(list(lines)) == 2


@pytest.mark.usefixtures("_one_line_a_step")
@pytest.mark.parametrize("size", [7, 61, 4096])
def test_code_that_streams_gets_the_colours_of_the_whole(qtbot, size: int) -> None:
    text = f"Before.\n\n```python\n{SOURCE}\n```\n\nAfter.\n"
    view = MarkdownView()
    qtbot.addWidget(view)
    for start in range(0, len(text), size):
        view.append(text[start : start + size])
        view.flush()
        view._renderer.colour(True)
    view.finish()
    for _ in range(10 * len(LINES)):
        if not view._renderer.colour(False):
            break
    found = coloured_lines(view)
    assert sum(map(len, found)) > len(LINES)
    assert found == in_one_go(qtbot, text)


@pytest.mark.usefixtures("_one_line_a_step")
def test_a_step_colours_one_line(qtbot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.append(f"```python\n{SOURCE}\n```\n")
    view.finish()
    view._colouring_timer.stop()
    before = sum(bool(line) for line in coloured_lines(view))
    assert view._renderer.colour(False)
    assert sum(bool(line) for line in coloured_lines(view)) - before <= 1
