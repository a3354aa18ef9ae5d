"""Private data is covered for an audience, ordinary words are not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.presentation_mask import COMMON_NAMES, COVER, PresentationMask

MASK = PresentationMask(["/srv/我的 家/mimo"], ["annika", "Annika Berg", "王小明", "张伟", "王", "al", "root"])
HOSTS = PresentationMask(hosts=["api.xiaomimimo.com", "gateway.berg.example:8443"])


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Could not read /home/annika/Music/line-3.wav.", f"Could not read {COVER}/line-3.wav."),
        ("/home/annika/.local/share/mimo-workbench", COVER),
        ("C:\\Users\\annika\\take.wav is gone", f"{COVER}/take.wav is gone"),
        ("file:///home/annika/a.wav", f"{COVER}/a.wav"),
        ("in /srv/我的 家/mimo/blobs/ab now", f"in {COVER} now"),
        ("~/notes/prompt.md", f"{COVER}/prompt.md"),
        ("Hello Annika, hello ANNIKA BERG!", f"Hello {COVER}, hello {COVER}!"),
        ("(/tmp/x/y.log)", f"({COVER}/y.log)"),
        ("/home/ann/My Clients/Weber/x.wav", f"{COVER}/x.wav"),
        ("/home/ann/My Very Big Clients/Weber/x.wav.", f"{COVER}/x.wav."),
        ("/srv/我的 家/mimo/My Clients/Weber/x.wav", f"{COVER}/x.wav"),
        ("/srv/我的 家/mimo2/secret/x.wav", f"{COVER}/x.wav"),
        ("/home/annika2/secret/x.wav", f"{COVER}/x.wav"),
        ("/srv/Projects/Anna Weber", COVER),
        ("/srv/Projects/Anna Weber is read-only.", f"{COVER} is read-only."),
        ("/work/anna/samples is gone. Choose another.", f"{COVER} is gone. Choose another."),
        ("/srv/mimo/x.wav Choose another", f"{COVER}/x.wav Choose another"),
        ("/Library/Audio/Weber/x.wav", f"{COVER}/x.wav"),
        ("/workspace/weber", COVER),
        (r"\\nas\weber\x.wav", f"{COVER}/x.wav"),
        (r"D:\My Clients\Weber\x.wav", f"{COVER}/x.wav"),
        ("无法读取/home/annika/声音/x.wav。请另选一个。", f"无法读取{COVER}/x.wav。请另选一个。"),
        ("from /home/a/x.wav to /home/b/y.wav", f"from {COVER}/x.wav to {COVER}/y.wav"),
        ("由王小明创建", f"由{COVER}创建"),
        ("张伟的声音", f"{COVER}的声音"),
        ("Annika_AirPods, annika-2.wav", f"{COVER}_AirPods, {COVER}-2.wav"),
        ("annika的声音", f"{COVER}的声音"),
        ("My key is sk-abcdefghijklmnop1234.", f"My key is {COVER}."),
        ("key=tp-0a1b2c3d4e5f", f"key={COVER}"),
        ("http://bob:s3cret@proxy.local:8080", f"http://{COVER}@proxy.local:8080"),
        ("http://bob:s3:c@ret@proxy.local:8080", f"http://{COVER}@proxy.local:8080"),
    ],
)
def test_paths_and_names_are_covered(text: str, covered: str) -> None:
    assert MASK.apply(text) == covered


@pytest.mark.parametrize(
    "text",
    [
        "POST /v1/chat/completions",
        "https://api.xiaomimimo.com/v1/models",
        "and/or, 1/2, km/h, 24/7",
        "the square root of 2; algebra; al dente",
        "Annikas",
        "a: b, c:d",
        "路/桥",
        "国王的声音",
        "write to somebody@example.org",
        "a task-oriented ask-me desk-top",
        "/",
        "",
    ],
)
def test_ordinary_words_are_not_covered(text: str) -> None:
    assert MASK.apply(text) == text


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("https://api.xiaomimimo.com/v1", f"https://{COVER}/v1"),
        ("Pay-as-you-go · api.xiaomimimo.com", f"Pay-as-you-go · {COVER}"),
        ("http://gateway.berg.example:8443/v1", f"http://{COVER}:8443/v1"),
        ("another https://platform.example.org/console", f"another https://{COVER}/console"),
        ("http://127.0.0.1:8080/v1 and http://localhost/x", "http://127.0.0.1:8080/v1 and http://localhost/x"),
        ("http://bob:s3cret@proxy.local:8080", f"http://{COVER}@{COVER}:8080"),
        ("http://127.0.0.1.evil.com/v1", f"http://{COVER}/v1"),
        ("http://[::1]:30000/v1, http://[fe80::1]:30000/v1", f"http://[::1]:30000/v1, http://{COVER}:30000/v1"),
        ("见 http://localhost，然后", "见 http://localhost，然后"),
        ("notapi.xiaomimimo.com.cn", "notapi.xiaomimimo.com.cn"),
    ],
)
def test_hosts_are_covered_on_request_unless_they_are_local(text: str, covered: str) -> None:
    assert HOSTS.apply(text) == covered


@given(st.text(), st.text(min_size=3, alphabet="abcdefghijklmnopqrstuvwxyzåäö"), st.text())
def test_a_name_is_always_covered_and_covering_is_idempotent(before: str, name: str, after: str) -> None:
    assume(name not in COMMON_NAMES)
    mask = PresentationMask([f"/home/{name}"], [name])
    covered = mask.apply(f"{before} {name} {after} /home/{name}/x.wav")
    assert f" {name} " not in covered.replace(before, "").replace(after, "") or name in (before + after)
    assert f"/home/{name}" not in covered or f"/home/{name}" in before + after
    assert mask.apply(covered) == covered


def test_hosts_are_covered_even_without_services() -> None:
    assert PresentationMask(hosts=()).apply("https://platform.example.org/console") == f"https://{COVER}/console"


@given(st.text(), st.text(min_size=2, alphabet="王小明张伟李娜汉字"), st.text())
def test_a_chinese_name_is_covered_without_spaces_around_it(before: str, name: str, after: str) -> None:
    assert name not in PresentationMask(names=[name]).apply(f"{before}由{name}创建{after}")
