"""The composition root: creates the services and connects them to the window. It alone may import every package."""
