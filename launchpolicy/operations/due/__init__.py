"""What is due: the duties of all launches that are not over."""
