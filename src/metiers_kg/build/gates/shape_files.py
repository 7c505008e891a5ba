"""The shapes themselves: valid SHACL, and one for every class that has an instance."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyshacl
import rdflib
from rdflib import RDF, RDFS, SH

from metiers_kg.build.gates.material import Material
from metiers_kg.errors import Finding

__all__ = ["check_every_class_has_a_shape", "check_shapes_are_shacl"]

_FILE = "shapes.ttl"


def check_shapes_are_shacl(material: Material) -> Iterator[Finding]:
    """Yield what in the shapes is not SHACL, by SHACL-SHACL, the W3C's shapes for shapes.

    An engine of SHACL passes over what it does not understand: a shape that is not SHACL asks for nothing.
    """
    shapes = rdflib.Graph().parse(_path(material), format="turtle")
    told = rdflib.Graph().parse(
        data=(files("pyshacl") / "assets" / "shacl-shacl.ttl").read_text("utf-8"), format="turtle"
    )
    _, results, _ = pyshacl.validate(shapes, shacl_graph=told, inference="none", advanced=False)
    seen = set()
    for node in results.subjects(RDF.type, SH.ValidationResult):
        focus, path = results.value(node, SH.focusNode), results.value(node, SH.resultPath)
        message = str(results.value(node, SH.resultMessage) or "is no shape")
        resource = _named(shapes, focus)
        about = f" ({shapes.qname(path)})" if isinstance(path, rdflib.URIRef) else ""
        if (resource, message, about) not in seen:
            seen.add((resource, message, about))
            file, line = material.where.find(resource)
            remedy = "correct the shape; see https://www.w3.org/TR/shacl/#syntax-rules"
            yield Finding("shapes-are-shacl", resource, f"{message}{about}", remedy, file or _FILE, line)


def check_every_class_has_a_shape(material: Material) -> Iterator[Finding]:
    """Yield a finding for each class, of ours or of others, that has an instance and that no shape looks at.

    A shape looks at a class when it has the class, or one that is broader, as its target.
    """
    shapes = rdflib.Graph().parse(_path(material), format="turtle")
    graph = rdflib.Graph().parse(data="\n".join(material.asserted), format="nt")
    targets = set(shapes.objects(None, SH.targetClass))
    named = {one for one in graph.objects(None, RDF.type) if isinstance(one, rdflib.URIRef)}
    for kind in sorted(kind for kind in named if not _is_of_a_language(kind)):
        if targets & set(graph.transitive_objects(kind, RDFS.subClassOf)):
            continue
        instances = sorted(str(one) for one in graph.subjects(RDF.type, kind))
        told = f"has {len(instances)} instance{'s' if instances[1:] else ''}, such as {instances[0]}, and no shape"
        remedy = "add a shape with sh:targetClass to ontology/shapes.ttl"
        file, line = material.where.find(str(kind))
        yield Finding("every-class-has-a-shape", str(kind), told, remedy, file or _FILE, line)


def _path(material: Material) -> Path:
    return material.project.ontology / _FILE


def _is_of_a_language(kind: rdflib.term.Node) -> bool:
    """Tell whether a class belongs to OWL, RDF Schema or RDF, whose instances make up the ontology itself."""
    return str(kind).startswith((str(rdflib.OWL), str(RDFS), str(RDF)))


def _named(shapes: rdflib.Graph, node: rdflib.term.Node | None) -> str:
    """Return the IRI of a shape, or of the one that it is a part of."""
    while isinstance(node, rdflib.BNode):
        node = next(iter(shapes.subjects(None, node)), None)
    return str(node) if node else _FILE
