"""Every prefix of a parsered text is parsed like the same text at once, and the tail stays short."""

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.markdown.blocks import Block, CodeLine, InlineStyle, Paragraph, TableRow
from app.core.markdown.incremental_parser import IncrementalParser, visible
from app.core.markdown.parser import parse
from app.core.markdown.sanitiser import MAX_PARAGRAPH, MAX_WORD, StreamSanitiser

NASTY = [
    "# Heading *one*\nText with **bold**, `code`, ~~no~~ and [link][1] https://example.com/a_b).\n\n[1]: http://x.org/a\n",
    "1. one\n2. two\n   - sub a\n   - sub b\n\n     para in b\n3. three\n"
    "1. four\n\n- [ ] todo\n- [x] done\n-\n- ```py\n"
    "  x = 1\n  ```\n* other\n\n> quote\n> - in quote\n>\n> more\nlazy\n",
    "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | $x^2$ |\n| 4\nafter table\n\n| x |\n|---|\n\n| y |\n",
    "```python\ndef f():\n    return '```'\n\n  \n```\n~~~~\n~~~\n~~~~ \n```\nnever closed\n",
    "$$\na = b\n- c\n$$\nMoney $5 and $10, math $a_1+b$ and \\(x\\).\n\\[ y = x \\]\n$$\nopen\n\nafter\n",
    "Setext\n===\ntwo\n---\n    indented\n\n    code\n\n***\n- - -\n"
    "- a\n---\n- b\n\n- c\n 1. d\n  - e\n   - f\n    - g\n",
    "1. a\n\n2\n\n2. b\n\n10) c\n11) d\n\n    e\n\n12) f\n0. g\n",
    "[a] then [b][a] and [A]\n\n- x [c]\n- y\n\n[a]: /one\n[c]: <two words> 'title\nlong'\n\nend [c]\n",
    "![alt](http://img) <b>html</b> <script>\n<div>\n\n*unclosed **both\n"
    "\n**注意：**请看“**引号**”。\r\n\r\nx\u2028y\ufffc\x00z\n",
    "> ```\n> code\nnot code\n> ```\n>\n> > deep\n> back\n\n- > a\n  b\n-\n\n  c\n- \tTab\n",
    "Note[^1] and $9 `$N` \\[ x \\] end<br>next\n\n[^1]: 注释\n[^b]: two\n\n见https://x.org/wiki/中文，好\n",
    "| a | b |\n|---|---|\n| `x|y` | `a | b` |\n| ``p`|`` | c\\|d |\n| `open | e |\n\nend\n",
    "See\n```markdown\n# T\n```py\nx\n```\n````js\n```\n````\nlast\n```\nafter\n\n"
    "- ```md\n  ```py\n  x\n  ```\n  ```\n  in\n\nout\n````md\n```py\n````\nend\n",
    "\\[\na = b\n\n+ c\n\\]\n\nmid\n\n\\[\nopen\n\nnext\n\n# T\n\nend\n- \\[\n  q\n\n  r\n  \\]\n- \\[\n  s\n\nt\n\n"
    "$$\n\n\nv\n$$\n“~~删~~”和~~“旧”~~新~~~x~~~\n",
    "One[^b] two[^1] three[^1]\n\n[^1]: first\n[^b]: second\nlines\n\n"
    "| t[^c] |\n|---|\n| u[^9] |\n\n[^c]: third\n\nend[^d]\n",
    "a\n  \nb  \nc\\\nd\n\t\n\tcode\n\n&amp; &lt; \\* \\[no\\]\n<http://x.y> http://z.w/(a)。中\n",
]
FRAGMENTS = st.sampled_from(
    ["- ", "1. ", "2) ", "* ", "> ", "```", "```py", "~~~", "```md\n", "`|`", "~~", "”", "| a | b |", "|---|---|",
     "|", "$$", "$", "\\[", "\\]", "\n", "\n",
     "\n\n", "\n", "  ", "    ", " ", "\t", "a", "word", "中文", "**", "*", "_", "`", "# ",
     "===", "---", "[a]", "[a]: /u", "[^1]", "[^n]", "[^n]: v", "[^1]: w", "<b>",
     "http://x.y/z", "\\", "[ ] ", "!["]
)  # fmt: skip


def parsed_at_once(text: str) -> list[list[Block]]:
    """What a text may be parsed as: without an undecided last line, or as it is, inside code."""
    source = StreamSanitiser().feed(text)
    return [parse(shown, is_open=True) for shown in dict.fromkeys((visible(source), source))]


def is_inside_definition(text: str) -> bool:
    """Whether a text ends in a link definition, which is parsed only once its line is complete."""
    return bool(re.search(r"\[[^\[\]]+\]:[^\n]*(\n[^\n]+)?\Z", text))


@pytest.mark.parametrize("document", NASTY)
def test_every_prefix_equals_parsing_it_at_once(document: str) -> None:
    parser = IncrementalParser()
    for end, character in enumerate(document, start=1):
        parser.append(character)
        if not is_inside_definition(document[:end]):
            assert parser.blocks in parsed_at_once(document[:end]), repr(document[:end][-80:])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(FRAGMENTS, max_size=40), st.randoms(use_true_random=False))
def test_any_text_in_any_pieces_equals_parsing_it_at_once(fragments: list[str], rng: random.Random) -> None:
    text = "".join(fragments)
    parser = IncrementalParser()
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + rng.randint(1, 9))
        parser.append(text[begin:end])
        begin = end
        if not is_inside_definition(text[:end]):
            assert parser.blocks in parsed_at_once(text[:end])


@pytest.mark.parametrize("document", NASTY)
def test_settled_blocks_never_change_unless_a_definition_causes_a_reparse(document: str) -> None:
    parser = IncrementalParser()
    seen: list[Block] = []
    for character in document:
        reparse_count = parser.reparse_count
        parser.append(character)
        if parser.reparse_count == reparse_count:
            assert parser.settled[: len(seen)] == seen
        seen = list(parser.settled)


def longest_tail(document: str) -> int:
    parser = IncrementalParser()
    longest = 0
    for begin in range(0, len(document), 97):
        parser.append(document[begin : begin + 97])
        longest = max(longest, len(parser.tail))
    return longest


def test_the_tail_of_long_structures_stays_short() -> None:
    assert longest_tail("```py\n" + "x = 1\n" * 2_000) <= 1
    assert longest_tail("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 1_000) <= 3
    assert longest_tail("".join(f"{n}. item\n" for n in range(1, 1_000))) <= 3
    assert longest_tail("word " * 40_000) <= 3


def test_row_numbers_continue_after_the_head_is_settled() -> None:
    parser = IncrementalParser()
    for piece in ["| a |\n|---|\n", "| 1 |\n", "| 2 |\n| 3", " |\n"]:
        parser.append(piece)
    rows = [block for block in parser.blocks if isinstance(block, TableRow)]
    assert [row.number for row in rows] == [0, 1, 2, 3]


def test_item_numbers_continue_after_items_are_settled() -> None:
    parser = IncrementalParser()
    for _ in range(5):
        parser.append("1. same\n")
    assert [block.marker for block in parser.blocks] == ["1.", "2.", "3.", "4.", "5."]


def test_a_late_link_definition_applies_to_links_above() -> None:
    parser = IncrementalParser("See [the page][p].\n\nMore.\n\n[p]: https://x.org/")
    first = parser.blocks[0]
    assert isinstance(first, Paragraph) and all(not span.href for span in first.spans)
    parser.finish()
    first = parser.blocks[0]
    assert isinstance(first, Paragraph) and first.spans[1].href == "https://x.org/"


def test_long_lines_are_split_into_limited_paragraphs() -> None:
    for text in ("x" * 100_000, "word " * 20_000, "line\n" * 20_000):
        paragraphs = [block for block in IncrementalParser(text).blocks if isinstance(block, Paragraph)]
        lengths = [sum(len(span.text) for span in block.spans) for block in paragraphs]
        assert max(lengths) <= MAX_PARAGRAPH + MAX_WORD + 1
        assert len(lengths) > 10


def test_long_code_lines_are_not_split() -> None:
    parser = IncrementalParser("```\n" + "y" * 50_000 + "\nz\n```\n")
    assert [len(block.text) for block in parser.blocks if isinstance(block, CodeLine)] == [50_000, 1]


def test_deep_nesting_and_unclosed_openers_are_parsed_quickly() -> None:
    for text in ("> " * 5_000, "[" * 20_000, "*a _b " * 3_000, "$x" * 10_000, "- " * 3_000, "`" * 5_000, "![" * 5_000):
        start = time.process_time()
        IncrementalParser(text + "\n").blocks  # noqa: B018
        assert time.process_time() - start < 5, text[:10]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**In", [("In", InlineStyle.BOLD)]),
        ("a **bold*", [("a ", 0), ("bold", InlineStyle.BOLD)]),
        ("a **", [("a", 0)]),
        ("**bold *both", [("bold ", InlineStyle.BOLD), ("both", InlineStyle.BOLD | InlineStyle.ITALIC)]),
        ("**注意：", [("注意：", InlineStyle.BOLD)]),
        ("use `cod", [("use ", 0), ("cod", InlineStyle.CODE)]),
        ("use `", [("use", 0)]),
        ("~~old", [("old", InlineStyle.STRUCK)]),
        ("see [link](https:", [("see link", 0)]),
        ("see [lin", [("see lin", 0)]),
        ("see [**li", [("see ", 0), ("li", InlineStyle.BOLD)]),
        ("see [link]", [("see link", 0)]),
        ("Text[^1", [("Text", 0)]),
        ("![alt](http", [("alt", 0)]),
        ("2 * 3 and a_b and [a] b", [("2 * 3 and a_b and [a] b", 0)]),
        ("- [ ", []),
        ("is $", [("is", 0)]),
        ("is $x^2", [("is", 0)]),
        ("is $10^", [("is", 0)]),
        ("is **so $x", [("is ", 0), ("so", InlineStyle.BOLD)]),
        ("is $$x$", [("is", 0)]),
        ("is \\(a+b", [("is", 0)]),
        ("is \\[", [("is", 0)]),
        ("is \\[c", [("is", 0)]),
        ("is $x$ and $y", [("is ", 0), ("x", InlineStyle.MATH), (" and", 0)]),
        ("costs $5", [("costs $5", 0)]),
        ("$5 and $6.50", [("$5 and $6.50", 0)]),
        ("see $HOME and", [("see $HOME and", 0)]),
        ("在 $x，然后", [("在 $x，然后", 0)]),
        ("is $x" + " long" * 20, [("is $x" + " long" * 20, 0)]),
    ],
)
def test_half_formed_marks_are_not_shown(source: str, shown: list[tuple[str, int]]) -> None:
    last = IncrementalParser(source).blocks[-1]
    assert isinstance(last, Paragraph)
    assert [(span.text, span.style) for span in last.spans] == shown


@pytest.mark.parametrize("mark", ["-", "- ", "  -", "---", "===", "1.", "*", "> 2)", "- -", "+ "])
def test_marks_that_words_decide_about_neither_appear_nor_change_the_line_above(mark: str) -> None:
    for above in ("Text\n", "- item\n", "- item\n  more\n", "1. item\n"):
        parser = IncrementalParser()
        for character in above + mark:
            parser.append(character)
        assert parser.blocks == IncrementalParser(above).blocks
    assert [block.text for block in IncrementalParser("```\n- ").blocks if isinstance(block, CodeLine)] == ["- "]


@pytest.mark.parametrize("mark", ["[", "**", "$", "\\(x", "![", "`"])
def test_a_paragraph_of_marks_alone_is_not_shown(mark: str) -> None:
    assert len(IncrementalParser(f"Text.\n\n{mark}").blocks) == 1


@pytest.mark.parametrize(("source", "count"), [("|", 0), ("| a", 1), ("| a | b |", 2), ("| a | b |\n|--", 2)])
def test_the_beginning_of_a_table_is_a_table(source: str, count: int) -> None:
    blocks = IncrementalParser(f"Text\n\n{source}").blocks[1:]
    assert [len(block.cells) for block in blocks if isinstance(block, TableRow)] == [count][: len(blocks)]
    assert len(blocks) == bool(count)


@pytest.mark.parametrize("document", [*NASTY, "**In", "a `b", "see [link](https:", "| a | b |", "[x]", "$5 *and"])
def test_a_finished_text_is_parsed_as_it_is(document: str) -> None:
    parser = IncrementalParser()
    for character in document:
        parser.append(character)
        _ = parser.tail
    parser.finish()
    assert parser.blocks == parse(StreamSanitiser().feed(document) + ("" if document.endswith("\n") else "\n"))
