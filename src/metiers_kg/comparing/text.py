"""The text of comparisons, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import partial

from metiers_kg.comparing.telling import Document
from metiers_kg.comparing.wording import say
from metiers_kg.queries.names import short_name

__all__ = ["clusters_text", "comparison_text", "feeders_text", "missing_text", "neighbours_text", "reachable_text"]

_LISTS = ("shared", "partly", "missing")
_MOST_LISTED = 12
"""Of one list beside a score, so many competences are written out."""


class _Page:
    """Lines wrapped to a width, in a language."""

    def __init__(self, lang: str, width: int) -> None:
        self.say = partial(say, lang=lang)
        self._width = max(width, 40)
        self._lines: list[str] = []

    def line(self, text: str = "", indent: int = 0, hanging: int | None = None) -> None:
        first, rest = " " * indent, " " * (indent + 2 if hanging is None else hanging)
        wrapped = textwrap.wrap(text, self._width, initial_indent=first, subsequent_indent=rest)
        self._lines += wrapped or [""]

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def about(self, about: Document) -> None:
        """Say how it was measured."""
        reference = about["reference"]
        own = reference["vocabulary"] == "study"
        vocabulary = {"esco": "ESCO", "rome": "ROME"}.get(reference["vocabulary"], "")
        told = self.say("reference-own", jobs=reference["jobs"]) if own else self.say(
            "reference", vocabulary=vocabulary, version=reference["version"], jobs=reference["jobs"]
        )  # fmt: skip
        measure = f"{about['measure']} = {about['formula']}" if "measure" in about else self.say("all-measures")
        place = self.say(f"place-{about['in']}", version=about["version"])
        kinds = ", ".join(self.say(f"kinds-{kind}") for kind in about["kinds"])
        self.line()
        self.line(self.say("about", measure=measure, kinds=kinds, reference=told, place=place))
        self.line(self.say("caution"))

    def lists(self, told: Document, indent: int) -> None:
        """Write what is shared, partly shared and missing, each on its line."""
        for name in _LISTS:
            if told[name]:
                self.line(f"{self.say(name)} ({len(told[name])}): {self._some(told[name])}", indent)

    def _some(self, competences: Sequence[Document]) -> str:
        shown = [self._competence(competence) for competence in competences[:_MOST_LISTED]]
        more = ["…"] if len(competences) > _MOST_LISTED else []
        return " · ".join(shown + more)

    def _competence(self, competence: Document) -> str:
        through = competence.get("through")
        if through and through["iri"] != competence["iri"]:
            return f"{competence['label']} ({self.say('through', concept=through['label'])})"
        return str(competence["label"])


def neighbours_text(document: Document, lang: str = "fr", width: int = 100) -> str:
    """Return the jobs nearest to one, each with its lists."""
    page = _Page(lang, width)
    job = document["job"]["label"]
    page.line(page.say("nearest" if document["neighbours"] else "none-near", job=job))
    for rank, near in enumerate(document["neighbours"], start=1):
        page.line()
        page.line(f"{rank:>2}. {near['label']}  {near['score']:.3f}", 0, 4)
        page.lists(near, 4)
    page.about(document["about"])
    return page.text()


def comparison_text(document: Document, lang: str = "fr", width: int = 100) -> str:
    """Return two jobs compared: values both ways, and every competence with what the texts say of it."""
    page = _Page(lang, width)
    page.line(page.say("compared", job=document["job"]["label"], other=document["other"]["label"]))
    page.line()
    page.line(f"  {page.say('value'):<18}{page.say('there'):>8}{page.say('back'):>8}")
    for name, told in document["values"].items():
        page.line(f"  {name:<18}{_number(told['value']):>8}{_number(told['back']):>8}")
    for name in (*_LISTS, "beyond"):
        page.line()
        page.line(f"{page.say(name).capitalize()} ({len(document[name])})")
        for competence in document[name]:
            through = competence.get("through")
            way = ""
            if through is not None:
                by = ", ".join(own["label"] for own in competence["by"] if own["iri"] != through["iri"])
                way = f" ({page.say('through', concept=through['label'])}{f': {by}' if by else ''})"
            page.line(f"- {competence['label']}{way}", 2)
            for side, owner in (("of", "job"), ("with", "other")):
                if competence[side]:
                    for sentence in _evidence(page, competence[side]):
                        page.line(f"{document[owner]['label']}: {sentence}", 6)
    for why in document["why"]:
        ends = (short_name(document[key]["iri"]) for key in ("job", "other"))
        triple = f" {why['property']} ".join(ends)
        page.line()
        page.line(page.say("why", triple=triple))
    page.about(document["about"])
    return page.text()


def reachable_text(document: Document, lang: str = "fr", width: int = 100) -> str:
    """Return the jobs within reach of one, and what opens others."""
    page, about = _Page(lang, width), document["about"]
    page.line(
        page.say(
            "reachable",
            job=document["job"]["label"],
            threshold=_share(about["threshold"]),
            least=about["least"],
            count=document["total"],
        )
    )
    for near in document["reachable"]:
        page.line()
        page.line(f"{near['label']}  {near['score']:.3f}", 2)
        page.lists(near, 4)
    page.line()
    page.line(page.say("openings" if document["openings"] else "no-openings"))
    for opening in document["openings"]:
        jobs = " · ".join(f"{job['label']} {job['score']:.2f}" for job in opening["jobs"])
        page.line(f"- {opening['label']}: {page.say('opens', count=opening['opens'])} ({jobs})", 2)
    page.about(about)
    return page.text()


def feeders_text(document: Document, lang: str = "fr", width: int = 100) -> str:
    """Return the jobs that lead to one, and what they have to learn."""
    page, about = _Page(lang, width), document["about"]
    job = document["job"]["label"]
    page.line(page.say("feeders" if document["feeders"] else "no-feeders", job=job))
    for near in document["feeders"]:
        page.line()
        page.line(
            f"{near['label']}  {near['score']:.3f}, {page.say('reached', score=format(near['reached'], '.3f'))}", 2
        )
        page.lists(near, 4)
    if document["feeders"]:
        page.line()
        key = "training" if document["shortest"] else "training-greedy"
        page.line(page.say(key, threshold=_share(about["threshold"]), job=job))
        if not document["training"]:
            page.line(page.say("nothing-to-learn"), 2)
        for competence in document["training"]:
            page.line(f"- {competence['label']}", 2)
        if not document["reaches"]:
            page.line(page.say("not-reached"))
    page.about(about)
    return page.text()


def missing_text(document: Document, lang: str = "fr", width: int = 100) -> str:
    """Return what is missing most often on the ways into a sub-sector."""
    page = _Page(lang, width)
    sector = document["subSector"]["label"]
    if document["category"]:
        sector += f" — {document['category']['label']}"
    key = "recurring" if document["transitions"] else "no-ways"
    page.line(page.say(key, count=document["transitions"], sector=sector))
    for told in document["missing"]:
        jobs = " · ".join(job["label"] for job in told["askedBy"])
        page.line(f"{_share(told['prevalence']):>5}  {told['label']} ({jobs})", 2, 9)
    if document["unknown"]:
        page.line()
        page.line(page.say("unknown-jobs", jobs=", ".join(job["label"] for job in document["unknown"])))
    page.about(document["about"])
    return page.text()


def clusters_text(document: Document, lang: str = "fr", width: int = 100) -> str:
    """Return the groups of jobs that hang together."""
    page = _Page(lang, width)
    key = "clusters" if document["clusters"] else "no-clusters"
    page.line(page.say(key, threshold=f"{document['about']['threshold']:g}"))
    for cluster in document["clusters"]:
        page.line()
        page.line("● " + " · ".join(job["label"] for job in cluster["jobs"]))
        page.line(f"{page.say('held-by')}: {_ties(page, cluster)}", 4)
    if document["alone"]:
        page.line()
        page.line(page.say("alone", jobs=", ".join(job["label"] for job in document["alone"])))
    page.about(document["about"])
    return page.text()


def _ties(page: _Page, cluster: Document) -> str:
    every = len(cluster["jobs"])
    told = (f"{tie['label']} ({page.say('of-jobs', count=len(tie['jobs']), all=every)})" for tie in cluster["ties"])
    return " · ".join(told) or page.say("no-competence")


def _evidence(page: _Page, side: Document) -> Iterator[str]:
    """Yield how a job asks for a competence, and where that is said."""
    if "source" in side:
        yield f"{', '.join(page.say(kind) for kind in side['kinds'])} ({side['source']})"
        return
    for said in side["requirements"]:
        marks = [page.say(said["kind"]), page.say(said["statedAs"])]
        marks += [page.say("conditional")] if said["modality"] == "conditional" else []
        places = "; ".join(passage["label"] for passage in said["passages"])
        yield f"{', '.join(marks)} ({places})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
