"""Read a ROME 4.x release as RDF: ROME has no IRIs of its own, so each code makes one (``…/rome/H1513``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from metiers_kg.errors import InputError
from metiers_kg.sources.archive import SourceFile, open_parts
from metiers_kg.sources.hierarchy import ancestors
from metiers_kg.sources.report import FileRead, Imported, ImportReport, Progress, Remark
from metiers_kg.sources.rome.files import Release, sort_files
from metiers_kg.sources.tables import Row, read_rows
from metiers_kg.sources.text import match_key, repair, squeeze
from metiers_kg.sources.triples import Triples
from metiers_kg.sources.workbook import read_sheet
from metiers_kg.vocabulary import graph_iri, mint, slugify
from metiers_kg.vocabulary.ntriples import boolean, integer, literal, name, text

__all__ = ["read"]

_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
_ACKNOWLEDGEMENT = "ROME 4.0, France Travail, Licence Ouverte 2.0"
_TREE_SHEET = "Données brutes Macro-comp."
_TREE_COLUMNS = (
    "0 - Code domaine compétence",
    "1 - Domaine compétence",
    "2 - Enjeu",
    "3 - Objectif",
    "4 - Macro-compétence",
)
_FICHE_COLUMNS = (
    "code_rome",
    "libelle_rome",
    "transition_eco",
    "transition_num",
    "transition_demo",
    "emploi_reglemente",
    "emploi_cadre",
    "code_rome_parent",
)
_APPELLATION_COLUMNS = (
    "code_ogr",
    "libelle_appellation_long",
    "libelle_appellation_court",
    "code_rome",
    "transition_eco",
    "transition_num",
    "transition_demo",
    "emploi_reglemente",
    "emploi_cadre",
    "classification",
    "code_rome_parent",
    "peu_usite",
)
_COMPETENCE_COLUMNS = (
    "code_ogr",
    "nature",
    "libelle_competence",
    "definition",
    "code_ogr_macro_comp",
    "code_macro_comp",
    "cat_comp",
    "transition_eco",
    "transition_num",
)
_KNOWLEDGE_COLUMNS = (
    "code_ogr_savoir",
    "libelle_savoir",
    "categorie_savoir",
    "sous_categorie_savoir",
    "transition_eco",
    "transition_num",
)
_TRUTH = {"O": True, "N": False}
_ECOLOGICAL = {
    "Emploi Vert": ("emploi-vert", True),
    "Emploi stratégique pour la Transition écologique": ("emploi-strategique", True),
    "Emploi Blanc": ("emploi-blanc", False),
    "Emploi Brun": ("emploi-brun", False),
}
_COHERENCE = {"": "", "Principale": "mkg:hasCoreCompetence", "Émergente": "mkg:hasEmergingCompetence"}

_BASE = mint("rome", "")
_BROADER, _NARROWER, _ABOVE = name("skos:broader"), name("skos:narrower"), name("skos:broaderTransitive")


def read(paths: Iterable[Path], progress: Progress = lambda what, done: None) -> Imported:
    """Read the zip or folder of a ROME 4.x release as downloaded, and the workbook of its competence tree.

    Raises:
        InputError: What was given is no ROME 4.x release, is damaged, or lacks what is needed; names file and line.
    """
    report = ImportReport("rome")
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
        """What each code is."""
        self._parents: dict[str, list[str]] = defaultdict(list)
        self._items: set[tuple[str, str]] = set()
        """Fiches and what they ask for."""
        self._total = sum(file.size for file in release.tables.values()) or 1
        self._done = 0

    def read(self) -> Imported:
        """Read everything."""
        self._read_domains()
        self._read_fiches()
        self._read_texts()
        self._read_appellations()
        self._read_competences()
        self._read_knowledge()
        self._read_contexts()
        self._read_tree()
        self._read_items()
        self._check_links()
        self._read_mobilities()
        self._add_hierarchy()
        self._describe_graph()
        self._progress("sorting", 1.0)
        lines = self._triples.take_lines()
        self._report.counts["triples"] = len(lines)
        return Imported(lines, self._report)

    # Concepts

    def _read_domains(self) -> None:
        for _, (code, label) in self._rows("grand_domaine", "code_grand_domaine", "libelle_grand_domaine"):
            self._add_concept(code, label, "mkg:RomeDomain", code)
        for line, (code, label) in self._rows(
            "domaine_professionnel", "code_domaine_professionnel", "libelle_domaine_professionnel"
        ):
            self._add_concept(code, label, "mkg:RomeDomain", code)
            self._set_broader("domaine_professionnel", line, code, code[:1])

    def _read_fiches(self) -> None:
        table = "referentiel_code_rome"
        rows = list(self._rows(table, *_FICHE_COLUMNS))
        for line, (code, label, *_) in rows:
            self._add_new(table, line, code)
            self._add_concept(code, label, "mkg:RomeFiche", code)
        for line, (code, _, eco, num, demo, regulated, managerial, parent) in rows:
            self._add_flags(table, line, code, eco, num, demo, regulated, managerial)
            if parent and parent != code and self._resolves(table, line, parent):
                self._add(code, "mkg:hasParentFiche", _rome(parent))
        for line, (code, domain) in self._rows("cr_gd_dp", "code_rome", "code_domaine_professionel"):
            if self._resolves("cr_gd_dp", line, code):
                self._set_broader("cr_gd_dp", line, code, domain)
        self._report.counts["fiches"] = len(rows)

    def _read_texts(self) -> None:
        texts: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for line, (code, kind, position, sentence) in self._rows(
            "texte", "code_rome", "libelle_type_texte", "position_phrase", "libelle_texte"
        ):
            if self._resolves("texte", line, code):
                # This table, and no other, writes an apostrophe twice, as SQL does.
                said = squeeze(self._repaired("texte", line, sentence.replace("''", "'")))
                texts[code, kind].append((self._number("texte", line, position), said))
        predicates = {"definition": "skos:definition", "acces_metier": "mkg:hasAccessRequirements"}
        for (code, kind), sentences in texts.items():
            whole = "\n".join(sentence for _, sentence in sorted(sentences))
            if kind in predicates:
                self._add(code, predicates[kind], literal(whole, "fr"))
            else:
                self._report.notes.append(f"texte: {kind} of {code} is a kind of text that is not known; left out")

    def _read_appellations(self) -> None:
        table = "referentiel_appellation"
        count = 0
        for line, row in self._rows(table, *_APPELLATION_COLUMNS):
            code, label, short, fiche, eco, num, demo, regulated, managerial, rank, parent, rare = row
            count += 1
            self._add_new(table, line, code)
            self._add_concept(code, label, "mkg:RomeAppellation", code, other=short)
            self._add_flags(table, line, code, eco, num, demo, regulated, managerial)
            self._add_flag(table, line, code, "mkg:isRarelyUsed", rare)
            if self._set_broader(table, line, code, fiche) and rank == "PRINCIPALE":
                self._add(fiche, "mkg:hasMainAppellation", _rome(code))
            if parent and self._resolves(table, line, parent):
                self._add(code, "mkg:hasParentFiche", _rome(parent))
        self._report.counts["appellations"] = count

    def _read_competences(self) -> None:
        table = "referentiel_competence"
        rows = list(self._rows(table, *_COMPETENCE_COLUMNS))
        kinds = {"Savoir-faire": "mkg:RomeSkill", "Savoir-être professionnel": "mkg:RomeAttitude"}
        counts = {"mkg:RomeSkill": 0, "mkg:RomeAttitude": 0, "mkg:RomeMacroCompetence": 0}
        for line, (code, nature, label, definition, _, place, category, eco, num) in rows:
            self._add_new(table, line, code)
            if category not in kinds:
                raise self._wrong(table, line, "cat_comp", " or ".join(kinds), category)
            classes = ["mkg:RomeCompetence", kinds[category]]
            if nature == "Macro-compétence":
                classes.append("mkg:RomeMacroCompetence")
                self._add(code, "dcterms:identifier", text(place))
            for class_ in classes[1:]:
                counts[class_] += 1
            self._add_concept(code, self._repaired(table, line, label), classes, code)
            if definition:
                self._add(code, "skos:definition", literal(squeeze(definition), "fr"))
            self._add_flag(table, line, code, "mkg:concernsEcologicalTransition", eco)
            self._add_flag(table, line, code, "mkg:concernsDigitalTransition", num)
        for line, (code, _, _, _, macro, _, _, _, _) in rows:
            if macro:
                self._set_broader(table, line, code, macro)
        self._report.counts |= {
            "competences": len(rows),
            "of them savoir-faire": counts["mkg:RomeSkill"],
            "of them savoir-être": counts["mkg:RomeAttitude"],
            "of them macro-competences": counts["mkg:RomeMacroCompetence"],
        }

    def _read_knowledge(self) -> None:
        table = "referentiel_savoir"
        count = 0
        for line, (code, label, category, sub_category, eco, num) in self._rows(table, *_KNOWLEDGE_COLUMNS):
            count += 1
            self._add_new(table, line, code)
            self._add_concept(code, self._repaired(table, line, label), "mkg:RomeKnowledge", code)
            self._add_flag(table, line, code, "mkg:concernsEcologicalTransition", eco)
            self._add_flag(table, line, code, "mkg:concernsDigitalTransition", num)
            above = f"savoir-{_slug(category)}"
            group = f"{above}--{_slug(sub_category)}"
            if group not in self._kinds:
                self._add_concept(above, category, "mkg:RomeGroup")
                self._add_concept(group, sub_category, "mkg:RomeGroup")
                self._set_broader(table, line, group, above)
            self._set_broader(table, line, code, group)
        self._report.counts["savoirs"] = count

    def _read_contexts(self) -> None:
        table = "referentiel_contexte_travail"
        count = 0
        for line, (code, label, kind, kind_label) in self._rows(
            table, "code_ogr", "libelle_cont_travail", "code_type_cont_trav", "libelle_type_cont_trav"
        ):
            count += 1
            self._add_new(table, line, code)
            self._add_concept(code, label, "mkg:RomeContext", code)
            group = f"contexte-{kind}"
            self._add_concept(group, kind_label, "mkg:RomeGroup", kind)
            self._set_broader(table, line, code, group)
        self._report.counts["contexts"] = count

    def _read_tree(self) -> None:
        """Join the tree, which names macro-competences by label only, to their codes."""
        if not self._release.tree:
            self._report.notes.append(
                "no competence tree was given (rome_competences.xlsx), so macro-competences have nothing broader"
            )
            return
        by_label: dict[str, str] = {}
        places: dict[str, str] = {}
        for _, (code, nature, label, place) in self._rows(
            "referentiel_competence", "code_ogr", "nature", "libelle_competence", "code_macro_comp", told=False
        ):
            if nature == "Macro-compétence":
                by_label[match_key(label)] = code
                places[code] = place
        rows = 0
        for line, (domain, domain_label, stake, goal, macro) in read_sheet(
            self._release.tree, _TREE_SHEET, _TREE_COLUMNS
        ):
            if not macro:
                continue
            rows += 1
            code = by_label.pop(match_key(macro), "")
            if not code:
                reason = "no macro-competence of this release has that label"
                self._report.unresolved.append(Remark(self._release.tree.where, line, reason, macro))
                continue
            # A place such as 4A101: domain 4, stake A, goal 1, macro-competence 01.
            place = places[code]
            if place[:1] != domain:
                raise InputError(
                    f"{self._release.tree.where}, row {line}: {macro!r} stands in domain {domain}, but {place} is its "
                    f"place in release {self._release.version}; expected the tree of the same release"
                )
            levels = (
                (f"domaine-{place[:1]}", domain_label, place[:1]),
                (f"enjeu-{place[:2]}", stake, place[:2]),
                (f"objectif-{place[:3]}", goal, place[:3]),
            )
            for iri, label, notation in levels:
                self._add_concept(iri, label, "mkg:RomeGroup", notation)
            for (above, _, _), (below, _, _) in pairwise(levels):
                self._link(below, above)
            self._link(code, levels[-1][0])
        for code in by_label.values():
            reason = "a macro-competence that the tree does not have"
            self._report.unresolved.append(Remark(self._release.tree.where, 1, reason, code))
        self._report.files.append(FileRead(self._release.tree.where, "competence tree", rows))
        self._report.counts |= {
            f"{plural} of the tree": sum(code.startswith(f"{single}-") for code in self._kinds)
            for single, plural in (("domaine", "domains"), ("enjeu", "stakes"), ("objectif", "goals"))
        }

    # Relations

    def _read_items(self) -> None:
        table = "coherence_item"
        counts = {"links to items": 0, "of them core": 0, "of them emerging": 0}
        for line, (fiche, code, flag) in self._rows(table, "code_rome", "code_ogr", "coeur_metier"):
            if flag not in _COHERENCE:
                raise self._wrong(table, line, "coeur_metier", "empty, Principale or Émergente", flag)
            if not self._resolves(table, line, fiche) or not self._resolves(table, line, code):
                continue
            counts["links to items"] += 1
            self._items.add((fiche, code))
            if self._kinds[code] == "mkg:RomeContext":
                self._add(fiche, "mkg:hasRomeContext", _rome(code))
                continue
            self._add(fiche, "mkg:hasRomeCompetence", _rome(code))
            if flag:
                counts["of them core" if flag == "Principale" else "of them emerging"] += 1
                self._add(fiche, _COHERENCE[flag], _rome(code))
        self._report.counts |= counts

    def _check_links(self) -> None:
        """Tell where the table of links knows more than the table of items does: competences and contexts of fiches."""
        if "liens_rome_referentiels" not in self._release.tables:
            return
        table = "liens_rome_referentiels"
        for line, (fiche, block, code) in self._rows(table, "code_rome", "code_compo_bloc", "code_ogr"):
            if block in ("5", "6") and (fiche, code) not in self._items:
                reason = "a link that the table coherence_item does not have; left out"
                self._report.dropped.append(Remark(self._where(table), line, reason, f"{fiche} {code}"))

    def _read_mobilities(self) -> None:
        table = "rubrique_mobilite"
        count = 0
        for line, (start, target, order) in self._rows(table, "code_rome", "code_rome_cible", "numero_ordre"):
            if not self._resolves(table, line, start) or not self._resolves(table, line, target):
                continue
            count += 1
            mobility = f"{start}--{target}"
            self._add(start, "mkg:mobilityTo", _rome(target))
            self._add(start, "mkg:hasMobility", _rome(mobility))
            self._add(mobility, "rdf:type", name("mkg:RomeMobility"))
            self._add(mobility, "mkg:leadsToFiche", _rome(target))
            self._add(mobility, "mkg:order", integer(self._number(table, line, order)))
        self._report.counts["mobilities"] = count

    def _add_hierarchy(self) -> None:
        add = self._triples.add
        for child, above in ancestors(self._parents).items():
            for parent in self._parents[child]:
                add(_rome(child), _BROADER, _rome(parent))
                add(_rome(parent), _NARROWER, _rome(child))
            for ancestor in above:
                add(_rome(child), _ABOVE, _rome(ancestor))

    def _describe_graph(self) -> None:
        graph = f"<{graph_iri('rome')}>"
        version = self._release.version
        for predicate, value in (
            ("rdf:type", name("dcat:Dataset")),
            ("dcterms:title", literal(f"ROME 4.0, version {version}", "fr")),
            ("owl:versionInfo", text(version)),
            ("dcterms:license", f"<{_LICENCE}>"),
            ("dcterms:rights", literal(_ACKNOWLEDGEMENT, "fr")),
        ):
            self._triples.add(graph, name(predicate), value)
        self._report.versions[version] = [f"{len(self._release.tables)} tables"]

    # Reading and adding

    def _where(self, table: str) -> str:
        return self._release.tables[table].where

    def _rows(self, table: str, *columns: str, told: bool = True) -> Iterator[Row]:
        file: SourceFile = self._release.tables[table]
        if told:
            self._progress(file.name, self._done / self._total)
        count = 0
        for row in read_rows(file, columns):
            count += 1
            yield row
        if told:
            self._done += file.size
            self._report.files.append(FileRead(file.where, table, count))

    def _add(self, subject: str, predicate: str, value: str) -> None:
        self._triples.add(_rome(subject), name(predicate), value)

    def _add_concept(
        self, code: str, label: str, class_: str | Sequence[str], notation: str = "", other: str = ""
    ) -> None:
        classes = [class_] if isinstance(class_, str) else class_
        if code in self._kinds:
            return
        self._kinds[code] = classes[0]
        self._add(code, "rdf:type", name("skos:Concept"))
        for each in classes:
            self._add(code, "rdf:type", name(each))
        if notation:
            self._add(code, "skos:notation", text(notation))
        self._add(code, "skos:prefLabel", literal(squeeze(label), "fr"))
        if other and squeeze(other) != squeeze(label):
            self._add(code, "skos:altLabel", literal(squeeze(other), "fr"))

    def _add_new(self, table: str, line: int, code: str) -> None:
        if not code.isalnum() or not code.isascii():
            raise self._wrong(table, line, "code", "a code of letters and digits", code)
        if code in self._kinds:
            raise self._wrong(table, line, "code", "each code once", f"{code} a second time")

    def _add_flags(self, table: str, line: int, code: str, eco: str, *flags: str) -> None:
        if eco:
            if eco not in _ECOLOGICAL:
                raise self._wrong(table, line, "transition_eco", ", ".join(_ECOLOGICAL), eco)
            group, concerned = _ECOLOGICAL[eco]
            self._add_concept(group, eco, "mkg:RomeGroup")
            self._add(code, "mkg:hasEcologicalClass", _rome(group))
            self._add(code, "mkg:concernsEcologicalTransition", boolean(concerned))
        predicates = (
            "mkg:concernsDigitalTransition",
            "mkg:concernsDemographicTransition",
            "mkg:isRegulated",
            "mkg:isManagerial",
        )
        for predicate, flag in zip(predicates, flags, strict=True):
            self._add_flag(table, line, code, predicate, flag)

    def _add_flag(self, table: str, line: int, code: str, predicate: str, flag: str) -> None:
        if not flag:
            return
        if flag not in _TRUTH:
            raise self._wrong(table, line, predicate, "O, N or empty", flag)
        self._add(code, predicate, boolean(_TRUTH[flag]))

    def _set_broader(self, table: str, line: int, child: str, parent: str) -> bool:
        if not self._resolves(table, line, parent):
            return False
        self._link(child, parent)
        return True

    def _link(self, child: str, parent: str) -> None:
        if parent not in self._parents[child]:
            self._parents[child].append(parent)

    def _resolves(self, table: str, line: int, code: str) -> bool:
        if code in self._kinds:
            return True
        reason = "a code that no table of this release describes; left out"
        self._report.unresolved.append(Remark(self._where(table), line, reason, code))
        return False

    def _repaired(self, table: str, line: int, value: str) -> str:
        right = repair(value)
        if right != value:
            reason = "characters of Windows-1252 among UTF-8"
            self._report.repaired.append(Remark(self._where(table), line, reason, right))
        return right

    def _number(self, table: str, line: int, value: str) -> int:
        if not value.isascii() or not value.isdigit():
            raise self._wrong(table, line, "order", "a whole number", value)
        return int(value)

    def _wrong(self, table: str, line: int, column: str, expected: str, found: str) -> InputError:
        return InputError(f"{self._where(table)}, line {line}, {column}: expected {expected}; found {found!r}")


def _rome(code: str) -> str:
    return f"<{_BASE}{code}>"


@cache
def _slug(label: str) -> str:
    return slugify(label)
