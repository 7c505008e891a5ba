"""Read ESCO releases as RDF, with ESCO's own IRIs and terms.

The release that has the relations is the base: what it describes is what the graph has. Files of other versions bring
labels, for the languages in which the base release has none, to concepts of the base release.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import open_parts
from metiers_kg.sources.esco.collections import read_collection
from metiers_kg.sources.esco.files import EscoFile, Release, sort_files
from metiers_kg.sources.esco.labels import ConceptRow, read_concepts
from metiers_kg.sources.hierarchy import ancestors
from metiers_kg.sources.report import FileRead, Imported, ImportReport, Progress, Remark
from metiers_kg.sources.tables import read_rows
from metiers_kg.sources.text import squeeze, tidy
from metiers_kg.sources.triples import Triples
from metiers_kg.vocabulary import graph_iri
from metiers_kg.vocabulary.ntriples import date_time, is_iri, literal, name, text

__all__ = ["read"]

_ESCO = "http://data.europa.eu/esco/"
_SCHEME = _ESCO + "concept-scheme/"
_ISCO_NOTATION = f"^^<{_ESCO}Notation/ISCO08>"
_ACKNOWLEDGEMENT = "This service uses the ESCO classification of the European Commission."
_DECISION = "http://data.europa.eu/eli/dec/2011/833/oj"

_TYPE = name("rdf:type")
_CONCEPT = name("skos:Concept")
_PREF, _ALT, _HIDDEN = name("skos:prefLabel"), name("skos:altLabel"), name("skos:hiddenLabel")
_BROADER, _NARROWER, _ABOVE = name("skos:broader"), name("skos:narrower"), name("skos:broaderTransitive")
_NOTATION, _IN_SCHEME = name("skos:notation"), name("skos:inScheme")

_TYPES = {"occupations": ("esco:MemberConcept", "esco:Occupation"), "skills": ("esco:MemberConcept", "esco:Skill")}
_DEFAULT_SCHEMES = {
    "occupations": ("occupations", "member-occupations"),
    "skills": ("skills", "member-skills"),
    "skillGroups": ("skills",),
    "ISCOGroups": ("occupations", "isco"),
}
_SKILL_TYPES = {"skill/competence": "skill", "skill": "skill", "knowledge": "knowledge"}
_RELATIONS = {
    "essential": (name("esco:relatedEssentialSkill"), name("esco:isEssentialSkillFor")),
    "optional": (name("esco:relatedOptionalSkill"), name("esco:isOptionalSkillFor")),
}
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_NOTES = (("definition", "skos:definition"), ("scope_note", "skos:scopeNote"), ("description", "dcterms:description"))


def read(paths: Iterable[Path], progress: Progress = lambda what, done: None) -> Imported:
    """Read zips or folders of ESCO's CSV releases as downloaded: relations, and labels of one or several versions.

    Raises:
        InputError: What was given is no ESCO release, is damaged, or lacks what is needed; names file and line.
    """
    report = ImportReport("esco")
    release = sort_files(open_parts([Path(path) for path in paths]), report)
    report.version = release.version
    return _Reader(release, report, progress).read()


class _Reader:
    """Reads one release; the triples grow as its files are read."""

    def __init__(self, release: Release, report: ImportReport, progress: Progress) -> None:
        self._release = release
        self._report = report
        self._progress = progress
        self._triples = Triples()
        self._kinds: dict[str, str] = {}
        """The kind of file that describes each concept; "" for one that only the relations name."""
        self._labelled: set[tuple[str, str]] = set()
        """Concepts and languages that have their labels."""
        self._total = sum(file.source.size for file in (*release.base, *release.other_labels)) or 1
        self._done = 0

    def read(self) -> Imported:
        """Read everything."""
        for file in self._release.of_kind("ISCOGroups", "skillGroups", "occupations", "skills"):
            self._read(file, self._read_base_labels)
        for file in self._release.of_kind("skillsHierarchy"):
            self._read(file, self._read_groups_of_hierarchy)
        self._read_hierarchy()
        for file in self._release.of_kind("occupationSkillRelations"):
            self._read(
                file, lambda f: self._read_relations(f, "occupationUri", "skillUri", "occupation-skill relations")
            )
        for file in self._release.of_kind("skillSkillRelations"):
            self._read(
                file, lambda f: self._read_relations(f, "originalSkillUri", "relatedSkillUri", "skill-skill relations")
            )
        for file in self._release.other_labels:
            self._read(file, self._read_other_labels)
        for file in self._release.of_kind("conceptSchemes"):
            self._read(file, self._read_schemes)
        collections = [file for file in self._release.base if file.kind.endswith("Collection")]
        for file in collections:
            self._read(file, lambda f: read_collection(f, self._kinds, self._triples, self._report))
        self._describe_graph()
        self._progress("sorting", 1.0)
        lines = self._triples.take_lines()
        self._count(lines)
        return Imported(lines, self._report)

    def _read(self, file: EscoFile, reading: Callable[[EscoFile], None]) -> None:
        self._progress(file.source.name, self._done / self._total)
        reading(file)
        self._done += file.source.size

    # Concepts and their labels

    def _read_base_labels(self, file: EscoFile) -> None:
        for iri, row in read_concepts(file, self._report).items():
            if iri not in self._kinds:
                self._kinds[iri] = file.kind
                self._add_concept(file, iri, row)
            elif self._kinds[iri] != file.kind:
                raise InputError(
                    f"{file.source.where}, line {row.line}: {iri} already stands among the {self._kinds[iri]}; "
                    "expected each concept in one file"
                )
            self._add_labels(file, iri, row)

    def _read_other_labels(self, file: EscoFile) -> None:
        replaced = 0
        for iri, row in read_concepts(file, self._report).items():
            if iri not in self._kinds:
                reason = f"not in ESCO {self._release.version}: newer, or withdrawn since {file.version}"
                self._drop(file, row.line, reason, f"{iri} {row.preferred!r}")
            elif (iri, file.language) in self._labelled:
                replaced += 1
            else:
                self._add_labels(file, iri, row)
        if replaced:
            self._report.notes.append(
                f"{file.source.where}: {replaced:,} concepts have their {file.language} labels from a file that comes "
                "first: of the same version, or newer"
            )

    def _add_concept(self, file: EscoFile, iri: str, row: ConceptRow) -> None:
        add, subject = self._triples.add, f"<{iri}>"
        add(subject, _TYPE, _CONCEPT)
        for type_ in _TYPES.get(file.kind, ()):
            add(subject, _TYPE, name(type_))
        for scheme in row.schemes.replace(",", " ").split() or (_SCHEME + s for s in _DEFAULT_SCHEMES[file.kind]):
            add(subject, _IN_SCHEME, f"<{self._checked(file, row, scheme)}>")
        if row.status:
            add(subject, name("iso-thes:status"), text(row.status))
        if row.modified and not _DATE_TIME.fullmatch(row.modified):
            self._drop(file, row.line, "a modifiedDate that is no date and time", f"{iri} {row.modified!r}")
        elif row.modified:
            add(subject, name("dcterms:modified"), date_time(row.modified))
        if row.code and row.code != "None":
            add(subject, _NOTATION, text(row.code))
            if file.kind == "ISCOGroups":
                add(subject, _NOTATION, text(row.code) + _ISCO_NOTATION)
        if row.isco_group:
            group = self._checked(file, row, f"{_ESCO}isco/C{row.isco_group.removeprefix('C').zfill(4)}")
            self._know(file, row.line, group)
            add(subject, name("esco:memberOfISCOGroup"), f"<{group}>")
        if row.skill_type:
            if row.skill_type not in _SKILL_TYPES:
                self._drop(file, row.line, "a type of skill that is not known", f"{iri} {row.skill_type!r}")
            else:
                add(subject, name("esco:skillType"), f"<{_ESCO}skill-type/{_SKILL_TYPES[row.skill_type]}>")
        if row.reuse_level:
            level = self._checked(file, row, f"{_ESCO}skill-reuse-level/{row.reuse_level}")
            add(subject, name("esco:skillReuseLevel"), f"<{level}>")
        for code in row.nace_code.replace(",", " ").split():
            add(subject, name("esco:hasNACECode"), f"<{self._checked(file, row, code)}>")

    def _checked(self, file: EscoFile, row: ConceptRow, value: str) -> str:
        if not is_iri(value):
            raise InputError(f"{file.source.where}, line {row.line}: expected what makes an IRI; found {value!r}")
        return value

    def _add_labels(self, file: EscoFile, iri: str, row: ConceptRow) -> None:
        language = file.language
        self._labelled.add((iri, language))
        add, subject = self._triples.add, f"<{iri}>"
        preferred = squeeze(row.preferred)
        if not preferred:
            self._drop(file, row.line, "no preferred label", iri)
            return
        add(subject, _PREF, literal(preferred, language))
        # SKOS has a label in one role only (integrity condition S13).
        seen = {preferred}
        for predicate, labels in ((_ALT, row.alternatives), (_HIDDEN, row.hidden)):
            for label in labels.split("\n") if labels else ():
                kept = squeeze(label)
                if kept and kept not in seen:
                    seen.add(kept)
                    add(subject, predicate, literal(kept, language))
        for attribute, predicate in _NOTES:
            value = getattr(row, attribute)
            if value and (note := tidy(value)):
                add(subject, name(predicate), literal(note, language))

    def _read_groups_of_hierarchy(self, file: EscoFile) -> None:
        """Take the groups that only the overview of the skills hierarchy describes (v1.1.1 has six)."""
        levels = range(4)
        columns = [f"Level {level} {what}" for level in levels for what in ("URI", "preferred term")]
        optional = [f"Level {level} code" for level in levels]
        rows = 0
        for line, values in read_rows(
            file.source, columns, optional=[*optional, "Description", "Scope note"], ragged=True
        ):
            rows += 1
            *codes, description, scope_note = values[len(columns) :]
            deepest = max((level for level in levels if values[2 * level]), default=-1)
            iri = values[2 * deepest] if deepest >= 0 else ""
            if not iri or self._kinds.get(iri, "skillsHierarchy") != "skillsHierarchy":
                continue
            row = ConceptRow(
                line, iri, values[2 * deepest + 1], "", "", "", scope_note, description,
                "", "", f"{_SCHEME}skills {_SCHEME}skills-hierarchy", codes[deepest], "", "", "", "",
            )  # fmt: skip
            if iri not in self._kinds:
                if not iri.startswith(_ESCO) or not is_iri(iri):
                    raise InputError(f"{file.source.where}, line {line}: expected an IRI {_ESCO}…; found {iri!r}")
                self._kinds[iri] = "skillsHierarchy"
                self._add_concept(file, iri, row)
            self._add_labels(file, iri, row)
        self._report.files.append(FileRead(file.source.where, f"{file.kind}, {file.language}, {file.version}", rows))

    # Relations

    def _read_hierarchy(self) -> None:
        parents: dict[str, list[str]] = defaultdict(list)

        def collect(file: EscoFile) -> None:
            rows = 0
            for line, (child, parent) in read_rows(file.source, ("conceptUri", "broaderUri")):
                rows += 1
                self._know(file, line, child)
                self._know(file, line, parent)
                if parent not in parents[child]:
                    parents[child].append(parent)
            self._read_relation_file(file, rows)

        for file in self._release.of_kind("broaderRelationsOccPillar", "broaderRelationsSkillPillar"):
            self._read(file, collect)
        add = self._triples.add
        for child, above in ancestors(parents).items():
            for parent in parents[child]:
                add(f"<{child}>", _BROADER, f"<{parent}>")
                add(f"<{parent}>", _NARROWER, f"<{child}>")
            for ancestor in above:
                add(f"<{child}>", _ABOVE, f"<{ancestor}>")

    def _read_relations(self, file: EscoFile, subject: str, target: str, counted: str) -> None:
        add, known = self._triples.add, self._kinds
        seen: set[tuple[str, str, str]] = set()
        rows = 0
        for line, values in read_rows(file.source, (subject, "relationType", target)):
            rows += 1
            one, kind, other = values
            if kind not in _RELATIONS:
                raise InputError(
                    f"{file.source.where}, line {line}: expected essential or optional in column relationType; "
                    f"found {kind!r}"
                )
            if one not in known or not known[one]:
                self._know(file, line, one)
            if other not in known or not known[other]:
                self._know(file, line, other)
            if (one, kind, other) in seen:
                self._drop(file, line, "the relation stands here twice", f"{one} {kind} {other}")
                continue
            seen.add((one, kind, other))
            related, back = _RELATIONS[kind]
            add(f"<{one}>", related, f"<{other}>")
            add(f"<{other}>", back, f"<{one}>")
        self._report.counts[counted] = len(seen)
        self._read_relation_file(file, rows)

    def _read_relation_file(self, file: EscoFile, rows: int) -> None:
        self._report.files.append(FileRead(file.source.where, f"{file.kind}, {file.version}", rows))
        self._report.versions.setdefault(file.version, []).append(file.kind)

    def _know(self, file: EscoFile, line: int, iri: str) -> None:
        """Keep what only the relations name as a concept without a description, and say so."""
        kind = self._kinds.get(iri)
        if kind:
            return
        if not iri.startswith(_ESCO) or not is_iri(iri):
            raise InputError(f"{file.source.where}, line {line}: expected an IRI {_ESCO}…; found {iri!r}")
        if kind is None:
            self._kinds[iri] = ""
            self._triples.add(f"<{iri}>", _TYPE, _CONCEPT)
        reason = f"no file of {file.version} describes it; the relation is kept, its concept is only a skos:Concept"
        self._report.unresolved.append(Remark(file.source.where, line, reason, iri))

    # Schemes and the graph itself

    def _read_schemes(self, file: EscoFile) -> None:
        rows, add = 0, self._triples.add
        for line, values in read_rows(
            file.source, ("conceptSchemeUri", "preferredLabel"), optional=("description", "hasTopConcept")
        ):
            rows += 1
            iri, label, description, tops = values
            if not is_iri(iri):
                raise InputError(
                    f"{file.source.where}, line {line}: expected an IRI in conceptSchemeUri; found {iri!r}"
                )
            subject = f"<{iri}>"
            add(subject, _TYPE, name("skos:ConceptScheme"))
            add(subject, _PREF, literal(squeeze(label), file.language))
            if description:
                add(subject, name("dcterms:description"), literal(tidy(description), file.language))
            for top in tops.replace(",", " ").split():
                if top in self._kinds:
                    add(subject, name("skos:hasTopConcept"), f"<{top}>")
        self._report.files.append(FileRead(file.source.where, f"{file.kind}, {file.language}, {file.version}", rows))

    def _describe_graph(self) -> None:
        graph = f"<{graph_iri('esco')}>"
        for predicate, value in (
            ("rdf:type", name("dcat:Dataset")),
            ("dcterms:title", literal(f"ESCO {self._release.version}", "en")),
            ("owl:versionInfo", text(self._release.version)),
            ("dcterms:license", f"<{_DECISION}>"),
            ("dcterms:rights", literal(_ACKNOWLEDGEMENT, "en")),
            *(("dcterms:source", text(f"ESCO {version}")) for version in self._report.versions),
        ):
            self._triples.add(graph, name(predicate), value)

    def _count(self, lines: list[str]) -> None:
        kinds = Counter(self._kinds.values())
        languages = Counter(language for _, language in self._labelled)
        self._report.counts = {
            "occupations": kinds["occupations"],
            "skills": kinds["skills"],
            "skill groups": kinds["skillGroups"] + kinds["skillsHierarchy"],
            "ISCO groups": kinds["ISCOGroups"],
            "named by relations only": kinds[""],
            **self._report.counts,
            **{f"concepts with {language} labels": languages[language] for language in sorted(languages)},
            "triples": len(lines),
        }

    def _drop(self, file: EscoFile, line: int, reason: str, value: str) -> None:
        self._report.dropped.append(Remark(file.source.where, line, reason, value))
