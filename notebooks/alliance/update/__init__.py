"""A new edition, from a publisher's file to true lessons: what it changes, written at once, and what became false.

`plan` works out the files of data/ as they would be, `files` tries and writes them, `report` compares the course before
and after. `python -m alliance.update --help` says how to ask; `publishers` reads the files.
"""
