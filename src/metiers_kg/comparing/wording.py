"""The words of comparisons in a terminal, in French and English; other languages are told in English."""

from __future__ import annotations

__all__ = ["say"]

_WORDS: dict[str, tuple[str, str]] = {
    "nearest": ("Les plus proches de {job}", "Nearest to {job}"),
    "none-near": (
        "Aucun métier n’a de compétence en commun avec {job}.",
        "No job has a competence in common with {job}.",
    ),
    "shared": ("partagées", "shared"),
    "partly": ("partagées en partie", "partly shared"),
    "missing": ("manquantes", "missing"),
    "beyond": ("en plus", "beyond"),
    "through": ("par {concept}", "through {concept}"),
    "no-competence": ("aucune", "none"),
    "compared": ("De {job} vers {other}", "From {job} to {other}"),
    "value": ("mesure", "measure"),
    "there": ("aller", "there"),
    "back": ("retour", "back"),
    "explicit": ("explicite", "explicit"),
    "inferred": ("lu entre les lignes", "read between the lines"),
    "conditional": ("au conditionnel", "conditional"),
    "essential": ("essentielle", "essential"),
    "optional": ("optionnelle", "optional"),
    "emerging": ("émergente", "emerging"),
    "why": (
        "Conclu par le raisonnement : metiers-kg explain {triple}",
        "Concluded by reasoning: metiers-kg explain {triple}",
    ),
    "reachable": (
        "Métiers dont {job} couvre au moins {threshold} (qui demandent {least} compétences ou plus) : {count}",
        "Jobs that {job} covers at least {threshold} of (asking for {least} competences or more): {count}",
    ),
    "openings": (
        "Compétences qui, une fois apprises, ouvrent d’autres métiers",
        "Competences that open more jobs once learnt",
    ),
    "opens": ("ouvre {count}", "opens {count}"),
    "no-openings": (
        "Aucune compétence n’ouvre à elle seule un autre métier.",
        "No competence alone opens another job.",
    ),
    "feeders": ("Métiers qui mènent à {job}", "Jobs that lead to {job}"),
    "no-feeders": ("Aucun métier n’a de compétence de {job}.", "No job has a competence of {job}."),
    "training": (
        "La plus courte liste avec laquelle tous couvrent {threshold} de {job}",
        "The shortest list with which all of them cover {threshold} of {job}",
    ),
    "training-greedy": (
        "Une liste avec laquelle tous couvrent {threshold} de {job}, faite pas à pas : une plus courte peut exister",
        "A list with which all of them cover {threshold} of {job}, made step by step: a shorter one may exist",
    ),
    "not-reached": ("Même avec tout cela, tous n’y arrivent pas.", "Even with all of this, not all of them get there."),
    "nothing-to-learn": ("rien à apprendre", "nothing to learn"),
    "reached": ("puis {score}", "then {score}"),
    "recurring": (
        "Ce qui manque sur les {count} chemins vers les métiers de : {sector}",
        "What is missing on the {count} ways into the jobs of: {sector}",
    ),
    "no-ways": (
        "Aucun métier dont on connaît les compétences dans : {sector}",
        "No job whose competences are known in: {sector}",
    ),
    "unknown-jobs": ("Sans compétence connue : {jobs}", "No competence known of: {jobs}"),
    "clusters": ("Groupes de métiers proches à {threshold} ou plus", "Groups of jobs near by {threshold} or more"),
    "no-clusters": ("Aucune paire de métiers n’est aussi proche.", "No pair of jobs is as near."),
    "held-by": ("tenus par", "held together by"),
    "of-jobs": ("{count} sur {all}", "{count} of {all}"),
    "alone": ("Proches d’aucun autre : {jobs}", "Near no other: {jobs}"),
    "about": (
        "{measure} ; compétences : {kinds} ; poids selon {reference} ; {place}",
        "{measure}; competences: {kinds}; weighed on {reference}; {place}",
    ),
    "all-measures": ("toutes les mesures", "all measures"),
    "reference-own": (
        "les {jobs} métiers de ce graphe (importer ESCO ou ROME donne des poids plus sûrs)",
        "the {jobs} jobs of this graph (importing ESCO or ROME gives surer weights)",
    ),
    "reference": ("{vocabulary} {version} ({jobs} métiers)", "{vocabulary} {version} ({jobs} jobs)"),
    "place-study": ("parmi les métiers de ce graphe", "among the jobs of this graph"),
    "place-esco": ("parmi les professions d’ESCO {version}", "among the occupations of ESCO {version}"),
    "place-rome": ("parmi les fiches du ROME {version}", "among the fiches of ROME {version}"),
    "kinds-essential": ("essentielles", "essential"),
    "kinds-optional": ("optionnelles", "optional"),
    "kinds-emerging": ("émergentes", "emerging"),
    "caution": (
        "Une mesure de compétences nommées dans des textes, pas une prévision de mobilité.",
        "A measure of competences named in texts, not a forecast of mobility.",
    ),
}


def say(key: str, lang: str, **values: object) -> str:
    """Return a phrase in French, or else in English, with its *values* filled in.

    >>> say("opens", "en", count=3)
    'opens 3'
    """
    french, english = _WORDS[key]
    return (french if lang == "fr" else english).format(**values)
