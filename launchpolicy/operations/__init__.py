"""What the program does: one module for each use case, named by the verb of its command."""
