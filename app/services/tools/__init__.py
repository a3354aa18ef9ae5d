"""Tools the model may call: the built-in ones, how their arguments are checked, how they are run."""
