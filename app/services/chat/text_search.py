"""Searches a text that is not saved yet."""


def contains_all(text: str, words: str) -> bool:
    """Whether a text contains every word of a query."""
    folded = text.casefold()
    return all(word in folded for word in words.casefold().replace('"', " ").split())
