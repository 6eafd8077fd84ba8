"""Write the report as a person reads it in a terminal or in a log."""
