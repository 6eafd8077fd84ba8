"""Write the report as Markdown, for the summary of a job and the comment in a pull request."""
