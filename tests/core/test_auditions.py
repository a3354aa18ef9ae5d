"""Auditions: how a page is dealt, which votes are read from a text, and what chance alone would give."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import msgspec
import pytest

from app.core.auditions import (
    MAX_VOTES,
    NO_PREFERENCE,
    UNANSWERED,
    Audition,
    AuditionSection,
    AuditionVote,
    check_of,
    most_by_chance,
    new_audition,
    page_seconds,
    read_votes,
    spoken_groups,
    tally,
    with_vote,
)
from app.core.comparison import ComparedTake
from app.core.takes import Take, VoiceSnapshot


def take(number: int, text: str = "One line.", voice: str = "Mia") -> Take:
    return Take(f"take-{number}", VoiceSnapshot("cloned", voice, voice, sample="digest"), text, number=number)


def code(page: str = "K7QX2M9A", choices: str = "BA", vote: str = "3F9ZPQ", name: str = "") -> str:
    body = f"{page}-{choices}-{vote}"
    return f"MIMO-{body}-{check_of(body)}" + (f" [{name}]" if name else "")


def audition(*votes: tuple[int, ...], takes: int = 2) -> Audition:
    compared = tuple(ComparedTake(f"t{n}", n) for n in range(takes))
    sections = (AuditionSection("a", compared), AuditionSection("b", compared))
    return Audition("K7QX2M9A", sections, votes=tuple(AuditionVote(str(n), v) for n, v in enumerate(votes)))


def test_takes_of_the_same_words_are_heard_together_whatever_their_tags() -> None:
    takes = [take(1, "(沉稳) 渡船九点开。"), take(2, "Another."), take(3, "渡船九点开。")]
    assert [(text, [each.number for each in group]) for text, group in spoken_groups(takes)] == [
        ("渡船九点开。", [1, 3]),
        ("Another.", [2]),
    ]


def test_a_section_never_has_more_samples_than_labels() -> None:
    sizes = [len(group) for _text, group in spoken_groups([take(n) for n in range(60)])]
    assert sizes == [26, 26, 8]


def test_the_order_on_the_page_is_dealt_anew_for_each_text_and_page() -> None:
    takes = [take(n, text) for text in ("a", "b") for n in range(8)]
    orders = set()
    for seed in range(20):
        dealt = new_audition(takes, random.Random(seed), title="T", session="s", now=5.0)
        orders.add(tuple(tuple(each.number for each in section.takes) for section in dealt.sections))
        assert all(sorted(each.number for each in section.takes) == list(range(8)) for section in dealt.sections)
        assert all(not each.voice.sample for section in dealt.sections for each in section.takes)
    assert len(orders) == 20
    assert all(first != second for first, second in orders)
    assert len({new_audition(takes, random.Random(seed)).id for seed in range(50)}) == 50


def test_codes_are_read_from_a_mail() -> None:
    mail = (
        f"Hello,\n> {code().lower()}\nand Ben: {code(choices='01', vote='ABCDEF', name='Ben  K.')}, thanks!\n{code()}"
    )
    read = read_votes(mail, now=7.0)
    assert read.damaged == 0
    assert [(vote.page, vote.vote) for vote in read.votes] == [
        ("K7QX2M9A", AuditionVote("3F9ZPQ", (1, 0), "", 7.0)),
        ("K7QX2M9A", AuditionVote("ABCDEF", (NO_PREFERENCE, UNANSWERED), "Ben K.", 7.0)),
    ]


@pytest.mark.parametrize("at", [5, 9, 14, 15, 20, 24, 25])
def test_a_typing_error_is_noticed(at: int) -> None:
    whole = code()
    broken = whole[:at] + ("Q" if whole[at] != "Q" else "R") + whole[at + 1 :]
    read = read_votes(broken)
    assert read.votes == ()
    assert read.damaged == 1


def test_no_code_no_vote() -> None:
    assert read_votes("MIMO- is great, MIMO-12345678-A-B-C") == ((), 0)


def test_a_vote_counts_once_and_a_later_one_replaces_it() -> None:
    record = with_vote(audition(), AuditionVote("X", (0, 1)), 1.0)
    record = with_vote(record, AuditionVote("X", (1, UNANSWERED)), 2.0)
    assert [vote.choices for vote in record.votes] == [(1, UNANSWERED)]
    assert record.updated == 2.0
    assert tally(record, 0).counts == (0, 1)
    assert tally(record, 1).counts == (0, 0)


def test_votes_are_counted_for_each_section() -> None:
    record = audition((0, 1), (0, NO_PREFERENCE), (1, UNANSWERED))
    first, second = tally(record, 0), tally(record, 1)
    assert (first.counts, first.no_preference, first.decided, first.best) == ((2, 1), 0, 3, 0)
    assert (second.counts, second.no_preference, second.best) == ((0, 1), 1, 1)
    assert tally(audition((0, 0), (1, 1)), 0).best is None


def test_what_chance_alone_gives_is_exact() -> None:
    assert most_by_chance((0, 0)) == 1
    assert most_by_chance((3, 0)) == Fraction(1, 4)
    assert most_by_chance((2, 1)) == 1
    assert most_by_chance((4, 0, 0)) == Fraction(3, 81)
    assert most_by_chance((6, 2)) == Fraction(74, 256)
    for counts in ((3, 1, 1), (2, 2, 2), (1, 1, 1, 0), (4, 1, 0, 0), (0, 0, 5)):
        dealt = list(product(range(len(counts)), repeat=sum(counts)))
        as_many = sum(max(map(each.count, each)) >= max(counts) for each in dealt)
        assert most_by_chance(counts) == Fraction(as_many, len(dealt))


def test_the_length_of_a_page_counts_the_silence_behind_shorter_samples() -> None:
    def take(text: str, seconds: float) -> Take:
        return Take("t", VoiceSnapshot("builtin", "Mia", "Mia"), text, frames=round(seconds * 24_000))

    runaway = [take("(soft)One.", 2.0), take("One.", 600.0), take("One.", 3.0), take("Two.", 5.0)]
    assert page_seconds(runaway) == 1_805.0
    assert page_seconds(()) == 0.0


def test_a_record_from_elsewhere_is_brought_within_bounds() -> None:
    votes = tuple(AuditionVote(str(n), (9, -7, 3), "x" * 500, -1.0) for n in range(MAX_VOTES + 5))
    record = msgspec.structs.replace(audition(), votes=votes)
    assert len(record.votes) == MAX_VOTES
    assert record.votes[0] == AuditionVote("0", (UNANSWERED, UNANSWERED), "x" * 60, 0.0)
    assert tally(record, 1).decided == 0
    again = msgspec.json.decode(msgspec.json.encode(record), type=Audition)
    assert again == record
