"""Show whether a launch may start: as text, as JSON, as outputs and summary of a job."""
