"""An MCP server that misbehaves in one way: `odd_server.py MODE`. Standard library only, so that it starts at once."""

import json
import os
import signal
import subprocess
import sys
import time

MODE = sys.argv[1] if len(sys.argv) > 1 else ""
SCHEMA = {"type": "object", "properties": {}}


def say(message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def answer(request: dict, result: object) -> None:
    say({"jsonrpc": "2.0", "id": request["id"], "result": result})


def tools() -> list:
    names = ["echo", "huge", "many", "hang", "crash", "slow", "picture", "environment", "wrong", "strange", "nested"]
    found = [{"name": name, "description": f"does {name}", "inputSchema": SCHEMA} for name in names]
    if MODE == "lies":
        found[0]["inputSchema"] = "string"
        found[1]["inputSchema"] = {"type": "object", "properties": {"a": {"type": "banana"}}}
        found[8]["outputSchema"] = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
        found[9]["annotations"] = "none"
        found.append({"inputSchema": SCHEMA})
    return found


def call(request: dict) -> None:
    name, arguments = request["params"]["name"], request["params"].get("arguments") or {}
    text = ""
    match name:
        case "echo":
            text = json.dumps(arguments)
        case "huge":
            # Written piece by piece: the server itself shall not need the memory.
            size = int(arguments.get("size", 50_000_000))
            sys.stdout.write('{"jsonrpc":"2.0","id":%d,"result":{"content":[{"type":"text","text":"' % request["id"])  # noqa: UP031
            piece = "0123456789abcdé\\n" * 4_000
            for _ in range(size // len(piece)):
                sys.stdout.write(piece)
            sys.stdout.write('"}]}}\n')
            sys.stdout.flush()
            return
        case "many":
            # The result before the id, as some libraries write it.
            parts = [{"type": "text", "text": f"part {index}"} for index in range(int(arguments.get("count", 400_000)))]
            say({"result": {"content": parts}, "jsonrpc": "2.0", "id": request["id"]})
            return
        case "nested":
            say(
                {
                    "jsonrpc": "2.0",
                    "id": request["id"],
                    "result": {
                        "content": [],
                        "structuredContent": {f"name {index}": "x" * 100 for index in range(200_000)},
                    },
                }
            )
            return
        case "hang":
            return
        case "crash":
            sys.stderr.write("out of paper\n")
            sys.stderr.flush()
            os._exit(3)
        case "slow":
            token = request["params"].get("_meta", {}).get("progressToken")
            for step in range(4):
                time.sleep(0.3)
                say(
                    {
                        "jsonrpc": "2.0",
                        "method": "notifications/progress",
                        "params": {
                            "progressToken": token,
                            "progress": step + 1,
                            "total": 4,
                            "message": f"step {step + 1}",
                        },
                    }
                )
            text = "slow but done"
        case "picture":
            answer(
                request,
                {
                    "content": [
                        {"type": "image", "data": "A" * 20_000_000, "mimeType": "image/png"},
                        {"type": "text", "text": "a picture"},
                    ]
                },
            )
            return
        case "environment":
            text = os.environ.get(str(arguments.get("name")), "unset")
        case "wrong":
            answer(request, {"content": [{"type": "text", "text": "wrong"}], "structuredContent": {"n": "three"}})
            return
        case "strange":
            answer(request, {"content": [{"type": "hologram", "data": 1}]})
            return
    answer(request, {"content": [{"type": "text", "text": text}]})


def main() -> None:
    if MODE == "dies":
        sys.exit("no licence found")
    if MODE == "silent":
        time.sleep(600)
    if MODE == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        # A child in its group that is as stubborn.
        child = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)",
            ]
        )
        with open(sys.argv[2], "w") as file:  # noqa: PTH123
            file.write(f"{os.getpid()} {child.pid}")
    if MODE == "floods":
        for number in range(50_000):
            sys.stderr.write(f"line {number} of the flood\n")
    if MODE == "chatters":
        sys.stdout.write("Welcome!\n" * 2_000 + "x" * 10_000_000 + "\n")
    for line in sys.stdin:
        request = json.loads(line)
        match request.get("method"):
            case "initialize":
                answer(
                    request,
                    {
                        "protocolVersion": request["params"]["protocolVersion"],
                        "capabilities": {"tools": {}},
                        "serverInfo": {"name": "odd", "version": "1"},
                    },
                )
            case "tools/list":
                answer(request, {"tools": tools()})
            case "tools/call":
                call(request)
    if MODE == "stubborn":
        while True:
            time.sleep(600)


main()
