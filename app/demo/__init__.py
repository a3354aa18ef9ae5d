"""The demo service: a small real server that speaks the MiMo protocol on 127.0.0.1, in a process of its own.

It imports nothing else of the program: client and demo service are two readings of one specification and test
each other. Run it with `python -m app.demo`; its speech needs the `demo` extra.
"""
