#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the tables of src/protocol/tables/ into C++: structures, describe() functions, procedure rows, constants.

Usage: generate_protocol.py TABLES OUTPUT [--list]

The files of OUTPUT are only touched when their text changes, so a build after a change to one row compiles little.
--list prints the names of the files instead of writing them; the build asks for it at configure time.
"""
import os
import re
import sys

PROGRAMS = ["remote", "qemu", "lxc", "admin"]

# Header of a row by the longest prefix of its name; the first field that matches wins.
TOPICS = [
    ("Auth", "auth"), ("Connect", "connect"),
    ("DomainMigrate", "domain_migration"), ("DomainSnapshot", "domain_snapshot"),
    ("DomainCheckpoint", "domain_snapshot"), ("DomainBackup", "domain_snapshot"),
    ("DomainRevertToSnapshot", "domain_snapshot"), ("DomainHasCurrentSnapshot", "domain_snapshot"),
    ("DomainListAllSnapshots", "domain_snapshot"), ("DomainListAllCheckpoints", "domain_snapshot"),
    ("Domain", "domain"), ("Network", "network"), ("Interface", "interface"), ("Storage", "storage"),
    ("NodeDevice", "nodedev"), ("NodeListDevices", "nodedev"), ("NodeNumOfDevices", "nodedev"), ("Node", "node"),
    ("Secret", "secret"), ("Nwfilter", "nwfilter"),
]
HEADERS = ["auth_calls", "connect_calls", "domain_calls", "domain_events", "domain_migration_calls",
           "domain_snapshot_calls", "network_calls", "interface_calls", "storage_calls", "nodedev_calls", "node_calls",
           "secret_calls", "nwfilter_calls", "qemu_calls", "lxc_calls", "admin_calls"]
# Source files: a few of about the same size, since each one costs the headers again.
SOURCES = {
    "connect": ["auth_calls", "connect_calls", "secret_calls"],
    "domain": ["domain_calls"],
    "domain_more": ["domain_migration_calls", "domain_snapshot_calls"],
    "domain_events": ["domain_events"],
    "network": ["network_calls", "interface_calls", "nwfilter_calls"],
    "storage": ["storage_calls", "nodedev_calls", "node_calls"],
    "others": ["qemu_calls", "lxc_calls", "admin_calls"],
}
FIXED_TYPES = {
    "i32": ("std::int32_t", " = 0", 4), "u32": ("std::uint32_t", " = 0", 4), "i64": ("std::int64_t", " = 0", 8),
    "u64": ("std::uint64_t", " = 0", 8), "f64": ("double", " = 0", 8), "uuid": ("Uuid", "", 16),
    "string": ("std::string", "", 4),
}
SPDX = "// SPDX-License-Identifier: Apache-2.0\n// Made by tools/generate_protocol.py from src/protocol/tables/.\n"


class TableError(Exception):
    pass


def read_table(path):
    """Rows as dictionaries; the first line that is no comment names the columns."""
    columns = None
    rows = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            if columns is None:
                columns = cells
                continue
            if len(cells) != len(columns):
                raise TableError(f"{path}:{number}: {len(cells)} columns, {len(columns)} expected")
            rows.append(dict(zip(columns, cells)) | {"at": f"{path}:{number}"})
    return rows


class Protocol:
    def __init__(self, tables):
        self.limits = {}
        self.enums = {}
        self.types = {}  # C++ name -> {"program", "fields", "note"}; shared structures in order
        self.least = {"TypedParam": 12}  # structure -> least bytes in XDR
        self.constants = read_table(os.path.join(tables, "constants.tsv"))
        self.flags = {f"{row['group']}.{row['name']}": int(row["value"]) for row in self.constants}
        for row in read_table(os.path.join(tables, "types.tsv")):
            if row["kind"] == "limit":
                self.limits[row["name"]] = int(row["fields"])
            elif row["kind"] == "enum":
                self.enums[row["name"]] = row["fields"]
            else:
                row["fields"] = self.fields(row)
                self.types[row["name"]] = row
                self.add_least(row["name"], row["fields"])
        self.rows = {}
        for program in PROGRAMS:
            self.rows[program] = read_table(os.path.join(tables, program + ".tsv"))
            for expected, row in enumerate(self.rows[program], 1):
                if int(row["number"]) != expected:
                    raise TableError(f"{row['at']}: number {row['number']} where {expected} is due")
                self.complete(program, row)

    def complete(self, program, row):
        row["program"] = program
        row["event"] = row["kind"] == "event"
        row["fields"] = self.fields(row, "args")
        row["result_fields"] = self.fields(row, "result")
        row["args_type"] = row["name"] if row["event"] else row["name"] + "Args"
        row["result_type"] = None if row["event"] else row["name"] + "Result"
        self.add_least(row["args_type"], row["fields"])
        if not row["event"]:
            self.add_least(row["result_type"], row["result_fields"])
        if program != "remote":
            row["header"] = program + "_calls"
            return
        for prefix, topic in TOPICS:
            if row["name"].startswith(prefix):
                row["header"] = "domain_events" if row["event"] and topic == "domain" else topic + "_calls"
                return
        raise TableError(f"{row['at']}: no topic for {row['name']}")

    def fields(self, row, column="fields"):
        if row[column] == "-":
            return []
        result = []
        for part in row[column].split(", "):
            match = re.fullmatch(r"(\w+):(\w+)(\[\w+\])?(\?)?", part)
            if not match:
                raise TableError(f"{row['at']}: cannot read field '{part}'")
            name, kind, bound, optional = match.groups()
            limit = None if bound is None else self.limit(bound[1:-1], row)
            known = kind in FIXED_TYPES or kind in self.enums or kind in self.least
            if not known and kind not in ("bytes", "char_text", "char_text_fixed", "char_bytes"):
                raise TableError(f"{row['at']}: unknown type '{kind}'")
            result.append((name, kind, limit, bool(optional)))
        return result

    def limit(self, text, row):
        if text.isdigit():
            return text, int(text)
        if text not in self.limits:
            raise TableError(f"{row['at']}: unknown limit '{text}'")
        return "limits::" + text, self.limits[text]

    def add_least(self, name, fields):
        total = 0
        for _, kind, limit, optional in fields:
            if kind == "char_text_fixed":
                total += 4 * limit[1]
            elif optional or limit is not None:
                total += 4
            else:
                total += self.element_least(kind)
        self.least[name] = total

    def element_least(self, kind):
        if kind in FIXED_TYPES:
            return FIXED_TYPES[kind][2]
        return 4 if kind in self.enums else self.least[kind]


# ---- structures

def member(field):
    name, kind, limit, optional = field
    if kind in ("bytes", "char_bytes"):
        return f"    Blob {name};"
    if kind in ("char_text", "char_text_fixed"):
        return f"    std::string {name};"
    base, start, _ = FIXED_TYPES.get(kind, (kind, "", 0))
    if limit is not None:
        return f"    std::vector<{base}> {name};"
    if optional:
        return f"    std::optional<{base}> {name};"
    return f"    {base} {name}{start if kind != 'AuthType' else ' = AuthType::none'};"


def walk(protocol, field):
    name, kind, limit, _ = field
    quoted = f'"{name}", value.{name}'
    if kind == "bytes":
        return f"    wire.blob({quoted}, {limit[0]});"
    if kind == "char_bytes":
        return f"    wire.char_blob({quoted}, {limit[0]});"
    if kind in ("char_text", "char_text_fixed"):
        return f"    wire.{kind}({quoted}, {limit[0]});"
    if limit is not None:
        return f"    wire.list({quoted}, {{{limit[0]}, {protocol.element_least(kind)}}});"
    return f"    wire.field({quoted});"


def structure(name, fields, extra=(), comment=None, compare=False):
    lines = [f"/// {comment}"] if comment else []
    lines.append(f"struct {name} {{")
    lines += [f"    {line}" for line in extra]
    lines += [member(field) for field in fields]
    if compare:
        lines += ["", f"    bool operator==(const {name}&) const = default;"]
    lines.append("};")
    if fields:
        lines.append(f"void describe(Wire& wire, {name}& value);")
    else:
        lines.append(f"inline void describe(Wire&, {name}&) {{}}")
    return lines + [""]


def describe(protocol, name, fields):
    if not fields:
        return []
    return [f"void describe(Wire& wire, {name}& value) {{"] + [walk(protocol, field) for field in fields] + ["}", ""]


def in_namespace(program, lines):
    """`lines` in the program's namespace, which is yado::protocol itself for the main program."""
    if not lines:
        return []
    name = "yado::protocol" if program == "remote" else "yado::protocol::" + program
    return [f"namespace {name} {{", ""] + lines + [f"}} // namespace {name}", ""]


def types_header(protocol):
    lines = [SPDX + "// Limits, and the structures that several calls share.", "#pragma once", "",
             '#include "protocol/wire.h"', "", "namespace yado::protocol {", "",
             "/// Most elements of a counted array, or most bytes of counted bytes.", "namespace limits {"]
    lines += [f"inline constexpr std::uint32_t {name} = {value};" for name, value in protocol.limits.items()]
    lines += ["} // namespace limits", ""]
    for name, values in protocol.enums.items():
        lines += [f"enum class {name} : std::int32_t {{ {values} }};", ""]
    lines += ["} // namespace yado::protocol", ""]
    for program in PROGRAMS:
        body = []
        for name, row in protocol.types.items():
            if row["program"] == program:
                comment = None if row["note"] == "-" else row["note"]
                body += structure(name, row["fields"], comment=comment, compare=True)
        lines += in_namespace(program, body)
    return lines


def types_source(protocol):
    lines = [SPDX.rstrip("\n"), '#include "protocol/types.h"', ""]
    for program in PROGRAMS:
        body = []
        for name, row in protocol.types.items():
            if row["program"] == program:
                body += describe(protocol, name, row["fields"])
        lines += in_namespace(program, body)
    return lines


def rows_of(protocol, header):
    return [row for program in PROGRAMS for row in protocol.rows[program] if row["header"] == header]


def call_structures(row):
    number = f"static constexpr ProcedureId procedure = ids::{row['name']};"
    since = "" if row["since"] == "-" else f", since {row['since']}"
    api = row["name"] if row["api"] == "-" else row["api"]
    if row["event"]:
        return structure(row["name"], row["fields"], [number])
    lines = structure(row["result_type"], row["result_fields"])
    return lines + structure(row["args_type"], row["fields"], [f"using Result = {row['result_type']};", number],
                             comment=api + since)


def calls_header(protocol, header):
    lines = [SPDX.rstrip("\n"), "#pragma once", "", '#include "protocol/procedure_ids.h"',
             '#include "protocol/types.h"', ""]
    rows = rows_of(protocol, header)
    body = [line for row in rows for line in call_structures(row)]
    return lines + in_namespace(rows[0]["program"], body)


def body_name(program, name):
    return name if program == "remote" else f"{program}_{name}"


def calls_source(protocol, source):
    headers = SOURCES[source]
    lines = [SPDX.rstrip("\n")] + [f'#include "protocol/{header}.h"' for header in headers]
    lines += ['#include "protocol/procedure_bodies.h"', ""]
    for header in headers:
        rows = rows_of(protocol, header)
        program = rows[0]["program"]
        body = []
        for row in rows:
            body += describe(protocol, row["args_type"], row["fields"])
            if not row["event"]:
                body += describe(protocol, row["result_type"], row["result_fields"])
        lines += in_namespace(program, body)
        namespace = "protocol::" if program == "remote" else f"protocol::{program}::"
        lines += ["namespace yado::protocol::bodies {", ""]
        for row in rows:
            for name in (row["args_type"], row["result_type"]):
                if name is not None:
                    lines += [f"constinit const BodyType {body_name(program, name)} = "
                              f'body_type<{namespace}{name}>("{name}");']
        lines += ["", "} // namespace yado::protocol::bodies", ""]
    return lines


def bodies_header(protocol):
    lines = [SPDX.rstrip("\n"), "#pragma once", "", '#include "protocol/body.h"', "",
             "namespace yado::protocol::bodies {", ""]
    for program in PROGRAMS:
        for row in protocol.rows[program]:
            for name in (row["args_type"], row["result_type"]):
                if name is not None:
                    lines.append(f"extern const BodyType {body_name(program, name)};")
    return lines + ["", "} // namespace yado::protocol::bodies"]


def ids_header(protocol):
    lines = [SPDX + "// The number of every call and event.", "#pragma once", "", '#include "protocol/programs.h"', ""]
    for program in PROGRAMS:
        body = ["namespace ids {"]
        body += [f"inline constexpr ProcedureId {row['name']}{{program::{program}, {row['number']}}};"
                 for row in protocol.rows[program]]
        lines += in_namespace(program, body + ["} // namespace ids", ""])
    return lines


# ---- rows

def flag_value(protocol, row, text):
    value = 0
    for name in text.split("|"):
        if name not in protocol.flags:
            raise TableError(f"{row['at']}: unknown constant '{name}'")
        value |= protocol.flags[name]
    return value


def condition(protocol, row, text):
    """C++ for "ARG&FLAGS", "ARG=VALUE", "!FLAGS" or "FLAGS"."""
    for sign, when in (("=", "equals"), ("&", "any_set")):
        argument, found, value = text.partition(sign)
        if found:
            return argument, f'{{When::{when}, "{argument}", {flag_value(protocol, row, value)}}}'
    when = "none_set" if text.startswith("!") else "any_set"
    return "flags", f'{{When::{when}, "flags", {flag_value(protocol, row, text.lstrip("!"))}}}'


def checked(row, pair):
    argument, code = pair
    if argument not in [name for name, _, _, _ in row["fields"]]:
        raise TableError(f"{row['at']}: no argument '{argument}'")
    return code


def acl_rules(protocol, row):
    if row["acl"] == "-":
        return []
    rules = []
    for part in row["acl"].split(" & "):
        match = re.fullmatch(r"(\w+)\.(\w+)(?:\[(.+)\])?", part)
        if not match:
            raise TableError(f"{row['at']}: cannot read rule '{part}'")
        when = "{}" if match[3] is None else checked(row, condition(protocol, row, match[3]))
        rules.append(f'{{"{match[1]}", "{match[2]}", {when}}}')
    return rules


def text_or_empty(text):
    return '""' if text == "-" else f'"{text}"'


def row_source(protocol, program, row, acl):
    readonly = row["readonly"]
    refused = "{When::never, {}, 0}"
    if readonly.startswith("yes-except:"):
        refused = checked(row, condition(protocol, row, readonly.removeprefix("yes-except:")))
    stream = {"-": "none", "in": "to_server", "out": "to_client", "both": "both"}[row["stream"]]
    fds = row["fds"].split("+")
    filter_object, _, filter_permission = ("", "", "") if row["acl_filter"] == "-" else row["acl_filter"].partition(".")
    name = row["name"] if program == "remote" else f"{program}.{row['name']}"
    result = "nullptr" if row["event"] else "&bodies::" + body_name(program, row["result_type"])
    truth = {True: "true", False: "false"}
    return (f'    {{{{program::{program}, {row["number"]}}}, "{name}", Kind::{row["kind"]}, '
            f'{truth[row["priority"] == "high"]}, {truth[readonly.startswith("yes")]}, {refused}, '
            f'StreamDirection::{stream}, {truth["call" in fds]}, {truth["reply" in fds]}, {acl}, '
            f'"{filter_object}", "{filter_permission}", {text_or_empty(row["api"])}, {text_or_empty(row["since"])}, '
            f'&bodies::{body_name(program, row["args_type"])}, {result}}},')


def procedures_source(protocol):
    lines = [SPDX.rstrip("\n"), '#include "protocol/procedure_bodies.h"', '#include "protocol/procedure_rows.h"', "",
             "namespace yado::protocol {", "namespace {", "", "using When = Condition::When;", ""]
    sets = {}
    body = []
    for program in PROGRAMS:
        body.append(f"constinit const ProcedureInfo {program}_rows[] = {{")
        for row in protocol.rows[program]:
            rules = ", ".join(acl_rules(protocol, row))
            acl = "{}" if not rules else sets.setdefault(rules, f"acl_{len(sets)}")
            body.append(row_source(protocol, program, row, acl))
        body += ["};", ""]
    for rules, name in sets.items():
        lines.append(f"constexpr AclRule {name}[] = {{{rules}}};")
    lines += [""] + body
    names = sorted((row["name"] if program == "remote" else f"{program}.{row['name']}", program, index)
                   for program in PROGRAMS for index, row in enumerate(protocol.rows[program]))
    lines.append("constinit const ProcedureInfo* const sorted[] = {")
    lines += [f"    &{program}_rows[{index}], // {name}" for name, program, index in names]
    lines += ["};", "", "} // namespace", ""]
    lines += [f"const std::span<const ProcedureInfo> rows::{program} = {program}_rows;" for program in PROGRAMS]
    lines += ["const std::span<const ProcedureInfo* const> rows::by_name = sorted;", "",
              "} // namespace yado::protocol"]
    return lines


def constants_header(protocol):
    lines = [SPDX + "// Flags and values of the C API as sent on the wire: DomainCreateFlags::paused.", "#pragma once",
             "", "#include <cstdint>", "", "namespace yado::protocol {"]
    group = None
    for row in protocol.constants:
        if row["group"] != group:
            if group is not None:
                lines.append(f"}} // namespace {group}")
            group = row["group"]
            lines += ["", f"namespace {group} {{"]
        kind = "std::uint32_t" if row["kind"] == "flags" else "std::int32_t"
        lines.append(f"inline constexpr {kind} {row['name']} = {row['value']}{'U' if row['kind'] == 'flags' else ''};")
    return lines + [f"}} // namespace {group}", "", "} // namespace yado::protocol"]


def outputs(protocol):
    """File name → lines, made when asked for: listing needs no tables."""
    files = {
        "types.h": lambda: types_header(protocol),
        "types.cpp": lambda: types_source(protocol),
        "constants.h": lambda: constants_header(protocol),
        "procedure_ids.h": lambda: ids_header(protocol),
        "procedure_bodies.h": lambda: bodies_header(protocol),
        "procedure_rows.cpp": lambda: procedures_source(protocol),
    }
    for header in HEADERS:
        files[header + ".h"] = lambda header=header: calls_header(protocol, header)
    for source in SOURCES:
        files[f"calls_{source}.cpp"] = lambda source=source: calls_source(protocol, source)
    return files


def write_if_changed(path, text):
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main(arguments):
    if "--list" in arguments:
        print(";".join(outputs(None)))
        return 0
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    tables, output = arguments
    try:
        protocol = Protocol(tables)
        texts = {name: "\n".join(make()).rstrip("\n") + "\n" for name, make in outputs(protocol).items()}
    except TableError as error:
        print(error, file=sys.stderr)
        return 1
    os.makedirs(output, exist_ok=True)
    for name, text in texts.items():
        write_if_changed(os.path.join(output, name), text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
