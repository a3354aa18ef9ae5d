"""The studio view: a text, its direction and voice, and its takes."""
