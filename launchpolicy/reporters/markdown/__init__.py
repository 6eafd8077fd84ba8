"""The report as Markdown, for the summary of a job and for the comment in a pull request."""
