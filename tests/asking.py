"""
Asks as curl does with the options that our documents use, and fails where the answer is an error.

It stands in for curl in the tests, so that these need nothing but Python, and an error is no answer.
"""

import argparse
import sys
from pathlib import Path
from urllib.parse import quote_plus
from urllib.request import Request, urlopen


def _body(options: argparse.Namespace) -> bytes | None:
    given = options.data
    return Path(given[1:]).read_bytes() if given and given.startswith("@") else given and given.encode()


def _address(options: argparse.Namespace) -> str:
    pairs = (value.partition("=") for value in options.data_urlencode if options.get)
    query = "&".join(f"{name}={quote_plus(value)}" for name, _, value in pairs)
    return f"{options.address}?{query}" if query else options.address


def main() -> None:
    """Ask, and print the answer."""
    known = argparse.ArgumentParser()
    known.add_argument("address")
    known.add_argument("-X", dest="method")
    known.add_argument("-H", dest="headers", action="append", default=[])
    known.add_argument("-d", "--data-binary", dest="data")
    known.add_argument("-G", dest="get", action="store_true")
    known.add_argument("--data-urlencode", action="append", default=[])
    options = known.parse_args()
    headers = dict(header.split(": ", 1) for header in options.headers)
    asked = Request(_address(options), _body(options), headers, method=options.method)  # noqa: S310 - documents' own
    with urlopen(asked, timeout=60) as answer:  # noqa: S310 - the same
        sys.stdout.write(answer.read().decode() + "\n")


if __name__ == "__main__":
    main()
