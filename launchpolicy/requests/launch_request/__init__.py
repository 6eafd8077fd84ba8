"""The shape of `kind: LaunchRequest`, one module a section group; `schema.py` makes the schema.

Shape only: which section must be there at which stage is for policies to say, so nearly everything
is optional here. A policy check never imports these models (decision 0004).
"""
