"""A container from anywhere is refused before anything of it is unpacked."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from collections.abc import Callable

import pytest

from app.core.bounded_archive import BoundedArchive
from app.core.bounds import OutOfBounds


def packed(*files: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in files:
            archive.writestr(name, data)
    content.seek(0)
    return content


def linked() -> io.BytesIO:
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return packed((entry, b"/etc/passwd"))


def test_files_are_read_whole_or_piece_by_piece() -> None:
    with BoundedArchive(packed(("a/", b""), ("a/b.txt", b"hello"), ("c", b"1"))) as archive:
        assert archive.names == ("a/b.txt", "c")
        assert "c" in archive
        assert archive.size("a/b.txt") == 5
        assert archive.read("a/b.txt", 5) == b"hello"
        with archive.open("c") as file:
            assert file.read() == b"1"
        with pytest.raises(OutOfBounds):
            archive.read("a/b.txt", 4)
        with pytest.raises(KeyError):
            archive.read("d", 4)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../out", "a/../../out", "a\\b", "C:/x", "a/b/c/d/e/f/g/h/i", "new\nline", "n" * 1100]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(OutOfBounds):
        BoundedArchive(packed((name, b"x")))


@pytest.mark.parametrize(
    "make",
    [
        linked,
        lambda: packed(("same", b"1"), ("same", b"2")),
        lambda: packed(*((str(number), b"") for number in range(11))),
        lambda: packed(("zeros", bytes(80 << 20))),
    ],
    ids=["link", "twice", "too many", "bomb"],
)
def test_absurd_containers_are_refused(make: Callable[[], io.BytesIO]) -> None:
    with pytest.raises(OutOfBounds):
        BoundedArchive(make(), max_entries=10)


def test_the_unpacked_size_is_bounded() -> None:
    with pytest.raises(OutOfBounds, match="unpacked"):
        BoundedArchive(packed(("a", bytes(600)), ("b", bytes(600))), max_unpacked=1000)


def test_what_is_no_container_says_so() -> None:
    with pytest.raises(zipfile.BadZipFile):
        BoundedArchive(io.BytesIO(b"no zip"))
