"""Chinese first, complete English: no word is said in one language only."""

from __future__ import annotations

import gettext
import io
import re
import tokenize
from pathlib import Path

from django.conf import settings

from tests.support.catalogue import Entry, entries, gathered

ROOT: Path = settings.BASE_DIR
APPS = ("cms", "community", "councils", "points", "volunteers")
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HAN = re.compile(r"[\u4e00-\u9fff]")

MAY_SPEAK_CHINESE = {
    "community/components/search.py": "the example of a search, which is a search for Chinese",
    "community/masking.py": "number plates",
    "community/policies/accounts.py": "words by which a name passes for an office",
    "community/services/accounts.py": "the plants and birds of which aliases are made",
    "community/sms.py": "text messages, which are short and go to Chinese numbers",
    "config/data.py": "what is said before anybody has chosen a language: both",
    "config/management/commands/demo_reset.py": "both languages, for the same reason",
    "config/management/commands/serve.py": "both languages, for the same reason",
    "config/settings/base.py": "the name of the site",
    "config/trouble.py": "both languages, for the same reason",
}
"""Modules whose Chinese is what they are about, and why. `config` speaks both on the console."""

PROPER_NAMES = {"中文", "邻里园"}
"""What is called so in every language."""


def strings_of(path: Path) -> list[tuple[int, str]]:
    """Return the string literals of a module, without its docstrings and comments."""
    found, starts_statement = [], True
    for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline):
        if token.type == tokenize.STRING and not starts_statement:
            found.append((token.start[0], token.string))
        if token.type in (tokenize.NL, tokenize.COMMENT):
            continue
        starts_statement = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT) or (
            token.type == tokenize.STRING and starts_statement
        )
    return found


def is_chinese(text: str) -> bool:
    for name in PROPER_NAMES:
        text = text.replace(name, "")
    return bool(HAN.search(text))


def sources(pattern: str) -> list[Path]:
    """Return the files that speak to people; the demo county is told in Chinese."""
    folders = [ROOT / "templates", ROOT / "static", *(ROOT / app for app in APPS)]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob(pattern)
        if not {"demo", "demo_data", "migrations"} & set(path.parts)
        and str(path.relative_to(ROOT)) not in MAY_SPEAK_CHINESE
    )


class TestEnglish:
    """The sources are in English, so that English is complete by itself."""

    def test_is_what_modules_speak(self):
        spoken = [
            f"{path.relative_to(ROOT)}:{line}: {text}"
            for path in sources("*.py")
            for line, text in strings_of(path)
            if is_chinese(text)
        ]

        assert not spoken, "\n".join(spoken)

    def test_is_what_templates_speak(self):
        spoken = [
            f"{path.relative_to(ROOT)}: {line.strip()}"
            for path in sources("*.html")
            for line in re.sub(
                r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}",
                "",
                path.read_text(),
                flags=re.DOTALL,
            ).splitlines()
            if is_chinese(line)
        ]

        assert not spoken, "\n".join(spoken)

    def test_is_what_scripts_speak(self):
        """Their words come from the templates, in data attributes."""
        spoken = [
            f"{path.relative_to(ROOT)}: {line.strip()}"
            for path in sources("*.js")
            for line in re.sub(
                r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(), flags=re.DOTALL
            ).splitlines()
            if is_chinese(line)
        ]

        assert not spoken, "\n".join(spoken)


class TestChinese:
    def test_has_every_string_of_the_sources(self, tmp_path, monkeypatch):
        known = {entry.key for entry in entries(CATALOGUE)}

        lacking = [e.msgid for e in gathered(tmp_path, monkeypatch) if e.key not in known]

        assert not lacking, "\n".join(lacking)

    def test_says_every_string_for_certain(self):
        unsaid = [e.msgid for e in entries(CATALOGUE) if not e.said or e.is_fuzzy]

        assert not unsaid, "\n".join(unsaid)

    def test_keeps_every_placeholder(self):
        """A plural's Chinese says the number even where the English singular does not."""
        broken = [
            entry.msgid
            for entry in entries(CATALOGUE)
            if entry.said and placeholders(entry.said) != placeholders(entry.plural or entry.msgid)
        ]

        assert not broken, "\n".join(broken)

    def test_is_compiled_as_it_stands(self):
        with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
            chinese = gettext.GNUTranslations(compiled)

        stale = [
            entry.msgid
            for entry in entries(CATALOGUE)
            if entry.said and not entry.is_fuzzy and said_by(chinese, entry) != entry.said
        ]

        assert not stale, "\n".join(stale)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


def said_by(chinese: gettext.GNUTranslations, entry: Entry) -> str:
    if entry.plural and entry.context:
        return chinese.npgettext(entry.context, entry.msgid, entry.plural, 1)
    if entry.plural:
        return chinese.ngettext(entry.msgid, entry.plural, 1)
    if entry.context:
        return chinese.pgettext(entry.context, entry.msgid)
    return chinese.gettext(entry.msgid)
