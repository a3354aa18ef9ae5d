"""The rows of the map of a conversation's branches, and cutting and pasting them."""

from app.core.branch_map import BranchRow, branch_rows
from app.core.conversation import MessageTree
from app.core.messages import Message


def tree(*pairs: tuple[str, str | None]) -> MessageTree:
    return MessageTree(Message(name, "user", (), parent) for name, parent in pairs)


def test_each_leaf_is_a_row_where_it_turned_off() -> None:
    rows = branch_rows(
        tree(("a", None), ("b", "a"), ("c", "b"), ("b2", "a"), ("c2", "b"), ("d2", "c2"), ("d3", "c2"), ("z", None))
    )
    assert rows == (
        BranchRow("c", "a", 0, 3, (True,)),
        BranchRow("d2", "c2", 1, 4, (True, True)),
        BranchRow("d3", "d3", 2, 4, (True, False, False)),
        BranchRow("b2", "b2", 1, 2, (True, False)),
        BranchRow("z", "z", 1, 1, (False, False)),
    )


def test_one_branch_is_one_row_and_none_is_none() -> None:
    assert branch_rows(tree(("a", None), ("b", "a"))) == (BranchRow("b", "b", 0, 2, (False,)),)
    assert branch_rows(tree()) == ()


def test_long_and_many_branches_are_rows() -> None:
    pairs: list[tuple[str, str | None]] = [("0", None), *((str(n), str(n - 1)) for n in range(1, 3000))]
    pairs += [(f"v{n}", str(n * 10)) for n in range(200)]
    assert len(branch_rows(tree(*pairs))) == 201


def test_messages_that_follow_each_other_in_a_circle_end() -> None:
    assert branch_rows(tree(("a", "b"), ("b", "a"))) == ()


def test_what_is_cut_goes_back_to_its_place() -> None:
    whole = tree(("a", None), ("b1", "a"), ("b2", "a"), ("b3", "a"), ("c", "b2"), ("d", "c"), ("c2", "b2"))
    cut = whole.cut("b2")
    assert {message.id for message in cut.messages} == {"b2", "c", "d", "c2"} and cut.root.id == "b2"
    assert whole.children("a") == ("b1", "b3") and len(whole) == 3 and "d" not in whole
    whole.paste(cut)
    whole.paste(cut)
    assert whole.children("a") == ("b1", "b2", "b3") and whole.children("b2") == ("c", "c2")
    assert [message.id for message in whole.branch("d")] == ["a", "b2", "c", "d"]
