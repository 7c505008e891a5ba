"""Releases: the graph written for others to keep, and two releases compared.

`exporting` writes a release of the built graph as files; `opening` reads one back, whatever its form; `comparing` says
what changed from one to the other, `answers` which rows of the saved queries, and `versions` what number that asks for.
"""
