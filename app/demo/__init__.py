"""The demo service: a small HTTP server that implements the MiMo protocol on 127.0.0.1, in its own process.

It imports nothing else from the program: the client and the demo service implement the same specification
independently and so test each other. Run it with `python -m app.demo`; speech needs the `demo` extra.
"""
