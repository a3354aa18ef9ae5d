"""The voices view: design, clone, library."""
