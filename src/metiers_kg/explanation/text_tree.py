"""The text of an account, a tree for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from metiers_kg.explanation.account import Account, Node
from metiers_kg.explanation.evidence import Evidence, Passage
from metiers_kg.explanation.wording import say

__all__ = ["to_text"]

_MOST_PASSAGES = 3
"""Of the passages about a thing, so many are shown."""

_NARROWEST = 40
"""Text is not wrapped to less than this."""


def to_text(account: Account, width: int = 100) -> str:
    """Return an account as a tree, its lines wrapped at *width* characters where words allow."""
    return "\n".join(_Tree(account, width).lines()) + "\n"


class _Tree:
    def __init__(self, account: Account, width: int) -> None:
        self._account = account
        self._width = width
        self._lang = account.lang
        self._told: set[str] = set()

    def lines(self) -> Iterator[str]:
        account = self._account
        if not account.explanations:
            yield from self._wrapped(account.sentence, "", "")
            yield from self._wrapped(self._say("no-tree"), "", "")
            return
        several = len(account.explanations) > 1
        for number, explanation in enumerate(account.explanations, 1):
            if several:
                if number > 1:
                    yield ""
                others = self._say("semicolon").join(leaf.sentence for leaf in explanation.others)
                heading = self._say("explanation", number=number)
                yield from self._wrapped(heading + (self._say("colon") + others if others else ""), "", "")
            yield from self._node(explanation.tree, "", "")
        closing = "more" if not account.is_complete else "complete-many" if several else "complete-one"
        yield ""
        yield self._say(closing)

    def _node(self, node: Node, first: str, rest: str) -> Iterator[str]:
        """Yield the lines of a node; *first* stands before its first line, *rest* before the others."""
        yield from self._wrapped(node.sentence, first, rest)
        below = [axiom for axiom in node.axioms if axiom.status == "inferred"] + list(node.premises)
        bar = rest + ("│  " if below else "   ")
        for remark in self._remarks(node):
            yield from self._wrapped(remark, bar, bar)
        for child in below:
            is_last = child is below[-1]
            yield from self._node(child, rest + ("└─ " if is_last else "├─ "), rest + ("   " if is_last else "│  "))

    def _remarks(self, node: Node) -> Iterator[str]:
        if not node.is_told:
            yield f"({self._say('untold-loop' if node.is_loop else 'untold-unnamed')})"
        if node.rule is not None:
            about = dict.fromkeys(axiom.sentence for axiom in node.axioms if axiom.status != "inferred")
            words = self._say("axiomatic") if node.status == "axiomatic" else self._say("semicolon").join(about)
            yield f"[{node.rule.name}] {words or node.rule.words}"
        elif node.graph == "ontology":
            yield f"[{self._say('axiom')}]"
        elif node.evidence is None:
            yield f"[{self._say('links' if node.graph == 'links' else 'asserted')}]"
        else:
            yield from self._sources(node.evidence)

    def _sources(self, evidence: Evidence) -> Iterator[str]:
        how = [self._say(evidence.stated_as or "asserted")]
        if evidence.modality == "conditional":
            how.append(self._say("conditional"))
        if evidence.kind == "thing":
            how.append(self._say("thing", thing=self._say("quote", text=evidence.of.label)))
        is_repeated = evidence.of.term in self._told
        self._told.add(evidence.of.term)
        yield f"[{', '.join([*how, self._say('above')] if is_repeated else how)}]"
        if is_repeated:
            return
        shown = evidence.passages if evidence.kind != "thing" else evidence.passages[:_MOST_PASSAGES]
        yield from map(self._passage, shown)
        if len(evidence.passages) > len(shown):
            yield self._say("more-passages", number=len(evidence.passages) - len(shown))

    def _passage(self, passage: Passage) -> str:
        quotes = " … ".join(self._say("quote", text=segment.quote) for segment in passage.segments)
        return passage.passage.label + (self._say("colon") + quotes if quotes else "")

    def _wrapped(self, text: str, first: str, rest: str) -> list[str]:
        room = max(self._width - len(rest), _NARROWEST)
        lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
        return [first + lines[0], *(rest + line for line in lines[1:])]

    def _say(self, key: str, **values: object) -> str:
        return say("chrome", key, self._lang, **values) or ""
