"""Texts of the compare room: what differs, why takes play at their level, and what a blind test found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from app.core.comparison import ComparedTake, Comparison
from app.core.comparison_result import (
    BestPair,
    MorePairs,
    best_pair,
    ended_early,
    first_heard,
    heard,
    preferred,
    scores,
    unheard,
)
from app.core.tags import beginning
from app.core.takes import Take
from app.core.transcripts import MAX_TITLE_LENGTH
from app.core.voice_rounds import SESSION as DESIGN_SESSION
from app.services.speech.loudness_matching import CEILING_DBTP, MAX_GAIN_DB, TARGET_LUFS, Matching
from app.ui.texts.numbers import clock, day, decimal
from app.ui.texts.speech import signed, unnamed_voice
from app.ui.texts.voices import builtin_name


def are_candidates(comparison: Comparison) -> bool:
    """Whether the takes are candidates of a round, which are called by their place in it."""
    return comparison.session == DESIGN_SESSION


def short_name(comparison: Comparison, index: int) -> str:
    """`Take 6`, or `Candidate 2`; for a take without a number its place in the comparison."""
    if are_candidates(comparison):
        return QCoreApplication.translate("Compare", "Candidate {n}").format(n=index + 1)
    number = comparison.takes[index].number or index + 1
    return QCoreApplication.translate("Compare", "Take {n}").format(n=number)


def _in_sentence(comparison: Comparison, index: int) -> str:
    """`take 6`, within a sentence."""
    if are_candidates(comparison):
        return QCoreApplication.translate("Compare", "candidate {n}").format(n=index + 1)
    number = comparison.takes[index].number or index + 1
    return QCoreApplication.translate("Compare", "take {n}").format(n=number)


def voice_of(take: ComparedTake) -> str:
    """The name of the voice of a compared take."""
    name = builtin_name(take.voice) if take.voice.kind == "builtin" else take.voice.name
    return name or unnamed_voice(take.voice)


def comparison_title(comparison: Comparison) -> str:
    """What was compared: the text that all of its takes speak, else their voices."""
    line = beginning(comparison.text, MAX_TITLE_LENGTH)
    if line or comparison.is_running:
        return line or QCoreApplication.translate("Compare", "Blind test")
    return ", ".join(dict.fromkeys(voice_of(take) for take in comparison.takes))


def comparison_detail(comparison: Comparison, now: float) -> str:
    """Whether it was blind and is still running, how many takes, and the day."""
    if comparison.is_running:
        kind = QCoreApplication.translate("Compare", "Blind test, not finished")
    elif comparison.is_test:
        kind = QCoreApplication.translate("Compare", "Blind test")
    else:
        kind = QCoreApplication.translate("Compare", "Ratings")
    takes = QCoreApplication.translate("Compare", "{n} takes").format(n=len(comparison.takes))
    return " · ".join((kind, takes, day(comparison.updated, now)))


def comparison_words(comparison: Comparison) -> str:
    """What a search finds of a comparison. Of a blind test that is not finished only its text: names stay hidden."""
    if comparison.is_running:
        return comparison.text
    takes = [f"{voice_of(take)} {take.direction}" for take in comparison.takes]
    return "\n".join((comparison.text, *takes))


def takes_of(takes: Sequence[Take]) -> str:
    """What is compared: `4 takes of one line`."""
    if len({take.text for take in takes}) == 1:
        return QCoreApplication.translate("Compare", "{n} takes of one line").format(n=len(takes))
    return QCoreApplication.translate("Compare", "{n} takes").format(n=len(takes))


def time_of_length(position_ms: int, length_ms: int) -> str:
    """`0:07.9 of 0:12.0`."""
    time, length = clock(position_ms / 1000), clock(length_ms / 1000)
    return QCoreApplication.translate("Compare", "{time} of {length}").format(time=time, length=length)


def loudness_reason(takes: Sequence[Take], matched: Matching | None) -> str:
    """Why the takes play as loud as they do, in one sentence; `matched` is None as delivered."""
    if matched is None:
        return QCoreApplication.translate("Compare", "Played as delivered. The louder of two takes often seems better.")
    if not matched.gains:
        return QCoreApplication.translate("Compare", "No loudness was measured, so the takes play as delivered.")
    numbers = {take.id: take.number or place for place, take in enumerate(takes, 1)}
    equal = [take for take in takes if take.id in matched.gains and take.id not in matched.limited]
    is_all = len(equal) == len(takes)
    if matched.lowered >= 0.05:
        text = (
            QCoreApplication.translate(
                "Compare",
                "All {count} play {decibels} dB lower together, so that take {n} keeps its peaks below {ceiling} dBTP. "
                "Files stay as delivered.",
            )
            if is_all
            else QCoreApplication.translate(
                "Compare",
                "What was measured plays {decibels} dB lower together, so that take {n} keeps its peaks below "
                "{ceiling} dBTP. Files stay as delivered.",
            )
        )
    elif is_all:
        text = QCoreApplication.translate(
            "Compare", "All {count} play at {target} LUFS, so that none wins by being louder. Files stay as delivered."
        )
    else:
        text = QCoreApplication.translate(
            "Compare", "{count} of {total} play at {target} LUFS. Files stay as delivered."
        )
    sentence = text.format(
        count=len(equal),
        total=len(takes),
        decibels=decimal(matched.lowered, 1),
        n=numbers.get(matched.loudest_peak, 0),
        ceiling=f"{CEILING_DBTP:.0f}".replace("-", "−"),
        target=f"{TARGET_LUFS:.0f}".replace("-", "−"),
    )
    return _sentences(sentence, *_exceptions(takes, matched, numbers))


def _exceptions(takes: Sequence[Take], matched: Matching, numbers: Mapping[str, int]) -> list[str]:
    """Which takes are not equally loud, and why."""
    said = []
    limited = [str(numbers[take.id]) for take in takes if take.id in matched.limited]
    if limited:
        text = QCoreApplication.translate(
            "Compare", "Too quiet or too loud to match, and changed by {decibels} dB at most: take {n}."
        )
        said.append(text.format(decibels=f"{MAX_GAIN_DB:.0f}", n=", ".join(limited)))
    left_out = [str(numbers[take.id]) for take in takes if take.id not in matched.gains]
    if left_out:
        text = QCoreApplication.translate("Compare", "Silent or not measured, and played as delivered: take {n}.")
        said.append(text.format(n=", ".join(left_out)))
    return said


def _sentences(*sentences: str) -> str:
    """Sentences one after the other; after a Chinese full stop there is no space."""
    text = ""
    for sentence in filter(None, sentences):
        text += sentence if not text or text.endswith("。") else f" {sentence}"
    return text


def equal_loudness_text(*, with_target: bool) -> str:
    """The caption of the toggle, with the loudness that is aimed at."""
    name = QCoreApplication.translate("Studio", "Equal loudness")
    if not with_target:
        return name
    return QCoreApplication.translate("Compare", "{name}, {n} LUFS").format(
        name=name, n=f"{TARGET_LUFS:.0f}".replace("-", "−")
    )


def times_heard(times: int) -> str:
    """How often one side of a pair was started."""
    if not times:
        return QCoreApplication.translate("Compare", "not heard yet")
    if times == 1:
        return QCoreApplication.translate("Compare", "heard once")
    return QCoreApplication.translate("Compare", "heard {n} times").format(n=times)


def verdict_sentence(comparison: Comparison) -> str:
    """What the test found, in the words that will be quoted."""
    best = best_pair(comparison)
    if not comparison.answers:
        return QCoreApplication.translate("Compare", "No pair was answered.")
    name, other = short_name(comparison, best.winner), _in_sentence(comparison, best.other)
    if all(answer.choice == "tie" for answer in comparison.answers):
        return QCoreApplication.translate("Compare", "Every pair was a tie: no preference.")
    if not best.decided:
        return QCoreApplication.translate(
            "Compare", "{name} and {other} did best, but neither was preferred to the other: not enough to call."
        ).format(name=name, other=other)
    if best.won * 2 == best.decided:
        return QCoreApplication.translate("Compare", "{name} and {other} came out even: {n} to {n}.").format(
            name=name, other=other, n=best.won
        )
    if 2 * best.won < best.decided:
        text = QCoreApplication.translate(
            "Compare", "{name} won most, but {other} was preferred to it in {lost} of {decided}: not enough to call."
        )
    elif len(comparison.takes) == 2:
        if best.called:
            text = QCoreApplication.translate("Compare", "{name} was preferred in {won} of {decided}: a clear result.")
        else:
            text = QCoreApplication.translate(
                "Compare", "{name} was preferred in {won} of {decided}: not enough to call."
            )
    elif best.called:
        text = QCoreApplication.translate(
            "Compare", "{name} was preferred to {other} in {won} of {decided}: a clear result."
        )
    else:
        text = QCoreApplication.translate(
            "Compare", "{name} was preferred to {other} in {won} of {decided}: not enough to call."
        )
    return text.format(name=name, other=other, won=best.won, lost=best.decided - best.won, decided=best.decided)


def verdict_explanation(comparison: Comparison) -> str:
    """What the figure behind the verdict means, and what may have bent it."""
    best = best_pair(comparison)
    sentences = []
    if best.decided:
        of_hundred = round(100 * best.chance)
        if of_hundred == 100:
            text = QCoreApplication.translate("Compare", "Chance alone gives as much every time.")
        elif of_hundred:
            text = QCoreApplication.translate(
                "Compare",
                "If the two were equally good, one would still come out this far ahead in {n} of 100 such tests.",
            )
        else:
            text = QCoreApplication.translate(
                "Compare",
                "If the two were equally good, one would come out this far ahead in fewer than 1 of 100 such tests.",
            )
        sentences.append(text.format(n=of_hundred))
    if best.decided and len(comparison.takes) > 2:
        sentences.append(
            QCoreApplication.translate(
                "Compare", "The best two were found by the test itself, so all pairs of takes are counted in."
            )
        )
    if best.looks == 2:
        sentences.append(QCoreApplication.translate("Compare", "Both looks are counted in."))
    elif best.looks > 2:
        sentences.append(QCoreApplication.translate("Compare", "All {n} looks are counted in.").format(n=best.looks))
    if ended_early(comparison):
        text = QCoreApplication.translate(
            "Compare", "The test ended early, after {n} of {total} pairs: take the figure as a hint only."
        )
        sentences.append(text.format(n=len(comparison.answers), total=len(comparison.pairs)))
    if not_heard := unheard(comparison):
        text = QCoreApplication.translate("Compare", "Answers given before both takes were heard: {n}.")
        sentences.append(text.format(n=not_heard))
    if best.decided and not best.called:
        sentences.append(QCoreApplication.translate("Compare", "Keep the one you like; just don’t call it proven."))
    return _sentences(*sentences)


def ties_and_order(comparison: Comparison) -> str:
    """How many ties there were, and whether what was heard first was favoured."""
    ties = sum(answer.choice == "tie" for answer in comparison.answers)
    if not ties:
        first = QCoreApplication.translate("Compare", "No ties.")
    else:
        first = QCoreApplication.translate("Compare", "Ties, left out of the count: {n}.").format(n=ties)
    order = first_heard(comparison)
    second = QCoreApplication.translate("Compare", "First heard was preferred {first}, second {second}.")
    return _sentences(first, second.format(first=_times(order.first), second=_times(order.second)))


def _times(count: int) -> str:
    """`once`, `4 times`, within a sentence."""
    if count == 1:
        return QCoreApplication.translate("Compare", "once")
    return QCoreApplication.translate("Compare", "{n} times").format(n=count)


def letters_text(as_a: int, as_b: int) -> str:
    """Under which letter a take was heard how often."""
    if as_a == 1:
        text = QCoreApplication.translate("Compare", "A in 1 pair, B in {b}")
    else:
        text = QCoreApplication.translate("Compare", "A in {a} pairs, B in {b}")
    return text.format(a=as_a, b=as_b)


def of_pairs(pairs: int) -> str:
    """Below the number of pairs that a take won."""
    if pairs == 1:
        return QCoreApplication.translate("Compare", "of 1 pair")
    return QCoreApplication.translate("Compare", "of {n} pairs").format(n=pairs)


def verdict_subtitle(comparison: Comparison) -> str:
    """What was heard, beside the heading of the room."""
    pairs = len(comparison.answers)
    if are_candidates(comparison):
        text = (
            QCoreApplication.translate("Compare", "{n} candidates, 1 pair, names shown")
            if pairs == 1
            else QCoreApplication.translate("Compare", "{n} candidates, {pairs} pairs, names shown")
        )
    elif pairs == 1:
        text = QCoreApplication.translate("Compare", "{n} takes, 1 pair, names shown")
    else:
        text = QCoreApplication.translate("Compare", "{n} takes, {pairs} pairs, names shown")
    return text.format(n=len(comparison.takes), pairs=pairs)


def chance_caption(comparison: Comparison, best: BestPair) -> str:
    """What the drawing of the distribution shows."""
    text = QCoreApplication.translate("Compare", "Pairs won by {name}. Coloured: this far or more, {figure} %.")
    if best.looks > 1 or len(comparison.takes) > 2:
        text = QCoreApplication.translate(
            "Compare", "Pairs won by {name}. Coloured: this far or more. With all looks and pairs counted {figure} %."
        )
    return text.format(name=_in_sentence(comparison, best.winner), figure=decimal(100 * float(best.chance), 1))


def more_pairs_text(more: MorePairs | None, best: BestPair) -> str:
    """What more pairs could settle."""
    if best.called:
        return QCoreApplication.translate("Compare", "The result is clear. More pairs would not make it clearer.")
    if more is None:
        return QCoreApplication.translate("Compare", "No number of further pairs that can be heard would settle it.")
    text = QCoreApplication.translate(
        "Compare",
        "{pairs} more pairs could settle it: {needed} of {decided} would be enough "
        "(under {figure} %, all looks counted).",
    )
    return text.format(
        pairs=more.pairs, needed=more.needed, decided=more.decided, figure=int(100 * float(more.chance)) + 1
    )


def pair_line(comparison: Comparison) -> str:
    """All answered pairs in words, for those who can't see the table."""
    lines = []
    for number, (pair, answer) in enumerate(heard(comparison), 1):
        best = preferred(pair, answer)
        a, b = short_name(comparison, pair.a), _in_sentence(comparison, pair.b)
        if best is None:
            text = QCoreApplication.translate("Compare", "{n}: {a} as A, {b} as B, tie")
        else:
            text = QCoreApplication.translate("Compare", "{n}: {a} as A, {b} as B, {best} preferred")
        lines.append(text.format(n=number, a=a, b=b, best=_in_sentence(comparison, best) if best is not None else ""))
    return ". ".join(lines)


def title_of_test(comparison: Comparison) -> str:
    """What a blind test compared: `Take 6 and take 7`."""
    if len(comparison.takes) == 2:
        text = QCoreApplication.translate("Compare", "{one} and {other}")
        return text.format(one=short_name(comparison, 0), other=_in_sentence(comparison, 1))
    is_one = len(comparison.answers) == 1
    if are_candidates(comparison):
        text = (
            QCoreApplication.translate("Compare", "{n} candidates, 1 pair")
            if is_one
            else QCoreApplication.translate("Compare", "{n} candidates, {pairs} pairs")
        )
    elif is_one:
        text = QCoreApplication.translate("Compare", "{n} takes, 1 pair")
    else:
        text = QCoreApplication.translate("Compare", "{n} takes, {pairs} pairs")
    return text.format(n=len(comparison.takes), pairs=len(comparison.answers))


def outcome_of_test(comparison: Comparison) -> str:
    """What came out, in a word or two: `6 to 2`."""
    best = best_pair(comparison)
    if len(comparison.takes) > 2 and not best.called:
        return QCoreApplication.translate("Compare", "no clear one")
    if len(comparison.takes) > 2:
        return short_name(comparison, best.winner)
    one, other = (next(s for s in scores(comparison) if s.take == index) for index in (0, 1))
    return QCoreApplication.translate("Compare", "{n} to {m}").format(n=one.won, m=other.won)


def rating_text(rating: int | None) -> str:
    """A rating, or a dash for none."""
    return "–" if rating is None else str(rating)


def loudness_text(take: Take) -> str:
    """The measured loudness; empty if it was not measured."""
    if take.loudness is None:
        return ""
    return QCoreApplication.translate("Studio", "{n} LUFS").format(n=signed(take.loudness))
