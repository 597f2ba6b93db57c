# SPDX-License-Identifier: Apache-2.0
"""Defining, editing, undefining; descriptions and metadata; autostart; what lies on disk."""
import os
import stat
import xml.etree.ElementTree as ElementTree

import libvirt
import pytest
from harness.daemon import wait_until
from harness.guests import bare_guest


def refused(call, *arguments):
    with pytest.raises(libvirt.libvirtError) as error:
        call(*arguments)
    return error.value.get_error_code(), error.value.get_error_message()


def test_dump_of_a_definition_defines_the_same(conn, name):
    first = conn.defineXML(bare_guest(name)).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    assert conn.defineXML(first).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE) == first


def test_defining_again_replaces(conn, name):
    conn.defineXML(bare_guest(name, memory=16))
    domain = conn.defineXML(bare_guest(name, memory=24))
    assert domain.maxMemory() == 24 * 1024
    assert len(conn.listAllDomains()) == 1


def test_definition_of_a_running_guest_waits_for_the_next_start(conn, name):
    domain = conn.createXML(bare_guest(name, memory=16), libvirt.VIR_DOMAIN_START_PAUSED)
    conn.defineXML(bare_guest(name, memory=24))
    live = ElementTree.fromstring(domain.XMLDesc())
    inactive = ElementTree.fromstring(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
    assert live.findtext("memory") == str(16 * 1024) and inactive.findtext("memory") == str(24 * 1024)
    assert live.get("id") == str(domain.ID()) and inactive.get("id") is None


def test_name_and_uuid_clashes(conn, name):
    conn.defineXML(bare_guest(name))
    identity = conn.lookupByName(name).UUIDString()
    other = "11111111-2222-3333-4444-555555555555"
    assert refused(conn.defineXML, bare_guest(name, identity=other)) == (
        libvirt.VIR_ERR_OPERATION_FAILED, f"operation failed: domain '{name}' already exists with uuid {identity}")
    assert refused(conn.defineXML, bare_guest(name + "x", identity=identity)) == (
        libvirt.VIR_ERR_OPERATION_FAILED, f"operation failed: domain '{name}' is already defined with uuid {identity}")


def test_definition_lies_where_libvirt_keeps_it(yadod, conn, name):
    conn.defineXML(bare_guest(name))
    path = yadod.inside(f"/etc/libvirt/qemu/{name}.xml")
    text = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert text.startswith("<!--") and f"virsh edit {name}" in text
    assert ElementTree.fromstring(text).findtext("name") == name
    conn.lookupByName(name).undefine()
    assert not path.exists()


def test_definition_survives_a_restart(yadod, conn, name):
    before = conn.defineXML(bare_guest(name)).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    yadod.restart()
    again = libvirt.open(yadod.uri())
    assert again.lookupByName(name).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE) == before
    again.close()


def test_files_put_there_by_libvirt_are_read(yadod, name):
    yadod.stop()
    path = yadod.inside(f"/etc/libvirt/qemu/{name}.xml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<!--\nwritten by another program\n-->\n\n" + bare_guest(name))
    broken = path.with_name("broken.xml")
    broken.write_text("<domain type='qemu'><name>broken</name>")
    yadod.start()
    connection = libvirt.open(yadod.uri())
    try:
        assert [domain.name() for domain in connection.listAllDomains()] == [name]
        connection.lookupByName(name).undefine()
        assert not path.exists() and broken.exists()
    finally:
        connection.close()
        broken.unlink()


def test_virsh_edit(yadod, virsh, xml_file, name, tmp_path):
    virsh("define", xml_file(bare_guest(name)))
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's,<vcpu.*</vcpu>,<vcpu>3</vcpu>,' \"$1\"\n")
    editor.chmod(0o755)
    assert virsh("edit", name, env={"EDITOR": str(editor), "VISUAL": str(editor)}) == f"Domain '{name}' XML configuration edited.\n\n"
    assert "<vcpu placement='static'>3</vcpu>" in virsh("dumpxml", name)


def test_description_and_title(virsh, xml_file, name):
    virsh("define", xml_file(bare_guest(name)))
    assert virsh("desc", name) == f"No description for domain: {name}\n"
    virsh("desc", name, "--title", "a title")
    virsh("desc", name, "--config", "what it is for")
    assert virsh("desc", name) == "what it is for\n"
    assert virsh("desc", name, "--title") == "a title\n"
    assert virsh("list", "--all", "--title").splitlines()[2].split()[-2:] == ["a", "title"]


def test_metadata(virsh, xml_file, name):
    virsh("define", xml_file(bare_guest(name)))
    wanted = virsh("metadata", name, "http://example.org/app", fails=True)
    assert wanted == "error: metadata not found: Requested metadata element is not present\n"
    virsh("metadata", name, "http://example.org/app", "--key", "app", "--set", "<owner>me</owner>")
    assert virsh("metadata", name, "http://example.org/app").strip() == "<owner>me</owner>"
    assert '<app:owner xmlns:app="http://example.org/app">me</app:owner>' in virsh("dumpxml", name)
    virsh("metadata", name, "http://example.org/app", "--remove")
    assert "example.org" not in virsh("dumpxml", name)


def test_autostart_link_and_its_effect(new_daemon, name):
    daemon = new_daemon()
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.defineXML(bare_guest(name))
    link = daemon.inside(f"/etc/libvirt/qemu/autostart/{name}.xml")
    assert domain.autostart() == 0
    domain.setAutostart(1)
    assert domain.autostart() == 1 and os.readlink(link).endswith(f"/etc/libvirt/qemu/{name}.xml")
    connection.close()
    # the marker says that autostart has run since the machine was booted
    daemon.stop()
    daemon.inside("/run/libvirt/qemu/autostarted").unlink()
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.lookupByName(name)
    wait_until(lambda: domain.isActive() == 1, "autostart")
    domain.destroy()
    connection.close()
    daemon.restart()  # not booted again: nothing to autostart
    connection = libvirt.open(daemon.uri())
    domain = connection.lookupByName(name)
    assert domain.isActive() == 0 and domain.autostart() == 1
    domain.undefine()
    assert not os.path.lexists(link)
    connection.close()


def test_transient_guests_cannot_autostart(conn, name):
    domain = conn.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
    assert refused(domain.setAutostart, 1) == (
        libvirt.VIR_ERR_OPERATION_INVALID,
        "Requested operation is not valid: cannot set autostart for transient domain")
    assert refused(domain.undefine) == (
        libvirt.VIR_ERR_OPERATION_INVALID, "Requested operation is not valid: cannot undefine transient domain")


def test_rename(conn, name):
    domain = conn.defineXML(bare_guest(name))
    domain.rename(name + "-new")
    assert [one.name() for one in conn.listAllDomains()] == [name + "-new"]


def test_memory_and_vcpus_of_the_definition(virsh, xml_file, name):
    virsh("define", xml_file(bare_guest(name, memory=64, vcpus=2)))
    virsh("setmem", name, "32M", "--config")
    virsh("setvcpus", name, "1", "--config")
    told = virsh("dominfo", name)
    assert "Max memory:     65536 KiB" in told and "Used memory:    32768 KiB" in told
    assert "<vcpu placement='static' current='1'>2</vcpu>" in virsh("dumpxml", name)
    assert "greater than max allowable" in virsh("setvcpus", name, "3", "--config", fails=True)


@pytest.mark.parametrize("xml, code, part", [
    ("<domain type='qemu'><name>x", libvirt.VIR_ERR_XML_DETAIL, "(domain_definition):1:"),
    ("<network><name>x</name></network>", libvirt.VIR_ERR_XML_ERROR, "XML error: expecting root element of 'domain', not 'network'"),
    ("<domain type='qemu'><memory>1</memory></domain>", libvirt.VIR_ERR_NO_NAME, "missing name"),
    ("<domain type='bogus'><name>x</name></domain>", libvirt.VIR_ERR_CONFIG_UNSUPPORTED, "invalid domain type bogus"),
    ("<domain type='qemu'><name>a/b</name><memory>1024</memory><os><type>hvm</type></os></domain>",
     libvirt.VIR_ERR_XML_ERROR, "name a/b cannot contain '/'"),
    ("<domain type='qemu'><name>x</name><uuid>no</uuid></domain>", None, "malformed uuid element"),
    ("", None, ""),
])
def test_bad_documents_are_refused(conn, xml, code, part):
    found, message = refused(conn.defineXML, xml)
    assert code is None or found == code, message
    assert part in message
    assert conn.listAllDomains() == []
