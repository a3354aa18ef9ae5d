"""The result of a comparison as CSV: a row per pair, a row per take, and a row with the figure."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

from app.core.comparison import ComparedTake, Comparison
from app.core.comparison_result import best_pair, heard, preferred, scores
from app.core.spreadsheet_cells import safe_cell

COLUMNS = (
    "row", "pair", "look", "take_a", "voice_a", "direction_a", "take_b", "voice_b", "direction_b", "heard_first",
    "times_a", "times_b", "answer", "preferred", "take", "voice", "direction", "model", "rating", "gain_db", "won",
    "lost", "ties", "heard", "kept", "decided", "looks", "chance",
)  # fmt: skip


def comparison_csv(
    comparison: Comparison, voice_name: Callable[[ComparedTake], str], mask: Callable[[str], str]
) -> str:
    """The result as CSV with a header, lines ended by CRLF (RFC 4180).

    `mask` covers what presentation mode hides. Text that a spreadsheet would take for a formula is preceded by an
    apostrophe. Of a test that is still blind only the takes are written, with their ratings.
    """
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    takes = comparison.takes

    def text(value: str) -> str:
        return safe_cell(mask(value))

    def named(take: ComparedTake, side: str = "") -> dict[str, object]:
        columns = {"take": take.number, "voice": text(voice_name(take)), "direction": text(take.direction)}
        return {f"{name}_{side}" if side else name: value for name, value in columns.items()}

    if comparison.revealed:
        for number, (pair, answer) in enumerate(heard(comparison), 1):
            best = preferred(pair, answer)
            writer.writerow({
                "row": "pair", "pair": number, "look": 1 + sum(look < number for look in comparison.looks[:-1]),
                **named(takes[pair.a], "a"), **named(takes[pair.b], "b"), "heard_first": answer.heard_first,
                "times_a": answer.times_a, "times_b": answer.times_b, "answer": answer.choice,
                "preferred": "" if best is None else takes[best].number,
            })  # fmt: skip
    by_take = {score.take: score for score in scores(comparison)} if comparison.revealed else {}
    for index, take in enumerate(takes):
        score = by_take.get(index)
        counts = (
            {"won": score.won, "lost": score.lost, "ties": score.ties, "heard": score.heard}
            if score is not None
            else {}
        )
        writer.writerow({
            "row": "take", **named(take), "model": text(take.model),
            "rating": "" if take.rating is None else take.rating,
            "gain_db": "" if take.gain is None else f"{take.gain:.2f}",
            "kept": "yes" if take.id == comparison.kept else "", **counts,
        })  # fmt: skip
    if comparison.revealed and comparison.answers:
        best_two = best_pair(comparison)
        writer.writerow({
            "row": "result", **named(takes[best_two.winner]), "won": best_two.won, "decided": best_two.decided,
            "ties": best_two.ties, "looks": best_two.looks, "chance": f"{float(best_two.chance):.6f}",
        })  # fmt: skip
    return written.getvalue()
