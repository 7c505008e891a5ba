"""Saved queries: the catalogue of files, their parameters, binding, and the answers.

A file of the catalogue is read and checked once; a request gives values as texts; ``bind`` makes terms of them and puts
them in the query's syntax tree; ``answer`` runs it. Nothing here knows HTTP, HTML or the terminal's options.
"""

from metiers_kg.queries.answering import LANGUAGES, Result, answer, answer_bound, prepare, write_whole
from metiers_kg.queries.binding import Bound, bind
from metiers_kg.queries.catalogue import Catalogue, find_queries
from metiers_kg.queries.choices import Choice, choices
from metiers_kg.queries.names import Hit, Names, fold
from metiers_kg.queries.parameters import Parameter
from metiers_kg.queries.requirements import check_requirements, find_missing
from metiers_kg.queries.results import TABLE_FORMATS, Table
from metiers_kg.queries.saved_query import SavedQuery
from metiers_kg.queries.schemas import describe_parameter, parameter_schema, row_schema
from metiers_kg.queries.syntax import check_read_only
from metiers_kg.queries.why import WhyPattern

__all__ = [
    "LANGUAGES",
    "TABLE_FORMATS",
    "Bound",
    "Catalogue",
    "Choice",
    "Hit",
    "Names",
    "Parameter",
    "Result",
    "SavedQuery",
    "Table",
    "WhyPattern",
    "answer",
    "answer_bound",
    "bind",
    "check_read_only",
    "check_requirements",
    "choices",
    "describe_parameter",
    "find_missing",
    "find_queries",
    "fold",
    "parameter_schema",
    "prepare",
    "row_schema",
    "write_whole",
]
