"""Where the knowledge comes from: at the right place, and marked where it is our reading."""

from __future__ import annotations

from decision.load import load_knowledge

READ = {
    *("loket-om-de-hoek", "hergebruik", "eigen-medewerkers", "grip-in-de-regio", "wil-samenwerken"),
    *("gelijke-leveringsprocessen", "een-systeem", "aanleiding-benutten", "regionale-trekker"),
    *("regionale-visie-nodig", "regionale-visie-telefonie", "extern-mag-afhandelen"),
    *("ligt-in-netnummer", "wil-een-ingang", "rollen-verdeeld"),
}
"""Rules that make a condition or a fact of what the source describes, wishes or doubts."""


def test_what_the_source_does_not_say_literally_is_a_reading() -> None:
    """Whoever checks a rule against its source finds what it says, or that it is a reading."""
    rules = load_knowledge().rules
    assert {
        name for name in READ if not (rules[name].source and rules[name].source.reading)
    } == set()


def test_a_citation_leads_to_its_place() -> None:
    """Staff who change over are in table 5.3, and working by Antwoord is requirement 9."""
    knowledge = load_knowledge()
    moving = knowledge.activities["medewerkers-voordragen"].source
    adopting = knowledge.rules["werkt-volgens-antwoord"].source
    assert "tabel 5.3, kenmerk 8" in moving.place
    assert adopting.place == "hoofdstuk 2, aansluiteis 9"
    assert "les 4" in knowledge.rules["wil-samenwerken"].source.place


def test_each_rule_says_which_kind_of_thing_it_is() -> None:
    """What a source describes as the end is work, and a wish warns: no form drops out for it."""
    rules = load_knowledge().rules
    ends = {name for name, rule in rules.items() if rule.otherwise == "asks_work"}
    assert ends == {
        *("gelijke-leveringsprocessen", "een-systeem"),
        *("partner-gekozen", "klantgerichte-cultuur"),
        *("nummer-heeft-beheerder", "kosten-zijn-verdeeld", "doorverbinden-gekozen"),
        *("achtervang-geregeld", "noodnummers-geregeld"),
    }
    assert all(rules[name].remedy is not None for name in ends)
    for name in ("eigen-medewerkers", "grip-in-de-regio", "zelfde-uitgangspunten"):
        assert rules[name].otherwise == "warns"
    lacking = {n for n, one in rules.items() if "4" in one.guards and one.otherwise == "excludes"}
    assert {name for name in lacking if rules[name].kind != "scale"} == {
        *("regionale-visie-nodig", "visie-bij-de-meesten"),
        *("capaciteit-bij-de-meesten", "kennis-bij-de-meesten"),
    }
