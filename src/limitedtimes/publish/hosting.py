"""What web servers and hosts want to be told about files: headers, redirects, addresses without an ending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from limitedtimes.edition.settings import Settings
from limitedtimes.publish.folder import OWN
from limitedtimes.publish.manifest import Entry
from limitedtimes.web.guard import security_headers
from limitedtimes.web.shelf import IMMUTABLE, REVALIDATE

MOST_REDIRECTS: Final = 1000
"""Lines of ``_redirects``: GitLab Pages reads no more (https://docs.gitlab.com/user/project/pages/redirects/),
Cloudflare Pages 2,000. The pages that stand at these addresses lead on by themselves."""


def headers_file(settings: Settings) -> bytes:
    """``_headers``, as Netlify and Cloudflare Pages read it."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in security_headers(settings).items())]
    return _text([*lines, "/static/*", f"  cache-control: {IMMUTABLE}"])


def redirects(entries: Iterable[Entry], last: Iterable[str]) -> Mapping[str, str]:
    """Address → where it leads: what moved first, then the addresses in ``last``, in that order."""
    found = {entry.address: entry.target for entry in entries if entry.target}
    lead_on = {address: found.pop(address) for address in last if address in found}
    return found | lead_on


def redirects_file(leads: Mapping[str, str]) -> bytes:
    """``_redirects``, as Netlify, Cloudflare Pages and GitLab Pages read it."""
    return _text(f"{address} {target} 301" for address, target in [*leads.items()][:MOST_REDIRECTS])


def nginx_map(leads: Mapping[str, str]) -> bytes:
    """The inside of a ``map`` of nginx."""
    return _text(f'"{address}" "{target}";' for address, target in leads.items())


def nginx_server(settings: Settings) -> bytes:
    """The inside of a ``server`` block of nginx whose root is the folder: the same addresses, without a slash more."""
    common = [f'  add_header {name} "{value}" always;' for name, value in security_headers(settings).items()]
    return _text(
        [
            "# Written anew by each `limitedtimes publish`.",
            "error_page 404 /404.html;",
            "charset utf-8;",
            "gzip on;",
            "gzip_types text/css text/javascript application/javascript application/json application/atom+xml "
            "application/rss+xml image/svg+xml;",
            f"location ^~ /{OWN}/ {{ return 404; }}",
            "location ^~ /_ { return 404; }",
            "location ^~ /static/ {",
            *common,
            f'  add_header cache-control "{IMMUTABLE}";',
            "}",
            "location / {",
            *common,
            f'  add_header cache-control "{REVALIDATE}";',
            "  try_files $uri $uri/index.html =404;",
            "}",
        ]
    )


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
