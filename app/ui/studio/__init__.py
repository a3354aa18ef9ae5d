"""The studio: a text, how it is spoken and by whom, and its takes."""
