"""The example of an MCP server: the collection of a small museum, made up. For the demo, for trying, and for the tests.

`python -m app.museum_server` speaks over standard input and output; with `--port` it listens on 127.0.0.1. It
imports nothing else of `app`.
"""
