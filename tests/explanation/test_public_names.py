"""What the package offers, and what it does without."""

from __future__ import annotations

import subprocess
import sys

import metiers_kg.explanation


def test_public_names_are_sorted_and_documented() -> None:
    """Everything the package offers is listed in order, and says what it is."""
    names = metiers_kg.explanation.__all__
    assert sorted(names, key=lambda name: (not name.isupper(), name.islower(), name)) == names
    public = [getattr(metiers_kg.explanation, name) for name in names]
    assert [] == [item for item in public if not isinstance(item, int) and not item.__doc__]


def test_explanations_need_neither_numpy_nor_rdflib() -> None:
    """A server that explains runs without what the build needs."""
    script = (
        "import sys, metiers_kg.explanation; print(sorted({'numpy', 'rdflib', 'owlrl', 'pyshacl'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "[]\n" == run.stdout
