"""A place is typed in one field; what can't be meant is refused with a reason, never sent as something else."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.search_location import LocationIssue, SearchLocation, parse_location


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("", {}),
        ("  , ", {}),
        ("China", {"country": "China"}),
        ("China, Hubei", {"country": "China", "region": "Hubei"}),
        ("China, Hubei, Wuhan", {"country": "China", "region": "Hubei", "city": "Wuhan"}),
        ("中国，湖北、武汉，洪山区", {"country": "中国", "region": "湖北", "city": "武汉", "district": "洪山区"}),
        ("China, , Wuhan", {"country": "China", "city": "Wuhan"}),
        (", , Wuhan", {"city": "Wuhan"}),
        (
            "China, Hubei, Wuhan, , 114.31, 30.59",
            {"country": "China", "region": "Hubei", "city": "Wuhan", "longitude": 114.31, "latitude": 30.59},
        ),
        (
            "China, Hubei, Wuhan, 114.31, 30.59",
            {"country": "China", "region": "Hubei", "city": "Wuhan", "longitude": 114.31, "latitude": 30.59},
        ),
        ("１１４．３１，３０．５９", {"longitude": 114.31, "latitude": 30.59}),
        ("Peru, Lima, , , 77.04° W, 12.05° S", {"country": "Peru", "region": "Lima", "longitude": -77.04,
                                               "latitude": -12.05}),
        ("−180, 90", {"longitude": -180.0, "latitude": 90.0}),
        ("France, , Paris, 7e arrondissement", {"country": "France", "city": "Paris", "district": "7e arrondissement"}),
    ],
)  # fmt: skip
def test_each_part_has_its_position(typed: str, fields: dict[str, Any]) -> None:
    place = parse_location(typed)
    assert isinstance(place, SearchLocation), place
    assert place.fields() == fields


@pytest.mark.parametrize(
    ("typed", "issue"),
    [
        ("China, Hubei, Wuhan, 114.31", LocationIssue.HALF),
        ("114.31,", LocationIssue.HALF),
        ("China, 30.59, 114.31", LocationIssue.SWAPPED),
        ("30.5 N, 20 E", LocationIssue.SWAPPED),
        ("181, 10", LocationIssue.LONGITUDE),
        ("1000, 10", LocationIssue.LONGITUDE),
        ("114.31, -190", LocationIssue.LATITUDE),
        ("170, 91", LocationIssue.LATITUDE),
        ("China, Hubei, Wuhan, Hongshan, Luonan", LocationIssue.TOO_MANY),
        ("China, Hubei, Wuhan, Hongshan, Luonan, 1, 2", LocationIssue.TOO_MANY),
        ("1, 2, 3", LocationIssue.STRAY_NUMBER),
        ("China, 12, Wuhan", LocationIssue.STRAY_NUMBER),
        ("x" * 201, LocationIssue.TOO_LONG),
    ],
)
def test_what_can_not_be_meant_is_refused_with_a_reason(typed: str, issue: LocationIssue) -> None:
    assert parse_location(typed) is issue
