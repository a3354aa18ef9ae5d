"""Differences by lines: what is the same is counted, a changed line shows its words."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.differences import word_differences
from app.core.line_differences import LineBlock, line_blocks, line_counts

BEFORE = "You take orders.\nAnswer with JSON.\nA cancellation goes into cancel and nothing else.\nMessage:\n{{message}}"
AFTER = "You take orders.\nAnswer with JSON.\nA cancellation goes into cancel; a new order too.\nMessage:\n{{message}}"


def blocks_of(before: str, after: str) -> list[LineBlock]:
    return line_blocks(word_differences(before, after))


def plain(block: LineBlock) -> tuple[list[str], list[str]]:
    def texts(lines: tuple[tuple[object, ...], ...]) -> list[str]:
        return ["".join(run.text for run in line) for line in lines]  # type: ignore[attr-defined]

    return texts(block.removed), texts(block.added)


def test_a_changed_line_stands_between_those_that_are_the_same() -> None:
    first, changed, last = blocks_of(BEFORE, AFTER)
    assert (len(first.same), len(last.same)) == (2, 2)
    assert [len(block) for block in plain(changed)] == [1, 1]
    [line] = changed.added
    assert {run.change for run in line} == {"same", "added"}
    assert line_counts([first, changed, last]) == (1, 4)


def test_a_line_put_between_two_others_is_the_only_one_that_differs() -> None:
    for before, after in (("a\nb", "a\nnew\nb"), ("a\nb", "a\nb\nnew"), ("a\nb", "new\na\nb")):
        found = [block for block in blocks_of(before, after) if not block.same]
        assert [plain(block) for block in found] == [([], ["new"])], (before, after)


def test_chinese_is_compared_character_by_character() -> None:
    [changed] = blocks_of("请用一句话回答。", "请用两句话回答。")
    [line] = changed.added
    assert [run.text for run in line if run.change == "added"] == ["两"]


def test_equal_texts_have_one_block() -> None:
    assert blocks_of("a\nb", "a\nb") == [LineBlock(same=("a", "b"))]
    assert blocks_of("", "") == [LineBlock(same=("",))]


LINES = st.lists(st.sampled_from(["a", "b", "a b", "", "请用"]), max_size=6).map("\n".join)


@given(LINES, LINES)
def test_the_blocks_hold_both_texts_whole(before: str, after: str) -> None:
    old: list[str] = []
    new: list[str] = []
    for block in blocks_of(before, after):
        removed, added = plain(block)
        old += [*block.same, *removed]
        new += [*block.same, *added]
    assert "\n".join(old) == before
    assert "\n".join(new) == after
