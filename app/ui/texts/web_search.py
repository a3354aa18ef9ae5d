"""Web search in words: where it is locked, how a typed place is understood, and why an answer has no sources."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.search_location import LocationIssue, SearchLocation
from app.core.web_search import SearchLock, SearchOutcome


def lock_reason(lock: SearchLock) -> str:
    """Why web search can't be used."""
    match lock:
        case SearchLock.TOKEN_PLAN:
            return QCoreApplication.translate("WebSearch", "Not part of a Token Plan. Use pay-as-you-go to search.")
        case SearchLock.PROTOCOL:
            return QCoreApplication.translate(
                "WebSearch", "Not available over the Anthropic protocol. Choose OpenAI in Settings, Services."
            )
        case SearchLock.MODEL:
            return QCoreApplication.translate("WebSearch", "This model can't search the web.")


def unsure_hint() -> str:
    """What to expect of a service that may not have the platform's search."""
    return QCoreApplication.translate(
        "WebSearch", "This is Xiaomi's own search. A gateway or another server may refuse it."
    )


def location_form() -> str:
    """The form of the field for the place."""
    return QCoreApplication.translate("WebSearch", "country, region, city, district, longitude, latitude")


def location_text(place: SearchLocation) -> str:
    """How a typed place is understood: `China · Hubei · Wuhan · 114.31 E, 30.59 N`."""
    names = {
        "country": QCoreApplication.translate("WebSearch", "country {name}"),
        "region": QCoreApplication.translate("WebSearch", "region {name}"),
        "city": QCoreApplication.translate("WebSearch", "city {name}"),
        "district": QCoreApplication.translate("WebSearch", "district {name}"),
    }
    known = place.names
    fields = [field for field, _ in known]
    is_usual = len(known) > 1 and fields == list(names)[: len(fields)]
    # A place without all of its wider names is not what was meant perhaps, so each is called what it is taken for.
    parts = [name if is_usual else names[field].format(name=name) for field, name in known]
    if place.longitude is not None and place.latitude is not None:
        parts.append(f"{_degrees(place.longitude, 'E', 'W')}, {_degrees(place.latitude, 'N', 'S')}")
    return " · ".join(parts)


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.6g} {positive if value >= 0 else negative}"


def location_issue(issue: LocationIssue) -> str:
    """Why a typed place is not used, and what to do."""
    match issue:
        case LocationIssue.HALF:
            return QCoreApplication.translate(
                "WebSearch", "Longitude and latitude belong together: add the missing one."
            )
        case LocationIssue.LONGITUDE:
            return QCoreApplication.translate("WebSearch", "The longitude must be between −180 and 180.")
        case LocationIssue.LATITUDE:
            return QCoreApplication.translate("WebSearch", "The latitude must be between −90 and 90.")
        case LocationIssue.SWAPPED:
            return QCoreApplication.translate("WebSearch", "Type the longitude (east, west) before the latitude.")
        case LocationIssue.TOO_MANY:
            return QCoreApplication.translate("WebSearch", "Type at most four names: country, region, city, district.")
        case LocationIssue.TOO_LONG:
            return QCoreApplication.translate("WebSearch", "A name can have at most 200 characters.")
        case LocationIssue.STRAY_NUMBER:
            return QCoreApplication.translate(
                "WebSearch", "Numbers can only be a longitude and a latitude, at the end."
            )


def without_sources(outcome: SearchOutcome) -> str:
    """Why an answer has no sources although web search was on (WIRE.md section 13)."""
    match outcome:
        case SearchOutcome.EMPTY:
            return QCoreApplication.translate("WebSearch", "The web was searched, and no page was found.")
        case SearchOutcome.NOTHING_FORCED:
            return QCoreApplication.translate(
                "WebSearch",
                "No sources came, although the search was forced. Either the plugin was turned on less than five "
                "minutes ago, or this model does not support it.",
            )
        case SearchOutcome.NOTHING:
            return QCoreApplication.translate(
                "WebSearch",
                "No sources: the model saw no need to search, or the plugin was turned on less than five minutes ago, "
                "or this model does not support it.",
            )
        case SearchOutcome.OFF:
            return ""
