"""Papers of hardware and software integration (D9): rows of their tables, and what is ready."""
