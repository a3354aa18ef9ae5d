"""The bridge with real servers over both transports: what works, what goes wrong, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.core.mcp_wire import (
    CallDone,
    CallFailed,
    CallProgress,
    CancelCall,
    LogLine,
    ServerEnded,
    ServerRunning,
    StartServer,
    StopServer,
    ToolFound,
)
from tests.mcp_bridge.harness import ODD_SERVER, ROOT, RunningBridge, is_alive, running_bridge

MUSEUM = (sys.executable, "-P", "-m", "app.museum_server")


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bridge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBridge]:
    """One bridge for all tests, as it is in the program: its start takes a second of computing."""
    async with running_bridge(tmp_path_factory.mktemp("results")) as running:
        yield running


@pytest.fixture(scope="module")
def museum_address() -> Iterator[str]:
    process = subprocess.Popen(
        [*MUSEUM, "--port", "0", "--token", "sesame"], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    process.communicate()


async def check_museum(bridge: RunningBridge, server: str) -> None:
    running = await bridge.next(ServerRunning, server=server)
    tools = [report for report in bridge.reports if isinstance(report, ToolFound) and report.server == server]
    assert running.name == "museum"
    assert running.count == len(tools) == 6
    assert [tool.name for tool in tools if tool.writes] == ["move_object"]
    found = await bridge.call(server, "find_objects", room=3, kind="wall")
    pictured = await bridge.call(server, "object_details", number=301)
    counted = await bridge.call(server, "take_inventory", seconds=0.8)
    unknown = await bridge.call(server, "object_details", number=999)
    assert "Tapestry of the harvest" in (await bridge.next(CallDone, call=found)).text
    details = await bridge.next(CallDone, call=pictured)
    assert details.text.startswith("Tapestry of the four winds, 1780")
    assert Path(details.files[0].path).read_bytes().startswith(b"\x89PNG")
    assert (await bridge.next(CallProgress, call=counted)).total == 4
    assert '"missing": 0' in (await bridge.next(CallDone, call=counted)).text
    refused = await bridge.next(CallDone, call=unknown)
    assert refused.is_error
    assert "there is no object 999" in refused.text


async def test_a_server_over_standard_input(bridge: RunningBridge) -> None:
    bridge.order(StartServer("museum", 1, MUSEUM, environment={"PYTHONPATH": str(ROOT)}))
    await check_museum(bridge, "museum")
    bridge.order(StopServer("museum"))
    assert (await bridge.next(ServerEnded, server="museum")).code == ""


async def test_a_server_at_an_address(bridge: RunningBridge, museum_address: str) -> None:
    headers = {"Authorization": "Bearer sesame"}
    bridge.order(StartServer("far", 1, address=museum_address, headers=headers))
    await check_museum(bridge, "far")
    bridge.order(StopServer("far"))
    assert (await bridge.next(ServerEnded, server="far")).code == ""


async def test_a_server_that_needs_a_login(bridge: RunningBridge, museum_address: str) -> None:
    bridge.order(StartServer("locked", 1, address=museum_address))
    ended = await bridge.next(ServerEnded, server="locked")
    assert (ended.code, ended.params["status"]) == ("server-login", 401)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1:9/mcp", "server-unreachable"),
        ("ftp://example.org", "server-address"),
        ("no address", "server-address"),
    ],
)
async def test_an_address_without_a_server(bridge: RunningBridge, address: str, code: str) -> None:
    bridge.order(StartServer(address, 1, address=address))
    assert (await bridge.next(ServerEnded, server=address)).code == code


async def test_a_secret_header_is_not_sent_in_the_clear(bridge: RunningBridge) -> None:
    bridge.order(StartServer("clear", 1, address="http://example.org/mcp", headers={"X-Key": "secret"}))
    assert (await bridge.next(ServerEnded, server="clear")).code == "plain-http"


async def test_what_can_t_be_started(bridge: RunningBridge, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    bridge.order(StartServer("a", 1, ("no-such-command-anywhere",)))
    bridge.order(StartServer("b", 1, (sys.executable,), folder=str(tmp_path / "missing")))
    bridge.order(StartServer("c", 1, (str(broken),)))
    bridge.order(StartServer("d", 1, (sys.executable, "-S", str(ODD_SERVER), "dies")))
    bridge.order(StartServer("e", 1, ("cat",), seconds=5))
    codes = {name: await bridge.next(ServerEnded, server=name) for name in "abcde"}
    assert codes["a"].code == "server-command-missing"
    assert codes["b"].code == "server-folder-missing"
    assert codes["c"].code == "server-not-started"
    assert codes["d"].code == "server-died"
    assert codes["d"].params == {"status": 1, "line": "no licence found"}
    assert codes["e"].code in ("server-not-mcp", "server-silent")


async def test_a_server_that_does_not_answer(bridge: RunningBridge) -> None:
    odd = bridge.start_odd("silent", seconds=0.5)
    assert (await bridge.next(ServerEnded, server=odd)).code == "server-silent"


async def test_a_start_can_be_stopped(bridge: RunningBridge) -> None:
    odd = bridge.start_odd("silent", seconds=60)
    bridge.order(StopServer(odd))
    assert (await bridge.next(ServerEnded, server=odd, seconds=5)).code == ""


async def test_lies_about_schemas(bridge: RunningBridge) -> None:
    odd = bridge.start_odd("lies")
    running = await bridge.next(ServerRunning, server=odd)
    names = [each.name for each in bridge.reports if isinstance(each, ToolFound) and each.server == odd]
    assert running.refused == ("echo", "")
    assert "huge" in names
    assert "strange" in names
    wrong = await bridge.call(odd, "wrong")
    strange = await bridge.call(odd, "strange")
    done = await bridge.next(CallDone, call=wrong)
    assert (done.text, done.mismatch) == ("wrong", True)
    assert (await bridge.next(CallFailed, call=strange)).code == "server-result-unreadable"


async def test_a_result_of_fifty_megabytes_is_cut_in_bounded_memory(bridge: RunningBridge) -> None:
    odd = bridge.start_odd()
    await bridge.next(ServerRunning, server=odd)
    before = _resident(bridge.process.pid)
    calls = [await bridge.call(odd, "huge"), await bridge.call(odd, "many"), await bridge.call(odd, "nested")]
    texts = [(await bridge.next(CallDone, call=call, seconds=60)).text for call in calls[:2]]
    assert texts[0].startswith("0123456789abcdé\n")
    assert all(len(text) < 100_000 and text.splitlines()[-1].startswith("[cut: ") for text in texts)
    assert "of 52" in texts[0][-60:]
    assert (await bridge.next(CallFailed, call=calls[2], seconds=60)).code == "server-result-too-long"
    assert _resident(bridge.process.pid) - before < 120_000_000
    echo = await bridge.call(odd, "echo", a=1)
    assert (await bridge.next(CallDone, call=echo)).text == '{"a": 1}'


async def test_a_picture_that_is_too_large_is_left_out(bridge: RunningBridge) -> None:
    odd = bridge.start_odd()
    await bridge.next(ServerRunning, server=odd)
    done = await bridge.next(CallDone, call=await bridge.call(odd, "picture"))
    assert (done.text, done.files, done.dropped) == ("a picture", (), 1)


async def test_floods_of_lines_are_thinned(bridge: RunningBridge) -> None:
    odd = bridge.start_odd("floods")
    await bridge.next(ServerRunning, server=odd)
    echo = await bridge.call(odd, "echo", a=1)
    await bridge.next(CallDone, call=echo)
    await asyncio.sleep(0.2)
    lines = [each for each in bridge.reports if isinstance(each, LogLine) and each.server == odd]
    assert len(lines) < 200
    assert lines[0].text == "line 0 of the flood"


async def test_chatter_on_the_output_is_no_message(bridge: RunningBridge) -> None:
    odd = bridge.start_odd("chatters")
    await bridge.next(ServerRunning, server=odd)
    assert (await bridge.next(LogLine, source="stdout")).text == "Welcome!"


async def test_a_call_without_an_answer_ends_by_time_or_by_being_stopped(bridge: RunningBridge) -> None:
    odd = bridge.start_odd()
    await bridge.next(ServerRunning, server=odd)
    late = await bridge.call(odd, "hang", limit=0.3)
    assert (await bridge.next(CallFailed, call=late)).code == "server-tool-slow"
    stopped = await bridge.call(odd, "hang")
    echo = await bridge.call(odd, "echo")
    bridge.order(CancelCall(stopped))
    await bridge.next(CallDone, call=echo)
    assert not [report for report in bridge.reports if getattr(report, "call", None) == stopped]


async def test_progress_keeps_a_call_alive(bridge: RunningBridge) -> None:
    odd = bridge.start_odd()
    await bridge.next(ServerRunning, server=odd)
    slow = await bridge.call(odd, "slow", limit=0.9)
    assert (await bridge.next(CallDone, call=slow)).text == "slow but done"
    assert (await bridge.next(CallProgress, call=slow)).text == "step 1"


async def test_a_crash_ends_the_call_and_says_why(bridge: RunningBridge) -> None:
    odd = bridge.start_odd()
    await bridge.next(ServerRunning, server=odd)
    call = await bridge.call(odd, "crash")
    assert (await bridge.next(CallFailed, call=call)).code == "server-stopped"
    ended = await bridge.next(ServerEnded, server=odd)
    assert (ended.code, ended.params) == ("server-died", {"status": 3, "line": "out of paper"})


async def test_only_what_was_given_is_in_the_environment(bridge: RunningBridge) -> None:
    odd = bridge.start_odd(environment={"GIVEN": "value"})
    await bridge.next(ServerRunning, server=odd)
    given = await bridge.call(odd, "environment", name="GIVEN")
    planted = await bridge.call(odd, "environment", name="MIMO_API_KEY")
    assert (await bridge.next(CallDone, call=given)).text == "value"
    assert (await bridge.next(CallDone, call=planted)).text == "unset"


# -- ends


async def _stubborn(bridge: RunningBridge, folder: Path) -> list[int]:
    note = folder / "pids"
    odd = bridge.start_odd("stubborn", str(note))
    await bridge.next(ServerRunning, server=odd)
    pids = [int(word) for word in note.read_text().split()]
    assert all(map(is_alive, pids))
    return pids


async def _gone_within(pids: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < end:
        await asyncio.sleep(0.02)
    return not any(map(is_alive, pids))


async def test_a_stubborn_server_is_gone_within_three_seconds_of_the_end_of_the_input(tmp_path: Path) -> None:
    async with running_bridge(tmp_path) as bridge:
        pids = await _stubborn(bridge, tmp_path)
        assert bridge.process.stdin is not None
        bridge.process.stdin.close()
        assert await _gone_within(pids, 3.0)
        await bridge.process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
async def test_no_server_outlives_a_bridge_that_is_killed(tmp_path: Path) -> None:
    async with running_bridge(tmp_path) as bridge:
        pids = await _stubborn(bridge, tmp_path)
        bridge.process.send_signal(signal.SIGKILL)
        assert await _gone_within(pids, 4.0)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_no_server_outlives_a_window_that_is_killed(tmp_path: Path) -> None:
    """A stand-in for the window starts the bridge as the window does, and is killed with SIGKILL."""
    note, started = tmp_path / "pids", tmp_path / "bridge"
    script = f"""
import subprocess, sys, time
sys.path.insert(0, {str(ROOT)!r})
from app.core.mcp_wire import StartServer, encoded
bridge = subprocess.Popen([sys.executable, "-P", "-m", "app.mcp_bridge", {str(tmp_path)!r}],
                          stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
command = (sys.executable, "-S", {str(ODD_SERVER)!r}, "stubborn", {str(note)!r})
bridge.stdin.write(encoded(StartServer("odd", 1, command)))
bridge.stdin.flush()
with open({str(started)!r}, "w") as file:
    file.write(str(bridge.pid))
time.sleep(600)
"""
    window = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)})  # noqa: ASYNC220
    try:
        async with asyncio.timeout(20):
            while not note.exists() or len(note.read_text().split()) < 2:
                await asyncio.sleep(0.02)
    finally:
        window.kill()
        window.wait()
    pids = [int(word) for word in (note.read_text() + " " + started.read_text()).split()]
    assert await _gone_within(pids, 4.0)


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
