"""The user interface. The only package that uses Qt."""
