#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which folder of src/ may include which, and which heavy header belongs to which folder (CONTRIBUTING, rule 1)."""
import re
import sys
from pathlib import Path

from sources import CPP, ROOT, project_files, report

SERVICES = ("guest", "node", "network", "storage", "nodedev", "secret", "nwfilter", "interface")
BELOW_SERVICES = {"base", "schema", "model", "host", "protocol", "service"}

# folder → folders it may include besides itself; a folder that is not here may include nothing
LAYERS = {
    "base": set(),
    "schema": {"base"},
    "model": {"base", "schema"},
    "protocol": {"base", "schema"},
    "host": {"base"},
    "service": {"base", "protocol"},
    **{service: BELOW_SERVICES for service in SERVICES},
    "hypervisor/qemu": BELOW_SERVICES | {"guest"},
    "hypervisor/test": BELOW_SERVICES | {"guest"},
    "daemon": {"base", "schema", "model", "protocol", "host", "service", "hypervisor/qemu", "hypervisor/test", *SERVICES},
    "client": {"base", "protocol"},
    "cli": {"base", "schema", "model", "client", "protocol", "host"},
}

# start of a library's header → the only folders or files that may include it: what is slow to compile or ties us
# to one library stays behind our own narrow interfaces
HEAVY = {
    "uv.h": {"base/io"},
    "spdlog/": {"base/log.cpp"},
    "libxml/": {"schema"},
    "boost/json": {"schema", "network", "hypervisor/qemu", "cli", "client", "daemon/http", "host/images", "host/foreign_filter.cpp"},
    "boost/": {"schema", "network", "hypervisor/qemu", "cli", "client", "daemon/http", "host/images", "host/foreign_filter.cpp"},
    "gnutls/": {"daemon", "client", "hypervisor/qemu/sealing.cpp"},
    "sasl/": {"daemon", "client"},
    "systemd/": {"base", "daemon"},
    "histedit.h": {"cli"},
    "editline/": {"cli"},
    "cap-ng.h": {"host"},
    "libmnl/": {"host/netlink"},
    "nftables/": {"host/nftables.cpp"},
}
LIGHT = {"boost/json/fwd.hpp"}  # declarations only: anybody may

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def folder_of(path):
    """The layer that a path below src/ belongs to: its longest name in LAYERS, else its first folder."""
    parts = Path(path).parts
    two = "/".join(parts[:2])
    return two if two in LAYERS else parts[0]


def check(path, lines):
    """Problems of one file; path is relative to src/."""
    problems = []
    own = folder_of(path)
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        quote, header = found.groups()
        where = f"src/{path}:{number}: "
        if quote == '"':
            other = folder_of(header)
            if "/" not in header:
                problems.append(where + f'"{header}" must be written relative to src/')
            elif own not in LAYERS:
                problems.append(where + f"folder {own} is not in the table of tools/check_layers.py")
            elif other != own and other not in LAYERS[own]:
                problems.append(where + f"{own} may not include {other} ({header})")
            continue
        if header in LIGHT:
            continue
        for start, homes in HEAVY.items():
            if header.startswith(start):
                if not any(Path(path).is_relative_to(home) for home in homes):
                    problems.append(where + f"<{header}> belongs in {', '.join(sorted(homes))} only")
                break
    return problems


def main():
    problems = []
    for path in project_files(CPP, ["src"]):
        text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
        problems += check(str(path.relative_to("src")), text.splitlines())
    report("check_layers", problems)


if __name__ == "__main__":
    sys.exit(main())
