"""A plan as a table in a file: read, understood, proposed; and written. Plain Python.

`reading.read` turns a file into a Sheet, `columns.guess` says which column holds what, and
`proposal.propose` says row by row what would be made or changed. Services make it so.
"""
