"""May a launch start now? The conditions, each found out by a module of its own."""
