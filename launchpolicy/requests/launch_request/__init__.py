"""The sections of `kind: LaunchRequest`, one module for each group of them.

`schema.py` makes the JSON Schema from them, and `launch_request_of` reads a request through them.
Shape only: which section must be there at which stage is for policies to say, so nearly everything
is optional here. A policy check works on plain data and never loads this package (decision 0004).
"""
