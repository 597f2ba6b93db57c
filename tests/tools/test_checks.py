# SPDX-License-Identifier: Apache-2.0
"""Each check of tools/ finds what it is there to find, and leaves good code alone."""
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import check_coawait  # noqa: E402
import check_file_sizes  # noqa: E402
import check_headers  # noqa: E402
import check_layers  # noqa: E402
import check_text  # noqa: E402

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"


@pytest.mark.parametrize("path, line", [
    ("base/text.cpp", '#include "model/domain/domain.h"'),
    ("guest/registry.h", '#include "network/service.h"'),
    ("protocol/xdr.h", '#include "model/domain/domain.h"'),
    ("hypervisor/qemu/plan/plan.h", '#include "hypervisor/test/driver.h"'),
    ("client/connection.h", '#include "daemon/session.h"'),
    ("base/loop.cpp", "#include <uv.h>"),
    ("base/log.h", "#include <spdlog/spdlog.h>"),
    ("model/domain/domain.h", "#include <boost/json/value.hpp>"),
    ("model/domain/domain.cpp", "#include <libxml/parser.h>"),
    ("guest/guest.h", '#include "jobs.h"'),
    ("invented/thing.h", '#include "base/error.h"'),
])
def test_layers_refuse(path, line):
    assert check_layers.check(path, [LICENCE, line])


@pytest.mark.parametrize("path, line", [
    ("guest/guest.h", '#include "guest/jobs.h"'),
    ("hypervisor/qemu/plan/plan.h", '#include "guest/guest.h"'),
    ("base/io/loop.cpp", "#include <uv.h>"),
    ("base/log.cpp", "#include <spdlog/spdlog.h>"),
    ("schema/io.h", "#include <boost/json/fwd.hpp>"),
    ("daemon/main.cpp", '#include "hypervisor/test/driver.h"'),
    ("base/uuid.h", "#include <string>"),
])
def test_layers_accept(path, line):
    assert check_layers.check(path, [LICENCE, line]) == []


@pytest.mark.parametrize("code", [
    "Task<void> f() { auto x = co_await g({.a = 1}); }",
    "Task<void> f() { co_await g([] { return 1; }); }",
    "Task<void> f() { int x = c ? co_await g() : h(); }",
    "Task<void> f() { switch (co_await g()) { case 1: return; } }",
    "Task<void> f() { P p{co_await a(), 2}; }",
    "Task<void> f() { use(co_await a(), co_await b()); }",
    "Task<void> f() { if (x) { co_await g(Spec{}); } }",
    "Task<void> f() { if (co_await g(Spec{1})) { h(); } }",
    "Task<void> f() { for (auto x : list) co_await g({x}); }",
    "Task<void> f() { co_return co_await g(c ? 1 : 2); }",
])
def test_coawait_refuses(code):
    assert check_coawait.check("x.cpp", code)


@pytest.mark.parametrize("code", [
    "auto f = [&]() -> Task<void> { co_await g(); };",
    "auto f = [x] { co_return; };",
    "Task<void> f(const std::string& name);",
    "Task<std::map<int, int>> Service::f(int a, Spec&& b) { co_return; }",
])
def test_coroutine_lifetimes_refused(code):
    assert check_coawait.check("x.cpp", code)
    assert check_coawait.check("x.cpp", code, whole=False) == []


@pytest.mark.parametrize("code", [
    "Task<void> f() { auto x = co_await g(a, b[0]); h({.a = 1}); }",
    "Task<void> f() { Spec s{.a = 1}; co_await g(s); int y = c ? 1 : 2; }",
    "Task<void> f() { if (auto x = co_await g(); x) { h({1}); } }",
    "Task<void> f() { if (c ? a : b) co_await g(); else co_await h(); }",
    "Task<void> f() { auto [a, b] = co_await g(); auto& [c, d] = co_await h(); }",
    "Task<void> f() { while (true) { co_await g(); } }",
    "Task<void> f() { for (int i = 0; i < 3; ++i) { co_await g(i); } }",
    "Task<void> f() { // co_await g({1}) ? a : b\n co_await g(\"co_await {x ? y}\"); }",
    "Task<void> f() { try { co_await g(); } catch (const Error& e) { h({1}); } }",
    "Task<void> f() { switch (x) { case 1: co_await g(); break; case 2: co_await h(); break; } }",
    "auto f = [] () -> Task<void> { co_await g(); };",
    "Task<void> sleep_for(Loop& loop, Duration time) { co_await g(); }",
    "auto f = [x] { return x ? 1 : 2; };",
    "Task<void> f(std::function<void(const Error&)> done, int n);",
    "#define AWAIT(x) co_await (x ? a : b)\nTask<void> f() { co_await g(); }",
])
def test_coawait_accepts(code):
    assert check_coawait.check("x.cpp", code) == []


def test_file_sizes():
    assert check_file_sizes.check("src/a.cpp", ["x"] * 601)
    assert check_file_sizes.check("src/a.cpp", ["x"] * 600) == []
    assert check_file_sizes.check("src/a.inc", ["x"] * 6000) == []


@pytest.mark.parametrize("path, text", [
    ("src/a.cpp", "int x;\n"),
    ("src/a.cpp", LICENCE + "\tint x;\n"),
    ("src/a.cpp", LICENCE + "int x; \n"),
    ("src/a.cpp", LICENCE + "int x;"),
    ("src/a.h", LICENCE + "int x;\n"),
    ("src/a.h", LICENCE + "#pragma once\nclass GuestManager;\n"),
    ("docs/a.md", "see /" + "work/project\n"),
])
def test_text_refuses(path, text):
    assert check_text.check(path, text)


def test_text_accepts():
    assert check_text.check("src/a.h", LICENCE + "#pragma once\nstruct Guest;\n") == []


@pytest.fixture(scope="module")
def header_problems(tmp_path_factory):
    precompiled = check_headers.Precompiled(tmp_path_factory.mktemp("precompiled"))
    folder = tmp_path_factory.mktemp("headers")

    def check(text):
        header = folder / "a.h"
        header.write_text("#pragma once\n" + text)
        return check_headers.check(header, precompiled) or ""
    return check


@pytest.mark.parametrize("text", [
    "#include <string>\ninline std::string f() { return {}; }\n",
    "// std::vector in words\n/* std::map */\nconstexpr const char* text = \"std::set\";\n",
    "#include <map>\nusing Pairs = std::map<int, std::pair<int, int>>;\n",
    '#include "base/error.h"\ninline void f() { yado::fail(yado::Code::internal_error, "x"); }\n',
    '#include "schema/io.h"\ninline void f(yado::schema::Io&);\n',
])
def test_headers_accept(header_problems, text):
    assert header_problems(text) == ""


@pytest.mark.parametrize("text, problem", [
    ("inline std::string f() { return {}; }\n", "uses std::string without <string>"),
    ("#include <vector>\ninline std::ranges::any_of f;\n", "uses std::ranges::any_of without <algorithm>"),
    ("using X = std::invented;\n", "std::invented is in no row"),
    ("inline auto f() { return fmt::format(\"x\"); }\n", "uses fmt:: without <fmt/format.h>"),
    ("inline void f(yado::Error);\n", "does not compile alone"),
    ('#include "schema/io.h"\ninline yado::model::Domain f() { return {}; }\n', "does not compile alone"),
    ("inline void f(sockaddr_in);\n", "does not compile alone"),
])
def test_headers_refuse(header_problems, text, problem):
    assert problem in header_problems(text)


def test_headers_are_known_by_what_they_include(tmp_path):
    outer, inner = tmp_path / "outer.h", check_headers.ROOT / "src/base/uuid.h"
    outer.write_text('#include "base/uuid.h"\n')
    seen = {}
    check_headers.closure(outer, seen)
    assert inner in seen
    mark = check_headers.fingerprint(outer)
    outer.write_text('#include "base/error.h"\n')
    assert check_headers.fingerprint(outer) != mark
