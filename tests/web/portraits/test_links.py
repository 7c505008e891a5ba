"""Links to published vocabularies."""

from __future__ import annotations

from metiers_kg.web.portraits.links import MatchLink
from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import section


def test_a_link_tells_relation_confidence_and_reviewer(portray: Portray) -> None:
    """A link comes with scheme, relation, the concept by the name kept with it, confidence, how, by whom and when."""
    (link,) = section(portray("job/chimiste"), "links").content

    assert isinstance(link, MatchLink)
    assert ("CITP-08", "1.1.1", "proche", "Chemists", "2113") == (
        link.scheme,
        link.version,
        link.relation,
        link.concept.label,
        link.code,
    )
    assert ("0,8", "relu à la main", "The reviewers", "2026-11-22") == (
        link.told_confidence,
        link.justification,
        link.author,
        link.date,
    )
