"""The one address of an article: what the publisher calls canonical, if that can be believed, without tracking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ada_url import URL, URLSearchParams

from limitedtimes.extract.tree import words

# Query parameters that say where a reader came from, and nothing about what is read.
_TRACKING: Final = words(
    """fbclid gclid gclsrc dclid msclkid yclid ysclid twclid igshid igsh mc_cid mc_eid _ga _gl gbraid wbraid ref_src
    ref_url cmpid cmp icid ns_campaign ns_mchannel ns_source ns_linkname wt_mc wt_zmc xtor xtref s_cid mkt_tok
    ocid spm scid smid sharetype share sfmc_id amp output_type outputtype from_source fromsource ito rss ncid
    utm_id ut_source at_medium at_campaign traffic_source trk trkcampaign pk_campaign pk_kwd pk_source piwik_campaign
    mtm_campaign mtm_source mtm_medium mtm_kwd __twitter_impression"""
)
_TRACKING_PREFIXES: Final = ("utm_", "pk_", "mtm_", "hsa_", "ns_", "at_", "wt_", "__hs", "_hs", "oly_", "vero_", "stm_")
_SECOND_LEVEL: Final = frozenset(
    {"co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "web", "info", "gen"}
)


def absolute(address: str, base: str) -> str:
    """An http(s) address, resolved against ``base`` by the WHATWG URL standard, or "" for what is none."""
    address = address.strip()
    if not address or address.startswith(("data:", "javascript:", "#")):
        return ""
    try:
        url = URL(address, base) if base else URL(address)
    except ValueError:
        return ""
    return str(url.href) if url.protocol in ("http:", "https:") and url.hostname else ""


def canonical(candidates: Iterable[str], page_url: str, hosts: tuple[str, ...] = ()) -> str:
    """The first candidate that is on the page's own site (or a host of its source) and is no front page; else the page.

    Fragments and tracking parameters are dropped. Of a page without an address of its own (a file), any candidate
    is believed; "" where there is none.
    """
    base = page_url if host_of(page_url) else ""
    for candidate in candidates:
        url = absolute(candidate, base)
        if url and _same_site(url, base, hosts) and (not is_front_page(url) or is_front_page(base)):
            return without_tracking(url)
    return without_tracking(base)


def host_of(address: str) -> str:
    """The host of an http(s) address, or "" for any other."""
    try:
        url = URL(address)
    except ValueError:
        return ""
    return str(url.hostname) if url.protocol in ("http:", "https:") else ""


def without_tracking(address: str) -> str:
    """An address without fragment and without parameters that say where a reader came from."""
    try:
        url = URL(address)
    except ValueError:
        return address
    url.hash = ""
    if url.search:
        parameters = URLSearchParams(url.search)
        kept = [(name, value) for name, value in parameters.items() if not _is_tracking(name)]
        if len(kept) != parameters.size:
            parameters = URLSearchParams("")
            for name, value in kept:
                parameters.append(name, value)
            url.search = str(parameters)
    return str(url.href)


def is_front_page(address: str) -> bool:
    """Whether an address is a site's root, or the root of one of its language editions."""
    if not host_of(address):
        return False
    url = URL(address)
    path = url.pathname.strip("/").lower()
    edition = len(path) == 2 and path.isalpha()
    return not url.search and (edition or path in ("", "index.html", "index.htm", "index.php", "home"))


def site(host: str) -> str:
    """The registrable part of a host name: a good guess without the public-suffix list."""
    labels = host.lower().removeprefix("www.").split(".")
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


def _same_site(url: str, base: str, hosts: tuple[str, ...]) -> bool:
    host = host_of(url)
    return not base or site(host) == site(host_of(base)) or host in hosts


def _is_tracking(name: str) -> bool:
    name = name.lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
