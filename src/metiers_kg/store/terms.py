r"""RDF terms as the engine has them: validated when made, written as N-Triples by ``str``.

>>> str(Iri("https://w3id.org/metiers-kg/job/biostatisticien"))
'<https://w3id.org/metiers-kg/job/biostatisticien>'
>>> str(Literal('job" }} # DROP'))
'"job\\" }} # DROP"'
"""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

__all__ = ["BlankNode", "Iri", "Literal", "Term", "Triple"]

Iri = NamedNode
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
