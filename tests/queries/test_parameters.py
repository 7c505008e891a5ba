from __future__ import annotations

import pytest

from metiers_kg.queries import Parameter


@pytest.mark.parametrize(
    ("parameter", "variable"),
    [
        (Parameter(name="job", type="iri"), "_job_iri"),
        (Parameter(name="word", type="string"), "_word_literal"),
        (Parameter(name="word", type="lang-string", language="nl"), "_word_nl"),
        (Parameter(name="size", type="integer"), "_size_integer"),
        (Parameter(name="share", type="decimal"), "_share_xsd_decimal"),
        (Parameter(name="since", type="date"), "_since_xsd_date"),
        (Parameter(name="from", type="year"), "_from_xsd_gYear"),
        (Parameter(name="all", type="boolean"), "_all_xsd_boolean"),
        (Parameter(name="as", type="enum", multiple=True), "_as_multi_literal"),
    ],
)
def test_variables_are_named_as_grlc_names_them(parameter: Parameter, variable: str) -> None:
    """A parameter's variable is its name, ``multi`` for a list, and its type."""
    assert variable == parameter.variable
