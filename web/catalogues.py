"""Gettext catalogues: the .po files that translators edit, read as they are, so no compiled file can be stale."""

from __future__ import annotations

from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def catalogue(code: str, domain: str = "pages", package: str = "web") -> Catalog:
    """The messages of one language as its .po file has them, `<package>/locale/<code>/LC_MESSAGES/<domain>.po`."""
    with (files(package) / "locale" / code / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=code, domain=domain)


def compiled(read: Catalog) -> GNUTranslations:
    """The same, to ask messages of."""
    file = BytesIO()
    write_mo(file, read)
    file.seek(0)
    return GNUTranslations(file)
