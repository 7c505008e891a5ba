from __future__ import annotations

from metiers_kg.queries.header_values import Fault, HeaderValues


def test_a_fault_has_the_line_of_the_nearest_key() -> None:
    """What is missing is told at the line of what should hold it."""
    values = HeaderValues({("params",): 4, ("params", "x"): 5})
    values.flag({"required": "yes"}, ("params", "x", "required"))
    assert [Fault("expected 'required' to be true or false; found 'yes'", 5)] == values.faults


def test_what_is_left_out_is_no_fault() -> None:
    """Optional keys that are not there give nothing, and no fault."""
    values = HeaderValues({})
    found = (values.words({}, "tags"), values.mapping({}, "view"), values.flag({}, ("a",)), values.count({}, ("a",)))
    assert ((), {}, False, None) == found
    assert values.faults == []
