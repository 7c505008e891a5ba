"""Questions that analysts ask of the two texts, and exactly what these say."""

from __future__ import annotations

import pytest

from tests.data.conftest import Ask

DELOCALISATION = {
    "Pilote d’installation / Opérateur machine",
    "Agent de finition et de contrôle",
    "Métiers de la production",
}
AUTOMATION = {
    "Pilote d’installation / Opérateur machine",
    "Électro-instrumentiste (validation process et équipement)",
    "Technicien de maintenance",
}
QUALITY_RULES = "Renforcement des règlements / normes qualité (« durcissement » des réglementations)"
LEGAL_CHANGES = "Évolutions réglementaires appelant des compétences juridiques et stratégiques"


def _column(rows: list[dict[str, object]], *columns: str, **only: object) -> set[object]:
    """The values, or tuples of values, of some columns in the rows where others have a given value."""
    kept = [row for row in rows if all(row[key] == value for key, value in only.items())]
    return {row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns) for row in kept}


def test_other_names_of_the_medical_representative(ask: Ask) -> None:
    """The text knows two other names of the délégué médical."""
    assert _column(ask("job-names", job="Délégué médical"), "name") == {"Visiteur médical", "Représentant médical"}


def test_four_domains_of_factors(ask: Ask) -> None:
    """Chapter 2 is built on four domains."""
    assert len(_column(ask("factor-domains"), "domain")) == 4


def test_fields_of_knowledge_of_the_environment_expert(ask: Ask) -> None:
    """The environment expert combines ecology, town planning and economics."""
    rows = ask("job-competences", job="Expert en environnement industriel")

    assert _column(rows, "competenceLabel", statedAs="explicit") == {
        "Connaissances en écologie",
        "Connaissances en urbanisme",
        "Connaissances en économie",
    }


def test_attitudes_of_the_laboratory_technician(ask: Ask) -> None:
    """Four attitudes and aptitudes are expressly asked of the laborantin."""
    rows = ask("job-competences", job="Laborantin")

    assert _column(rows, "competenceLabel", statedAs="explicit", kindLabel="Savoir-être et aptitude") == {
        "Rigueur",
        "Précision",
        "Soin",
        "Habileté manuelle",
    }


def test_steps_of_recruitment_in_order(ask: Ask) -> None:
    """Scientific recruitment has four steps, in this order."""
    rows = ask("recruitment-practices", type="step")

    assert list(dict.fromkeys((row["order"], row["practiceLabel"]) for row in rows)) == [
        (1, "Analyse des besoins internes"),
        (2, "Rédaction des fiches de poste"),
        (3, "Présélection et évaluation"),
        (4, "Collaboration RH – managers scientifiques"),
    ]


def test_digital_tools_of_recruitment(ask: Ask) -> None:
    """Firms use three digital tools."""
    assert _column(ask("recruitment-practices", type="tool"), "practiceLabel") == {
        "ATS",
        "Outils d’analyse de CV",
        "Plateformes d’entretien vidéo",
    }


@pytest.mark.parametrize(
    ("category", "jobs"),
    [
        (
            "category/growth",
            {
                "Responsable en recherche et développement (R&D)",
                "Clinical Research Associate (CRA)",
                "Clinical Project Manager (Responsable d’études cliniques)",
                "Pharmacien d’industrie",
                "Médecin clinicien",
            },
        ),
        (
            "category/emergence",
            {
                "Biostatisticien",
                "Technicien de production en culture cellulaire",
                "Medical Affairs Manager",
                "Pharmaco-économiste",
            },
        ),
    ],
)
def test_pharma_jobs_by_category(ask: Ask, category: str, jobs: set[str]) -> None:
    """The table places these jobs in pharma."""
    rows = ask("jobs-by-evolution", category=category, subSector="Industrie pharmaceutique - biopharmacie")

    assert _column(rows, "jobLabel") == jobs


def test_jobs_in_both_sub_sectors(ask: Ask) -> None:
    """Two jobs stand in both sub-sectors."""
    assert _column(ask("jobs-in-several-cells", severalOf="sub-sectors"), "jobLabel") == {
        "Business developer / Scientifique technico-commercial",
        "Cadre technique contrôle qualité",
    }


def test_job_in_two_categories_of_one_sub_sector(ask: Ask) -> None:
    """One job stands in two categories of one sub-sector."""
    rows = ask("jobs-in-several-cells", severalOf="categories-in-one-sub-sector")

    assert _column(rows, "jobLabel") == {"Cadre technique contrôle qualité"}


def test_growing_pharma_job_that_asks_for_project_management(ask: Ask) -> None:
    """Of the growing pharma jobs one expressly asks for project management."""
    rows = ask(
        "jobs-requiring-competence",
        competence="Gestion de projet",
        statedAs="explicit",
        category="category/growth",
        subSector="Industrie pharmaceutique - biopharmacie",
    )

    assert _column(rows, "jobLabel") == {"Clinical Project Manager (Responsable d’études cliniques)"}


def test_jobs_that_automation_makes_more_needed(ask: Ask) -> None:
    """Automation makes three jobs more needed."""
    rows = ask("effects-by-relation", factor="Automatisation de l’appareil productif", relation="raisesNeedFor")

    assert _column(rows, "targetLabel", statedAs="explicit") == AUTOMATION


def test_jobs_that_relocation_may_threaten(ask: Ask) -> None:
    """Relocation may threaten three jobs or groups, and the text says no more than may."""
    rows = ask("effects-by-relation", factor="Délocalisation", relation="threatens")

    assert _column(rows, "targetLabel", "modality") == {(label, "conditional") for label in DELOCALISATION}


def test_jobs_that_work_with_prevention_advisers(ask: Ask) -> None:
    """Two jobs work with prevention advisers."""
    assert _column(ask("job-relations", relation="worksWith", withGroup="Conseillers en prévention"), "jobLabel") == {
        "Responsable de la biosécurité",
        "Expert en environnement industriel",
    }


def test_who_directs_whom(ask: Ask) -> None:
    """Three jobs direct others, one of them two sorts of teams."""
    rows = ask("job-relations", relation="directs")

    assert _column(rows, "jobLabel", "otherLabel") == {
        ("Cadre technique contrôle qualité", "Équipes de techniciens ou de cadres"),
        ("Responsable en recherche et développement (R&D)", "Équipes de chercheurs"),
        ("Responsable en recherche et développement (R&D)", "Ingénieurs et techniciens"),
        ("Clinical Project Manager (Responsable d’études cliniques)", "Équipe du Clinical Project Manager"),
    }


def test_regulation_that_raises_needs(ask: Ask) -> None:
    """Four regulatory factors of the study raise the need for a job or a group."""
    rows = ask(
        "effects-by-relation",
        relation="raisesNeedFor",
        domain="regulatory",
        source="source/forem-2013",
        targetKind=["job", "job-group"],
    )

    assert _column(rows, "factorLabel", "targetLabel") == {
        ("Biosécurité (mesures et réglementations)", "Responsable de la biosécurité"),
        (QUALITY_RULES, "Fonctions Sécurité-Qualité-Environnement (SQE)"),
        (LEGAL_CHANGES, "Métiers orientés « corporate »"),
        ("Processus complexes imposés aux nouveaux médicaments", "Medical Writer"),
    }


def test_what_is_narrower_than_digital_tools(ask: Ask) -> None:
    """Three competences are narrower than digital tools."""
    assert _column(ask("competences-narrower", competence="Outils numériques"), "competenceLabel") == {
        "Analyses de données",
        "Intelligence artificielle",
        "LIMS",
    }


def test_jobs_that_share_project_management(ask: Ask) -> None:
    """Two jobs expressly ask for project management."""
    rows = ask("jobs-requiring-competence", competence="Gestion de projet", statedAs="explicit")

    assert _column(rows, "jobLabel") == {
        "Ingénieur en nanotechnologie",
        "Clinical Project Manager (Responsable d’études cliniques)",
    }


def test_jobs_that_share_the_growth_of_data(ask: Ask) -> None:
    """Data manager and biostatistician share a factor, and statistics."""
    rows = ask("jobs-sharing-a-factor", factor="Augmentation rapide de la quantité de données")

    assert _column(rows, "jobALabel", "jobBLabel", "competenceLabel") == {
        ("Biostatisticien", "Datamanager", "Statistiques")
    }


def test_competences_of_study_and_recruitment_article(ask: Ask) -> None:
    """Three competences are named in both."""
    rows = ask("competences-in-several-sources", source=["source/forem-2013", "source/recrutement-2025"])

    assert _column(rows, "competenceLabel") == {"Intelligence artificielle", "Développement galénique", "Rigueur"}


def test_roles_sought_that_the_study_knows(ask: Ask) -> None:
    """Of the roles sought in 2025 four are close to a job or function of the study."""
    rows = ask("roles-sought")

    assert _column([row for row in rows if row["match"]], "roleLabel", "matchLabel") == {
        ("Technicien qualité", "Technicien contrôle qualité"),
        ("Responsable QHSE", "Fonctions Sécurité-Qualité-Environnement (SQE)"),
        ("Expert des dossiers d’AMM, variations et conformité", "Expert en affaires réglementaires"),
        ("Pharmacien maîtrisant la réglementation européenne", "Pharmacien d’industrie"),
    }


def test_what_pharma_be_says(ask: Ask) -> None:
    """One fact is attributed to Pharma.be."""
    rows = ask("organisations", organisation="Pharma.be")

    assert len(_column([row for row in rows if row["link"] == "attributed"], "statement")) == 1


def test_profile_that_a_page_break_cuts(ask: Ask) -> None:
    """The profile of the ethics officer continues after two others."""
    rows = ask("profile-passages", job="Responsable éthique-déontologie-conformité")

    assert [(row["firstLine"], row["lastLine"]) for row in rows] == [(1156, 1162), (1225, 1251)]


def test_passages_on_artificial_intelligence(ask: Ask) -> None:
    """Artificial intelligence is named in two profiles of the study and three parts of the article."""
    rows = ask("passages-mentioning", text="intelligence artificielle")

    assert {str(row["section"]).rpartition("--")[2] for row in rows} == {
        "4-1-bi",
        "4-1-dat",
        "r-evol",
        "r-ctech",
        "r-ia",
    }


def test_publication_that_the_sheet_is_drawn_from(ask: Ask) -> None:
    """The sheet is part of a publication of September 2013 with an address."""
    rows = ask("sources")

    assert _column(rows, "date", "address", source="https://w3id.org/metiers-kg/source/forem-recueil-2013") == {
        ("2013-09", "http://www.leforem.be/chiffres/chiffres-et-analyses.html")
    }


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("Exportations", {(56, "exact", "2020"), (85, "exact", "2021"), (100, "exact", "2022"), (78, "exact", "2023")}),
        ("Pénurie annuelle de profils", {(400, "about")}),
        ("Besoin annuel moyen de nouveaux emplois", {(1500, "at-least")}),
        ("Part de l’emploi européen", {(10, "close-to")}),
        ("Nouveaux emplois créés", {(7000, "more-than")}),
    ],
)
def test_stated_figures(ask: Ask, indicator: str, expected: set[tuple[object, ...]]) -> None:
    """Figures keep their reserve: about, at least, close to."""
    rows = ask("figures", indicator=indicator)
    columns = ("value", "qualifier", "period")[: len(next(iter(expected)))]

    assert _column(rows, *columns, origin="stated") == expected


def test_changes_of_exports_are_computed_and_say_so(ask: Ask) -> None:
    """Exports rose by 44 and fell by 22 billion euros; both figures are marked as computed."""
    rows = ask("figures", indicator="Variation des exportations")

    assert _column(rows, "value", "unit", origin="computed") == {
        (44, "billion EUR"),
        (78.6, "%"),
        (-22, "billion EUR"),
        (-22, "%"),
    }


def test_ageing_raises_no_need(ask: Ask) -> None:
    """The ageing of the population raises the need for nobody."""
    rows = ask("factor-effects", factor="Vieillissement de la population")

    assert "raisesNeedFor" not in _column(rows, "relation")
    assert "hasNoMajorEffectOn" in _column(rows, "relation")


def test_reach_touches_no_job(ask: Ask) -> None:
    """The text names no job that REACH touches."""
    assert ask("jobs-touched-by-factor", factor="REACH") == []


def test_clinical_research_associate_needs_no_experience(ask: Ask) -> None:
    """No experience is asked of the CRA; it is asked of the project manager."""
    associate = ask("job-competences", job="Clinical Research Associate (CRA)")
    manager = ask("job-competences", job="Clinical Project Manager (Responsable d’études cliniques)")

    assert "Expérience confirmée" not in _column(associate, "competenceLabel")
    assert "Expérience confirmée" in _column(manager, "competenceLabel", statedAs="explicit")


def test_environment_expert_does_not_grow(ask: Ask) -> None:
    """Table and profile say that the job changes; section 2 that it should emerge; nothing that it grows."""
    rows = ask("job-evolution", job="Expert en environnement industriel")

    assert _column([row for row in rows if row["category"]], "category", "modality") == {
        ("https://w3id.org/metiers-kg/category/content-change", "stated"),
        ("https://w3id.org/metiers-kg/category/emergence", "conditional"),
    }


def test_labels_follow_the_language(ask: Ask) -> None:
    """The same question in English gives English labels."""
    assert "Carefulness" in _column(ask("job-competences", job="laborantin", lang="en"), "competenceLabel")
