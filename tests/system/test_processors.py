# SPDX-License-Identifier: Apache-2.0
"""CPU models: their names, how one compares with the host's, what several share, as libvirt's clients ask for it."""
import re

import libvirt
import pytest

SUPERSET, IDENTICAL, INCOMPATIBLE = (libvirt.VIR_CPU_COMPARE_SUPERSET, libvirt.VIR_CPU_COMPARE_IDENTICAL,
                                     libvirt.VIR_CPU_COMPARE_INCOMPATIBLE)
GUESTS = (None, "x86_64", None, "qemu")  # emulator, architecture, machine, domain type


def cpu(model, features="", match="exact", arch=""):
    return f"<cpu match='{match}'>{arch}<model>{model}</model>{features}</cpu>"


def of_host(model, more=""):
    return f"<cpu><arch>x86_64</arch><model>{model}</model>{more}</cpu>"


def feature(policy, name):
    return f"<feature policy='{policy}' name='{name}'/>"


def model_of(document):
    return re.search(r"<model[^>]*>([^<]*)</model>", document)[1]


def features_of(document, policy):
    return set(re.findall(rf"<feature policy='{policy}' name='([^']*)'/>", document))


@pytest.fixture(scope="module")
def host(module_daemon):
    """The host's own <cpu>."""
    connection = libvirt.open(module_daemon.uri())
    try:
        yield re.search(r"<host>.*?(<cpu>.*?</cpu>)", connection.getCapabilities(), re.S)[1]
    finally:
        connection.close()


def test_names_are_those_domains_may_have(conn):
    names = conn.getCPUModelNames("x86_64")
    assert {"qemu64", "EPYC", "Haswell"} <= set(names)
    assert not {"max", "host", "base"} & set(names)
    assert not [name for name in names if re.search(r"-v\d+$", name)]
    assert conn.getCPUModelNames("aarch64") == []


def test_names_of_no_architecture(conn):
    with pytest.raises(libvirt.libvirtError, match="invalid argument: cannot find architecture pdp11") as told:
        conn.getCPUModelNames("pdp11")
    assert told.value.get_error_code() == libvirt.VIR_ERR_INVALID_ARG


def test_the_host_is_itself(conn, host):
    assert conn.compareCPU(host) == IDENTICAL
    # Without one of its features it is more than what is asked for.
    name = re.findall(r"<feature name='([^']*)'/>", host)[0]
    assert conn.compareCPU(host.replace(f"<feature name='{name}'/>", "")) == SUPERSET


def test_a_cpu_without_a_model_runs_anywhere(conn):
    for document in ("<cpu/>", "<cpu mode='host-model'/>", "<cpu mode='host-passthrough'/>"):
        assert conn.compareCPU(document) == SUPERSET
        assert conn.compareHypervisorCPU(*GUESTS, document, 0) == SUPERSET


def test_policies_against_a_hypervisor(conn):
    def result(document):
        return conn.compareHypervisorCPU(*GUESTS, document, 0)
    assert result(cpu("qemu64")) == SUPERSET
    assert result(cpu("qemu64", match="strict")) == INCOMPATIBLE
    assert result(cpu("qemu64", feature("forbid", "sse2"))) == INCOMPATIBLE
    assert result(cpu("qemu64", feature("require", "avx512f"))) == INCOMPATIBLE  # TCG has none
    assert result(cpu("qemu64", feature("optional", "avx512f"))) == SUPERSET
    assert result(cpu("qemu64", feature("force", "avx512f"))) == SUPERSET
    assert result(cpu("EPYC")) == INCOMPATIBLE


def test_why_it_does_not_fit(conn):
    flag = libvirt.VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE
    with pytest.raises(libvirt.libvirtError, match="does not provide required features: avx512f") as told:
        conn.compareHypervisorCPU(*GUESTS, cpu("qemu64", feature("require", "avx512f")), flag)
    assert told.value.get_error_code() == libvirt.VIR_ERR_CPU_INCOMPATIBLE
    with pytest.raises(libvirt.libvirtError, match="CPU arch ppc64 does not match host arch"):
        conn.compareCPU("<cpu><arch>ppc64</arch><model>POWER8</model></cpu>", flag)
    with pytest.raises(libvirt.libvirtError, match="host CPU vendor does not match required CPU vendor Cray"):
        conn.compareCPU(cpu("kvm64", "<vendor>Cray</vendor>"), flag)


@pytest.mark.parametrize("document, words", [
    (cpu("cray"), "internal error: Unknown CPU model cray"),
    (cpu("qemu64", feature("require", "teleport")), "internal error: Unknown CPU feature teleport"),
    ("<cpu><arch>pdp11</arch><model>qemu64</model></cpu>", "unsupported configuration: Unknown architecture pdp11"),
    (cpu("qemu64", arch="<arch>x86_64</arch>"),
     "XML error: 'arch' element cannot be used inside 'cpu' element with 'match' attribute'"),
    (cpu("qemu64", match="closely"), "XML error: Invalid value for attribute 'match' in element 'cpu': 'closely'."),
    (cpu("qemu64", feature("require", "aes") * 2), "XML error: CPU feature 'aes' specified more than once"),
])
def test_documents_that_say_nothing(conn, document, words):
    for ask in (lambda: conn.compareCPU(document), lambda: conn.compareHypervisorCPU(*GUESTS, document, 0)):
        with pytest.raises(libvirt.libvirtError) as told:
            ask()
        assert told.value.get_error_message() == words


def test_baseline_of_one_is_that_one(conn):
    assert model_of(conn.baselineCPU([of_host("Haswell")])) == "Haswell"
    assert conn.baselineCPU([of_host("Haswell", "<vendor>Intel</vendor>")]).count("<vendor>Intel</vendor>") == 1


def test_baseline_runs_on_all(conn):
    hosts = [of_host("EPYC"), of_host("Haswell", "<feature name='pku'/>")]
    common = conn.baselineCPU(hosts)
    assert "mode='custom' match='exact'" in common
    everything = features_of(conn.baselineCPU(hosts, libvirt.VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES), "require")
    assert {"sse2", "avx2"} <= everything and "pku" not in everything and "svm" not in everything


def test_baseline_leaves_out_what_cannot_migrate(conn):
    host = of_host("EPYC", "<feature name='invtsc'/>")
    assert "invtsc" in features_of(conn.baselineCPU([host]), "require")
    assert "invtsc" not in conn.baselineCPU([host], libvirt.VIR_CONNECT_BASELINE_CPU_MIGRATABLE)


@pytest.mark.ours  # libvirt's tables name features that its QEMU has not
def test_baseline_of_a_hypervisor_is_what_it_can_give(conn):
    documents = [cpu("EPYC"), cpu("EPYC-Rome")]
    common = conn.baselineHypervisorCPU(*GUESTS, documents, 0)
    assert "fallback='forbid'" in common
    assert conn.compareHypervisorCPU(*GUESTS, common, 0) != INCOMPATIBLE


@pytest.mark.parametrize("documents, words", [
    ([of_host("EPYC", "<vendor>AMD</vendor>"), of_host("Haswell", "<vendor>Intel</vendor>")],
     "operation failed: CPU vendors do not match"),
    (["<cpu><model>EPYC</model></cpu>"], "XML error: Missing CPU architecture"),
    (["<cpu mode='host-model'/>"], "unsupported configuration: Attribute mode is only allowed for guest CPU"),
    ([of_host("cray")], "internal error: Unknown CPU model cray"),
])
def test_no_baseline(conn, documents, words):
    with pytest.raises(libvirt.libvirtError) as told:
        conn.baselineCPU(documents)
    assert told.value.get_error_message() == words


def test_hypervisors_that_are_not_there(conn):
    def message(*choice):
        with pytest.raises(libvirt.libvirtError) as told:
            conn.compareHypervisorCPU(*choice, cpu("qemu64"), 0)
        return told.value.get_error_message()
    assert message(None, "pdp11", None, None) == "invalid argument: unknown architecture: pdp11"
    assert message(None, None, None, "foo") == "invalid argument: unknown virttype: foo"
    assert message(None, None, "abacus", "qemu").startswith("invalid argument: the machine 'abacus' is not supported")


@pytest.fixture
def files(tmp_path, host):
    texts = {"host.xml": host, "one.xml": cpu("qemu64"), "two.xml": of_host("EPYC") + of_host("EPYC-Rome"),
             "domain.xml": f"<?xml version='1.0'?>\n<domain>{cpu('qemu64')}</domain>", "none.xml": "<car/>"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_virsh_shows_results(virsh, files):
    assert virsh("cpu-compare", files / "host.xml") == f"CPU described in {files}/host.xml is identical to host CPU\n\n"
    said = virsh("hypervisor-cpu-compare", files / "domain.xml", "--virttype", "qemu")
    assert said == f"The CPU provided by hypervisor on the host is a superset of CPU described in {files}/domain.xml\n\n"
    assert "EPYC\n" in virsh("cpu-models", "x86_64")
    assert virsh("cpu-models", "aarch64") == "all CPU models are accepted\n\n"
    assert "<model fallback='allow'>EPYC</model>" in virsh("cpu-baseline", files / "two.xml")


@pytest.mark.ours
def test_yado_says_what_virsh_says(virsh, yado, files):
    for words in (("cpu-compare", files / "host.xml"), ("cpu-models", "x86_64"), ("cpu-models", "aarch64"),
                  ("cpu-baseline", files / "two.xml"), ("cpu-baseline", files / "two.xml", "--features"),
                  ("hypervisor-cpu-compare", files / "one.xml", "--virttype", "qemu"),
                  ("hypervisor-cpu-baseline", "--model", "EPYC", "--virttype", "qemu")):
        assert yado(*words) == virsh(*words), words
    for words in (("cpu-compare", files / "none.xml"), ("cpu-compare", files / "absent.xml"), ("cpu-models", "pdp11"),
                  ("hypervisor-cpu-baseline",), ("cpu-baseline", files / "one.xml")):
        assert yado(*words, fails=True) == virsh(*words, fails=True), words


@pytest.mark.ours
def test_yado_lists_what_the_hypervisor_has(yado):
    usable = yado("hypervisor-cpu-models", "--virttype", "qemu").split()
    every = yado("hypervisor-cpu-models", "--virttype", "qemu", "--all").split()
    assert "qemu64" in usable and set(usable) < set(every) and "EPYC" in every
