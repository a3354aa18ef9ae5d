"""What a recogniser heard is compared with the text as a listener would: by words, not by how they are written."""

from __future__ import annotations

import pytest

from app.core.read_back import MAX_PHRASES, check_words, word_runs

SAME = (
    ("(Happy) Hello, World! [laughs] How are you?", "hello world how are you"),
    ("<style>Whisper</style>Good night.", "Good night"),
    ("We leave at 14:20 on May 21st, 2026.", "We leave at fourteen twenty on May twenty-first, twenty twenty-six."),
    ("In 1984 a hundred people came.", "In nineteen eighty-four 100 people came"),
    ("Take 342,000 or 1 million 200 thousand.", "Take three hundred and forty two thousand or 1,200,000"),
    ("He paid $1,200 and 50%.", "He paid one thousand two hundred dollars and fifty percent."),
    ("The U.S.A. won 3.5 to 2.", "The USA won three point five to two"),
    ("Everyday co-operation is okay.", "Every day cooperation is OK"),
    ("I can’t believe it’s over.", "I can't believe it's over"),
    ("今天是2026年3月5日，气温3.5度，涨了50%。", "今天是二零二六年三月五日,气温三点五度,涨了百分之五十"),
    ("（怅然）街口那个老周啊，[叹气]媳妇走得早。", "街口那个老周啊媳妇走的早"),
    ("一共三亿五千万，两千零二十六人。", "一共350000000,2026人"),
    ("三点五十出发。", "3:50出发"),
    ("她说：它在那里。", "他说他在那里"),
    ("请打开 ＭｉＭｏ Workbench，然后点 OK。", "请打开mimo workbench 然后点okay"),
    ("Zoë’s café is déjà vu, naïve.", "zoe's cafe is deja vu naive"),
    ("[laughs]", ""),
    ("In the 1990s, or the '90s.", "in the nineteen nineties or the nineties"),
    ("The 1800s, in his 20s.", "the eighteen hundreds in his twenties"),
    ("It costs $5.50, not $5.00.", "it costs five dollars and fifty cents not five dollars"),
    ("It costs $5.50.", "it costs five dollars fifty"),
    ("It costs $1,200.05 or £0.50.", "it costs one thousand two hundred dollars and five cents or fifty pence"),
    ("一共5.5元，还有¥5.50。", "一共五块五毛,还有五块五"),
    ("五块钱，5.05元。", "五元,五元零五分"),
    ("俩人走了两百里。", "两个人走了二百里"),
)


@pytest.mark.parametrize(("text", "heard"), SAME)
def test_what_sounds_the_same_is_the_same(text: str, heard: str) -> None:
    assert check_words(text, heard).likeness == "same"


@pytest.mark.parametrize(
    ("text", "heard", "missing", "added"),
    [
        ("The quick brown fox jumps.", "The quick fox jumps.", ("brown",), ()),
        ("It is very good.", "it is very very good", (), ("very",)),
        ("It is very, very good.", "it is very good", ("very",), ()),
        ("Come to the old Harbour at nine.", "come to the harbour at ten", ("old", "nine"), ("ten",)),
        ("Room 12 is on floor 3.", "room twenty is on floor three", ("12",), ("twenty",)),
        ("街口那个老周啊，一个人拉扯俩娃。", "街口那个老周一个人人拉扯俩娃", ("啊",), ("人",)),
        ("我们明天去 Beijing 看 Milo。", "我们明天去看milo吧", ("Beijing",), ("吧",)),
        ("があった。", "かあった", ("が",), ("か",)),
        ("二十个人来了。", "三十个人来了", ("二十",), ("三十",)),
        ("It costs $5.50 today.", "it costs five dollars sixty today", ("5.5",), ("five",)),
        ("五元一个，送一个。", "五元一个送两个", ("一",), ("两",)),
        ("Hello there.", "", ("Hello there",), ()),
    ],
)
def test_words_missing_and_added_are_named_as_they_are_written(
    text: str, heard: str, missing: tuple[str, ...], added: tuple[str, ...]
) -> None:
    found = check_words(text, heard)
    assert (found.likeness, found.missing, found.added) == ("different", missing, added)


def test_something_else_was_heard() -> None:
    found = check_words("The lighthouse keeper counts the waves.", "I can only recognise speech of my own")
    assert found.likeness == "unlike"
    assert check_words("The lighthouse keeper counts the waves.", "").likeness == "unlike"


def test_the_runs_are_the_text_with_what_was_heard_in_its_place() -> None:
    runs = [
        (run.change, run.text, run.words) for run in word_runs("Every day is a quick day.", "everyday is a day off")
    ]
    assert runs == [
        ("same", "Every day", 2), ("same", "is a", 2), ("removed", "quick", 1), ("same", "day", 1), ("added", "off", 1),
    ]  # fmt: skip


def test_what_is_stored_is_bounded() -> None:
    text = " ".join(f"keep{n} lose{n} " + "x" * 300 for n in range(60))
    heard = " ".join(f"keep{n} " + "x" * 300 for n in range(60))
    found = check_words(text, heard)
    assert len(found.missing) == MAX_PHRASES and found.likeness == "different"
    long = check_words("one two three four " + "a" * 500, "one two three four").missing[0]
    assert len(long) == 120 and long.endswith("…")
