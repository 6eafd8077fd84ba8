"""What `launchpolicy record` does: the facts of the night of a launch, written one at a time."""
