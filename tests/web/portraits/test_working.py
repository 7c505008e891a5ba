"""What a job does, with whom, in which groups."""

from __future__ import annotations

from tests.web.portraits.conftest import Portray
from tests.web.portraits.telling import chips, groups, told


def test_work_is_told_from_both_sides(portray: Portray) -> None:
    """A relation stands on the page of who it is told of, and on that of the other, as told of others."""
    found = groups(portray("job/chimiste"), "work")
    (other,) = groups(portray("job/laborantin"), "work")["Ce que le texte dit d’autres"]

    assert ["Peser"] == told(found["Activités"])
    assert ["Laborantin"] == told(found["Dirige"])
    assert ("Chimiste", ["dirige"]) == (told((other,))[0], chips(other))


def test_groups_and_members_name_each_other(portray: Portray) -> None:
    """A job names the groups that list it, a group its members, with the passage."""
    (group,) = groups(portray("job/chimiste"), "work")["Fait partie de"]

    assert ["Gens de labo"] == told((group,))
    (member,) = groups(portray("job-group/labo"), "members")[""]
    assert ["Texte, l. 20"] == [excerpt.passage.label for excerpt in member.excerpts]
