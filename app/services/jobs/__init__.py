"""Jobs: a persistent queue for everything that makes many calls of the service."""
