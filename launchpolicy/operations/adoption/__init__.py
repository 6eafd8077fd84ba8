"""Setting a launch repository up: what the surroundings say, and the files that are written."""
