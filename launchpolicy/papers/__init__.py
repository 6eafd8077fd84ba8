"""The papers of a launch, written from its request: forms, notices, minutes, tables.

One template per paper gives Markdown; HTML and DOCX are made from that Markdown, so that the three
never differ in what they say. Nothing is read or written here.
"""
