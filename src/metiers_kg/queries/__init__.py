"""Saved queries: the catalogue of ``.rq`` files, their parameters, binding and results."""
