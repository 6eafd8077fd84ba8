"""Set a launch repository up: what its environment says, and the files that are written."""
