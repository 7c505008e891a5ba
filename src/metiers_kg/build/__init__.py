"""The build: assemble, validate, reason, write the release.

Nothing heavy is imported here, so that a place without the ``[build]`` extra can still tell whether a graph is stale.
"""
