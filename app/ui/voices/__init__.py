"""The voices view: designing, cloning and the library."""
