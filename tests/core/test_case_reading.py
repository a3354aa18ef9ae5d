"""Cases read from files and from the clipboard, broken rows included, and written so that they come back."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.case_reading import (
    clipboard_cells,
    clipboard_text,
    delimiter_of,
    read_file,
    read_json_lines,
    read_table,
)
from app.core.case_scores import CellScore
from app.core.case_writing import results_csv
from app.core.cases import MAX_CASES, Case, CaseSet, CaseVersion, with_value
from app.core.errors import Code, InputError
from app.core.spreadsheet_cells import safe_cell, text_of_cell

CHINESE = "消息;渠道\n两箱龙井，送到杭州;微信\n要那个蓝色的;电话\n"


def values(found):
    return [case.values for case in found.cases]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32"])
def test_chinese_is_read_in_every_usual_encoding(encoding):
    found = read_file(CHINESE.encode(encoding), "cases.csv")
    assert found.variables == ("消息", "渠道")
    assert values(found)[0] == {"消息": "两箱龙井，送到杭州", "渠道": "微信"}


def test_latin_letters_are_not_taken_for_chinese():
    found = read_file("name;ort\nnaïve café;Zürich\nMüller;Köln\n".encode("cp1252"), "cases.csv")
    assert values(found) == [{"name": "naïve café", "ort": "Zürich"}, {"name": "Müller", "ort": "Köln"}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = f"a{delimiter}b\n1, x{delimiter}2\n3{delimiter}4; y\n"
    assert delimiter_of(text if delimiter != "," else "a,b\n1,2\n3,4\n") == delimiter


def test_broken_rows_are_kept_with_their_line_and_what_is_wrong():
    text = 'name,text\nA,"two\nlines"\nB\nC,d,e\nD,"open\nE,fine\n'
    found = read_table(text, ",")
    problems = [(case.problem.code, case.problem.line) if case.problem else None for case in found.cases]
    assert problems == [None, ("too-few", 4), ("too-many", 5), ("quote", 6), None]
    assert found.cases[0].values == {"name": "A", "text": "two\nlines"}
    assert found.cases[2].problem.raw == "C,d,e"
    assert found.broken == 3


def test_a_broken_row_is_mended_by_an_edit():
    (case,) = read_table("a,b\nonly\n", ",").cases
    assert case.problem is not None
    assert with_value(case, "b", "more").problem is None


def test_json_lines_keep_lines_that_are_no_objects():
    found = read_json_lines('{"a": 1, "b": "x"}\nnope\n[1]\n\n{"b": {"c": 2}}\n')
    assert [case.problem.code if case.problem else None for case in found.cases] == [
        None,
        "not-json",
        "not-object",
        None,
    ]
    assert values(found)[0] == {"a": "1", "b": "x"}
    assert values(found)[3] == {"b": '{"c": 2}'}
    assert values(found)[1] == {"a": "nope"}, "there is nothing to mend"


def test_a_row_of_values_is_not_taken_for_names():
    found = read_table("Cancel #4471!,mail\nTwo kettles.,phone\n", ",", ("message", "channel"))
    assert not found.has_names
    assert values(found)[0] == {"message": "Cancel #4471!", "channel": "mail"}


def test_five_thousand_rows_are_read_and_more_than_the_limit_are_counted():
    rows = "".join(f'"row {number}, with ""quotes"" and 龙井",mail\n' for number in range(MAX_CASES + 5))
    found = read_file(f"message,channel\n{rows}".encode(), "cases.csv")
    assert (len(found.cases), found.left_out, found.broken) == (MAX_CASES, 5, 0)
    assert found.cases[4_999].values["message"] == 'row 4999, with "quotes" and 龙井'


def test_a_file_without_rows_is_refused():
    with pytest.raises(InputError) as raised:
        read_file(b"", "cases.csv")
    assert raised.value.code is Code.NO_CASES


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")), min_size=1)))
def test_the_clipboard_comes_back(rows):
    width = max(map(len, rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    if padded and any(cell for row in padded for cell in row):
        assert clipboard_cells(clipboard_text(padded)) == padded


@given(st.text())
def test_what_a_spreadsheet_would_run_comes_back_unchanged(text):
    cell = safe_cell(text)
    assert text_of_cell(cell) == text
    assert not cell.lstrip(" \u00a0\u3000\ufeff").startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "＝1", "＋1", "－1", "＠x", "'=1", "''=1", " =1"])
def test_values_that_look_like_formulas_survive_export_and_import(text):
    version = CaseVersion("v", name="=P", text="{{message}}")
    cases = CaseSet("s", "set", ("message", "channel"), (Case("c", {"message": text, "channel": "x"}),), (version,))
    written = results_csv(cases, {}, lambda cell: CellScore(False, "none"), {})
    found = read_file(written.encode("utf-8-sig"), "results.csv")
    assert found.variables == ("message", "channel"), "columns of results became variables"
    assert values(found) == [{"message": text, "channel": "x"}]


def test_a_set_is_compared_by_value():
    cases = CaseSet("s")
    assert msgspec.json.decode(msgspec.json.encode(cases), type=CaseSet) == cases


def test_a_picture_with_the_name_of_a_table_is_refused():
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x05\xa0" + bytes(range(256)) * 20
    with pytest.raises(InputError) as raised:
        read_file(picture, "cases.csv")
    assert raised.value.code is Code.CASES_NOT_TEXT
