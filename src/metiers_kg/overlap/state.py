"""Spaces kept in a file beside the graph, so that who asks need not make them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from metiers_kg.overlap.profiles import Profiles
from metiers_kg.overlap.space import Space, Translation
from metiers_kg.overlap.terms import Terms
from metiers_kg.overlap.weights import Reference, Weights

__all__ = ["FORMAT", "STATE", "load_spaces", "save_spaces"]

STATE = "overlap.npz"
"""The file of the build folder that holds the spaces."""

FORMAT = 2
"""Version of the layout of the file; raised when it changes."""

_COLUMNS = ("entry_job", "entry_competence", "entry_kinds", "narrower", "broader")
_TERMS = ("sorts", "starts", "numbers", "label_idf", "job_idf")


def save_spaces(spaces: Mapping[str, Space], path: Path) -> None:
    """Write spaces to *path*."""
    arrays: dict[str, Any] = {}
    told: dict[str, Any] = {"format": FORMAT, "spaces": {}}
    for name, space in spaces.items():
        profiles, weights = space.profiles, space.weights
        told["spaces"][name] = {"version": space.version, "reference": _as_dict(weights.reference)}
        texts = {
            "jobs": profiles.jobs,
            "competences": profiles.competences,
            "words": space.terms.words,
            "translations": [
                "\t".join((concept, *found)) for concept, every in sorted(space.translations.items()) for found in every
            ],
        }
        arrays |= {f"{name}.{key}": _encode("\n".join(lines)) for key, lines in texts.items()}
        arrays |= {f"{name}.{key}": getattr(profiles, key) for key in _COLUMNS}
        arrays |= {f"{name}.{key}": getattr(space.terms, key) for key in _TERMS}
        arrays |= {f"{name}.idf": weights.idf, f"{name}.ic": weights.ic, f"{name}.native": space.is_native}
    arrays["about"] = _encode(json.dumps(told, sort_keys=True))
    with path.open("wb") as file:
        np.savez(file, **arrays)


def load_spaces(path: Path) -> dict[str, Space] | None:
    """Return the spaces that ``save_spaces`` wrote to *path*, or None where there is no such file of this layout."""
    try:
        # Opened here: numpy leaves a file that is no archive open.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            told = json.loads(_decode(file["about"]))
            if told.get("format") != FORMAT:
                return None
            return {name: _read(file, name, about) for name, about in told["spaces"].items()}
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return None


def _read(file: Mapping[str, Any], name: str, about: Mapping[str, Any]) -> Space:
    jobs, competences, words, lines = (
        tuple(filter(None, _decode(file[f"{name}.{key}"]).split("\n")))
        for key in ("jobs", "competences", "words", "translations")
    )
    translations: dict[str, list[Translation]] = {}
    for line in lines:
        concept, competence, relation = line.split("\t")
        translations.setdefault(concept, []).append(Translation(competence, relation))
    return Space(
        name,
        about["version"],
        Profiles(jobs, competences, *(file[f"{name}.{key}"] for key in _COLUMNS)),
        Weights(file[f"{name}.idf"], file[f"{name}.ic"], Reference(**about["reference"])),
        file[f"{name}.native"],
        {concept: tuple(found) for concept, found in translations.items()},
        Terms(words=words, **{key: file[f"{name}.{key}"] for key in _TERMS}),
    )


def _as_dict(reference: Reference) -> dict[str, Any]:
    return {name: getattr(reference, name) for name in Reference.__dataclass_fields__}


def _encode(text: str) -> Any:
    return np.frombuffer(text.encode(), np.uint8)


def _decode(data: Any) -> str:
    return bytes(data).decode()
