"""From what an advice was made, in sentences for the end of a document."""

from __future__ import annotations

from collections.abc import Mapping

from decision.advice.advice import Advice
from decision.load.receipt import combined
from decision.words.catalogue import Messages
from decision.words.numbers import Numbers

__all__ = ["receipt_sentences"]

_SHORT = 8  # characters of a digest, by which a reader can tell two files apart


def receipt_sentences(
    advice: Advice, words: Messages, numbers: Numbers, templates: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Version and inputs with short digests; the date and the draws; the options, if any.

    ``templates`` has the digest of each template of the user's own, by name.
    """
    made, asked, say = advice.receipt, advice.request, words.say
    region = [_named(one) for one in made.inputs.get("region", {}).items()]
    parts = [*region]
    if knowledge := made.inputs.get("knowledge"):
        parts.append(say("receipt.knowledge", digest=combined(knowledge)[:_SHORT]))
    for code, own in (("criteria", made.inputs.get("criteria")), ("templates", templates)):
        if own:
            names = numbers.listing(map(_named, sorted(own.items())))
            parts.append(say(f"receipt.{code}", names=names))
    told = (
        [say("receipt.made", version=made.version, inputs=numbers.listing(parts))] if parts else []
    )
    date, draws = numbers.date(advice.as_of), numbers.number(asked.draws)
    told.append(say("receipt.drawn", date=date, draws=draws, seed=asked.seed))
    options = [f"--set {one}" for one in made.changes]
    if made.as_of is not None:
        options.append(f"--as-of {made.as_of}")
    if made.weights is not None:
        options.append(f"--weights {made.weights}")
    if options:
        told.append(say("receipt.options", options="; ".join(options)))
    return tuple(told)


def _named(file: tuple[str, str]) -> str:
    name, digest = file
    return f"{name} ({digest[:_SHORT]})"
