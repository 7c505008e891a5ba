"""Links to ESCO, ROME and ISCO-08: SSSOM in and out, the memory of their review, proposals for it."""

from metiers_kg.links.link import NO_TERM, PREDICATES, SCHEMES, Link, LinkSet, Scheme
from metiers_kg.links.review import Review, link_files, read_review
from metiers_kg.links.rules import check_links, undecided
from metiers_kg.links.subjects import Name, Subject, french_labels, read_subjects
from metiers_kg.links.tsv import read_links, write_links

__all__ = [
    "NO_TERM",
    "PREDICATES",
    "SCHEMES",
    "Link",
    "LinkSet",
    "Name",
    "Review",
    "Scheme",
    "Subject",
    "check_links",
    "french_labels",
    "link_files",
    "read_links",
    "read_review",
    "read_subjects",
    "undecided",
    "write_links",
]
