"""Where a worksheet's page is: its address as the visitor's browser shows it, and the QR code for it."""

from html import escape
from typing import TypeGuard
from urllib.parse import urlsplit

import segno
import streamlit as st

LONGEST = 300  # characters that a phone still reads off paper, at the size of the sheet
_OWN = ("localhost", "127.0.0.1", "[::1]", "0.0.0.0")


def address_of(browser: object) -> str:
    """Return the address of the page as its browser has said it, or as the server knows it until then."""
    return browser if _is_address(browser) else st.context.url or ""


def _is_address(browser: object) -> TypeGuard[str]:
    """Return whether a browser says an address as browsers do: anybody's client can say anything."""
    if not isinstance(browser, str) or not browser.isascii() or len(browser.split("?")[0]) > LONGEST:
        return False
    try:
        return urlsplit(browser).scheme in ("http", "https")
    except ValueError:  # half a bracket
        return False


def address_html(address: str) -> str:
    """Return the address and its QR code; says so where others can't reach it, or where it is too long."""
    parts = urlsplit(address)
    short, notes = address, []
    if len(address) > LONGEST:
        short = address.split("?")[0]
        notes.append("The settings in view are too long for a QR code: it opens the page as it is at first.")
    if parts.hostname and parts.hostname in {name.strip("[]") for name in _OWN}:
        notes.append("This address is that of one computer alone: open the course by its network address, "
                     "and make the sheet there.")  # fmt: skip
    code = segno.make(short or "?", error="l").svg_inline(scale=3, border=2, light="#fff") if short else ""
    warning = f"<p><b>{' '.join(notes)}</b></p>" if notes else ""
    picture = f'<span role="img" aria-label="QR code of this address">{code}</span>' if code else ""
    return f'<div class="address">{picture}<p>{escape(short)}</p>{warning}</div>'
