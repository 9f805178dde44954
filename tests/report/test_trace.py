"""The trace in the report: per form and partner what was asked, what was found, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from decision.advice.advice import Advice, decide
from decision.eligibility.evaluation import Trace
from decision.eligibility.verdicts import PartnerVerdict, Verdict
from decision.load import Case, load_region
from decision.model.installed import data_folder
from decision.model.requirements import Comparison, Participants, Quantified
from decision.report.report import Report
from decision.report.view.asked import SIGNS, Phrases
from decision.words.catalogue import catalogue

REGION = "drechtsteden.yaml"
FORM = {"nl": "vorm", "en": "form"}


@cache
def case(lang: str = "nl", *changes: str) -> Case:
    """The region that comes with the program, with some changes."""
    return load_region(REGION, lang=lang, changes=changes)


@cache
def advice(lang: str = "nl", *changes: str) -> Advice:
    """The advice on that region."""
    return decide(case(lang, *changes))


def trace(found: Advice, lang: str = "nl", form: str = "md") -> str:
    """The chapter with the trace, without the digest at its end."""
    return re.sub(r"\n<!-- \S+ \w+ -->\n\Z", "", Report(found, lang, ["trace"]).text(form))


def plain(text: str) -> str:
    """Markdown without the marks by which data is only text."""
    return re.sub(r"\\(?=[^a-zA-Z0-9\s])", "", text)


def trees(text: str) -> dict[str, list[str]]:
    """The lines of every rule in the second part, by the name of the rule."""
    second = plain(text).split("\n### ")[2]
    found: dict[str, list[str]] = {}
    for line in second.splitlines():
        start = re.match(r"- (?:[✓✗?] )?\*\*(.+?)\*\*, ", line)
        if start:
            found[start[1]] = []
        if found and line.lstrip().startswith("- "):
            found[[*found][-1]].append(line)
    return found


def verdicts(found: Advice) -> Iterator[tuple[str, Verdict]]:
    """Every verdict on the region and on every partner, with its form."""
    all_of_them = found.eligibility
    for form, regional in all_of_them.forms.items():
        yield from ((form, one) for one in regional.verdicts)
        for partners in (all_of_them.municipalities, all_of_them.organisations):
            for own in partners.values():
                yield from ((form, one) for one in own[form].verdicts)


def leaves(of: Trace) -> Iterator[Trace]:
    """The facts that a trace holds against what was asked."""
    if isinstance(of.asked, Comparison):
        yield of
    if not isinstance(of.asked, Participants):  # told by the rules that make them take part
        for part in of.parts:
            yield from leaves(part)


def line_of(rule: str) -> int:
    """The line of the built-in rules on which a rule begins, as an editor counts."""
    lines = (data_folder("criteria") / "rules.yaml").read_text(encoding="utf-8").splitlines()
    return lines.index(f"  {rule}:") + 1


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_rule_is_there_with_its_forms_and_its_line(lang: str) -> None:
    """Whatever was held against the region or a partner can be found back in rules.yaml."""
    found = trees(trace(advice(lang), lang))
    asked = {(form, one.rule) for form, one in verdicts(advice(lang))}
    assert {rule for _, rule in asked} == found.keys()
    for form, rule in asked:
        told = re.search(rf"{FORM[lang]} ([^(]*) \((.*?criteria/rules\.yaml:\d+)\)", found[rule][0])
        assert told
        assert form in re.findall(r"\w+", told[1])
        assert told[2].endswith(f", criteria/rules.yaml:{line_of(rule)}")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_rule_is_said_to_guard_a_form_that_it_does_not(lang: str) -> None:
    """The forms of a rule are those that its verdicts are for, and no others."""
    asked = {(form, one.rule) for form, one in verdicts(advice(lang))}
    for rule, lines in trees(trace(advice(lang), lang)).items():
        told = re.search(rf"\*\*, .*?{FORM[lang]} ([^(]*) \(", lines[0])
        assert told
        forms = set(re.findall(r"\w+", told[1])) - {"en", "and"}
        assert forms == {form for form, one in asked if one == rule}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_fact_is_there_with_its_partner_value_and_place(lang: str) -> None:
    """Each fact stands under its rule, behind its own sign, with the file and line it is from."""
    found = trees(trace(advice(lang), lang))
    phrases = Phrases(advice(lang), catalogue(lang, "words"), lang)
    for _, verdict in verdicts(advice(lang)):
        for leaf in leaves(verdict.trace):
            stands = phrases.found(leaf)[2]
            told = [line for line in found[verdict.rule] if shows(line, phrases, leaf)]
            assert told, (verdict.rule, leaf)
            assert any(stands in line for line in told), (stands, told)


def shows(line: str, phrases: Phrases, leaf: Trace) -> bool:
    """Whether a line has the sign, the value and the name, and the right fact if it is named."""
    name, level = phrases.name(leaf.partner), phrases.traced(leaf, brief=True)[0]
    everyone = f"\u2013 {phrases.those(phrases.region.municipalities)[0]}."
    others = (one for one in phrases.region.municipalities if one != leaf.partner)
    but_one = (
        phrases.those(other for other in phrases.region.municipalities if other != one)[0]
        for one in others
    )
    alone = any(f" {name}{end}" in line for end in (" (", ";", "."))
    who = alone or everyone in line or any(f"\u2013 {group}" in line for group in but_one)
    return SIGNS[leaf.truth] in line and f"{level} \u2013 " in line and who


def test_a_fact_is_one_place_in_the_file_itself() -> None:
    """The line that is named is the line on which the file has the fact."""
    lines = (data_folder("regions") / REGION).read_text(encoding="utf-8").splitlines()
    found = trees(trace(advice()))["een-systeem"][0]
    (number,) = re.findall(r"regions/drechtsteden\.yaml:(\d+)", found)
    assert lines[int(number) - 1].strip().startswith("shared_system:")


def test_who_takes_part_is_told_for_every_form() -> None:
    """Scale rules count partners: who does and who does not, form by form, in one line each."""
    (top, *lines) = trees(trace(advice()))["minstens-twee-deelnemers"]
    assert top.startswith("- ✓ **minstens-twee-deelnemers**, vorm 1, 2, 3a, 3b, 4 en 5 (")
    five = "Alblasserdam, Dordrecht, Hendrik-Ido-Ambacht, Papendrecht en Zwijndrecht"
    said = f"  - ✓ minstens 2 gemeenten die meedoen aan vorm 3a. Wel: {five}. Niet: Sliedrecht."
    assert said in lines


def test_the_tree_of_a_rule_has_what_it_consists_of_below_it() -> None:
    """A count of municipalities that ask two things has two parts, each with its facts."""
    both = {"all": [{"fact": "vision", "is": "geen"}, {"fact": "pace", "is": "met_spoed"}]}
    asked = Quantified.model_validate({"municipalities": both, "count": 1})
    knowledge = case().knowledge
    rule = knowledge.rules["genoeg-inwoners"].model_copy(update={"requires": asked})
    rules = {**knowledge.rules, "genoeg-inwoners": rule}
    own = replace(case(), knowledge=knowledge.model_copy(update={"rules": rules}))
    (top, all_of_it, *parts) = trees(trace(decide(own)))["genoeg-inwoners"]
    assert top.startswith("- ✗ **genoeg-inwoners**, vorm 3a, 3b, 4 en 5 (")
    assert all_of_it.startswith("  - ✗ Dit alles. Niet: ")
    lines = [line for line in parts if re.match(r" {4}- ", line)]
    assert len(lines) == 2
    assert all(re.match(r" {6}- [✓✗?] .* \u2013 ", line) for line in parts if line not in lines)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_form_says_how_everybody_stands_on_it(lang: str) -> None:
    """Of each form: whether it is open, and everyone with the rules that still decide."""
    found, partners = advice(lang), case(lang).region
    first = plain(trace(found, lang)).split("\n### ")[1]
    blocks = re.split(r"\n\*\*(?=[✓✗?] )", first)[1:]
    assert len(blocks) == len(found.knowledge.forms)
    for (form, verdict), block in zip(found.eligibility.forms.items(), blocks, strict=True):
        assert block.startswith("✓") == verdict.eligible
        assert f" {form} " in block.splitlines()[0]
        region = block.splitlines()[2]
        assert rules_behind("✗", region) == {*verdict.excluded_by}
        assert rules_behind("?", region) == {*verdict.undecided_by}
        for name, member in partners.municipalities.items():
            assert_told(found, found.eligibility.municipalities[name][form], member.name, block)
        for name, organisation in partners.organisations.items():
            own = found.eligibility.organisations[name][form]
            assert_told(found, own, organisation.name, block)


def assert_told(found: Advice, own: PartnerVerdict, name: str, block: str) -> None:
    """Check that one line is about a partner, with the binding rules it breaks or leaves open."""
    (line,) = (one for one in block.splitlines() if name in one.partition(":** ")[0])
    binding = {r for r, rule in found.knowledge.rules.items() if rule.binds}
    assert rules_behind("✗", line) == binding & {*own.rules("no")}
    assert rules_behind("?", line) == binding & {*own.rules("unknown")}


def rules_behind(sign: str, line: str) -> set[str]:
    """The rules behind a sign in a line of the first part."""
    told = re.search(rf"{re.escape(sign)} ([^.]*)\.", line)
    return set(re.split(", | en | and ", told[1])) if told else set()


def test_an_unknown_fact_is_told_as_unknown() -> None:
    """What nobody knows stands behind a question mark, and where it was left open."""
    change = "facts.contact_insight=unknown"
    found = trees(trace(advice("nl", change)))["opdracht-te-formuleren"][0]
    assert found.startswith("- ? **opdracht-te-formuleren**")
    assert "Gevonden: onbekend \u2013 Drechtsteden (--set facts.contact_insight)." in plain(found)
    assert "✓ Vorm 3b" not in trace(advice("nl", change))


def test_what_stands_nowhere_has_no_place() -> None:
    """Of facts that nobody has declared it is said that they are unknown, and no more."""
    found = trees(trace(advice()))["vng-tarief"]
    assert len(found) == 1
    assert found[0].endswith("Gevonden: onbekend \u2013 alle gemeenten.")


def test_a_case_without_files_has_its_sources_all_the_same() -> None:
    """A region that is put together by a program has no lines; what was found is still told."""
    found = trace(decide(Case(case().knowledge, case().region)))
    assert ".yaml" not in found
    assert "(bron 1, hoofdstuk 2, aansluiteis 9)" in found
    assert "Samen Afhandelen over meerdere kanalen (eindsituatie) (lezing)). Gevraagd: één" in found
    assert not re.search(r"\( *\)|, *\)|\(,", found)


def test_a_region_without_organisations_has_no_rules_for_them() -> None:
    """What was asked of nobody is left out; the rest stays."""
    alone = replace(case(), region=case().region.model_copy(update={"organisations": {}}))
    found = trace(decide(alone))
    assert "Gevraagd van elke gemeente: " in found
    assert "Gevraagd van elke organisatie: " not in found
    assert "Regels voor elke organisatie" not in found
    assert len(trees(found)) == len(trees(trace(advice()))) - 2


def test_a_file_of_ones_own_is_told_by_its_name_only(tmp_path: Path) -> None:
    """The same region gives the same report, in whatever folder of whatever machine it is."""
    text = (data_folder("regions") / REGION).read_text(encoding="utf-8")
    found = []
    for folder in ("a", "b"):
        own = tmp_path / folder / "mijn_regio.yaml"
        own.parent.mkdir()
        own.write_text(text, encoding="utf-8")
        found.append(trace(decide(load_region(own))))
    assert found[0] == found[1]
    assert str(tmp_path) not in plain(found[0])
    assert "Drechtsteden (bron 1, hoofdstuk 5, mijn_regio.yaml:" in plain(found[0])


def test_a_relative_path_out_of_the_folder_is_told_by_its_name_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where somebody stood when the report was made is nobody's business."""
    text = (data_folder("regions") / REGION).read_text(encoding="utf-8")
    (tmp_path / "mijn.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    found = plain(trace(decide(load_region("../mijn.yaml"))))
    assert "../" not in found
    assert ", mijn.yaml:" in found


@pytest.mark.parametrize("name", ["<b>x</b>", "[a](b)", "**x**", "- punt", "a\n  - b", "{{ 1 }}"])
def test_markup_in_a_name_is_only_text(name: str) -> None:
    """Names of partners, rules and files are shown as they are and change nothing else."""
    tags = re.compile(r"<[^>]*>")
    hostile, same = called(name), called("Naam")
    assert tags.findall(trace(hostile, form="html")) == tags.findall(trace(same, form="html"))
    assert plain(trace(hostile)) == plain(trace(same)).replace("Naam", " ".join(name.split()))


def called(name: str) -> Advice:
    """The advice with another name for Sliedrecht."""
    region = case().region
    members = dict(region.municipalities)
    members["sliedrecht"] = members["sliedrecht"].model_copy(update={"name": name})
    return replace(advice(), region=region.model_copy(update={"municipalities": members}))


def test_a_rule_of_ones_own_may_have_any_name() -> None:
    """The name of a rule is data as well: it opens no list, link or tag."""
    knowledge = case().knowledge
    rules = {{"een-systeem": "<i>*[a](b)"}.get(id_, id_): r for id_, r in knowledge.rules.items()}
    own = replace(case(), knowledge=knowledge.model_copy(update={"rules": rules}))
    found = trace(decide(own), form="html")
    assert "&lt;i&gt;*[a](b)" in found
    assert "<i>" not in found
    assert "<a" not in found


def test_enough_of_one_kind_may_still_be_too_few() -> None:
    """Where everybody has what was asked and a count is not met, both signs are told."""
    knowledge = case().knowledge
    asked = {"municipalities": {"fact": "adopts_antwoord", "is": "ja"}, "count": 7}
    rule = knowledge.rules["minstens-twee-op-het-nummer"]
    more = rule.model_copy(update={"requires": Quantified.model_validate(asked)})
    rules = {**knowledge.rules, "minstens-twee-op-het-nummer": more}
    own = replace(case(), knowledge=knowledge.model_copy(update={"rules": rules}))
    top, below = trees(trace(decide(own)))["minstens-twee-op-het-nummer"]
    assert top.startswith("- ✗ **minstens-twee-op-het-nummer**, vorm 1 (")
    assert below.startswith("  - ✓ volgens Antwoord \u2013 Alblasserdam (bron 1, ")


def test_a_count_of_one_is_told_in_the_singular() -> None:
    """Asking one municipality is not asking `1 gemeenten`."""
    asked = Quantified.model_validate(
        {"municipalities": {"fact": "workshop", "is": "ja"}, "count": 1}
    )
    phrases = Phrases(case("en"), catalogue("en", "words"), "en")
    assert phrases.quantity(asked) == "at least one municipality"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("- a\n  - b\n    - c\n- d", "- a\n  - b\n    - c\n- d\n"),
        ("  - a\n      - b\n - c", "- a\n  - b\n- c\n"),
        ("- a\n    - b\n\n      - c\n", "- a\n  - b\n    - c\n"),
        ("- a\n  text\n  - b", "- a text\n  - b\n"),
        ("text\n\n    - a", "text\n\n- a\n"),
    ],
)
def test_an_item_stands_at_most_one_level_below_the_one_above(
    tmp_path: Path, given: str, expected: str
) -> None:
    """A list in a template can have lists in it, and never becomes a block of code."""
    own = tmp_path / "nl" / "sections" / "trace.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(given, encoding="utf-8")
    text = Report(advice(), wanted=["trace"], templates=tmp_path).text("md")
    assert text.partition("\n\n")[2].partition("\n*Uit: ")[0] == expected
