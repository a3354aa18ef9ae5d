"""The Cases page: values of variables against versions of a prompt."""
