"""Turn a report into what a person or a machine reads; reporters show, they never decide."""
