"""Steps to set up a checkout. Uses only the standard library and runs on Python 3.8 and later."""
