from __future__ import annotations

from collections import Counter

from metiers_kg.build.assembly import read_data
from metiers_kg.links import french_labels, read_review, read_subjects
from metiers_kg.project import Project
from tests.conftest import ROOT

TITLES = {"esco": "ESCO", "rome": "ROME", "isco": "ISCO-08"}


def test_reference_has_the_numbers_of_the_files() -> None:
    """The table of docs/reference/links.md has the numbers of subjects and rows that the files have."""
    review = read_review(ROOT / "data", french_labels(read_subjects(read_data(Project.find(ROOT)))))
    rows = []
    for (kind, scheme), (links,) in sorted(review.accepted.items()):
        counts = Counter(link.predicate[5:-5] if link.is_match else "no term" for link in links.links)
        told = ", ".join(
            f"{counts[name]} {name}"
            for name in ("exact", "close", "broad", "narrow", "related", "no term")
            if counts[name]
        )
        subjects = len({link.subject for link in links.links})
        linked = len({link.subject for link in links.links if link.is_match})
        rows.append(f"| `data/{links.file}` | {subjects} {kind}s to {TITLES[scheme]} | {linked} | {told} |")
    page = (ROOT / "docs" / "reference" / "links.md").read_text(encoding="utf-8")

    assert "\n".join(rows) in page
