# SPDX-License-Identifier: Apache-2.0
"""Secrets: what lies on disk, what survives the daemon, who is told."""
import base64
import stat

import libvirt
import pytest

IDENTITY = "0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f"


def document(ephemeral="no", private="no", volume="/some/where"):
    return (f"<secret ephemeral='{ephemeral}' private='{private}'><uuid>{IDENTITY}</uuid>"
            f"<usage type='volume'><volume>{volume}</volume></usage></secret>")


def places(daemon):
    return daemon.inside(f"/etc/libvirt/secrets/{IDENTITY}.xml"), daemon.inside(f"/etc/libvirt/secrets/{IDENTITY}.base64")


def test_value_lies_where_libvirt_keeps_it(yadod, conn):
    secret = conn.secretDefineXML(document())
    text, value = places(yadod)
    assert text.exists() and not value.exists()
    secret.setValue(b"\0binary\xff")
    assert base64.b64decode(value.read_text()) == b"\0binary\xff"
    assert stat.S_IMODE(value.stat().st_mode) == 0o600 and stat.S_IMODE(text.stat().st_mode) == 0o600
    assert secret.value() == b"\0binary\xff"
    secret.undefine()
    assert not text.exists() and not value.exists()


def test_ephemeral_ones_leave_no_trace(yadod, conn):
    secret = conn.secretDefineXML(document())
    secret.setValue(b"on disk")
    conn.secretDefineXML(document(ephemeral="yes"))
    assert not any(place.exists() for place in places(yadod))
    assert secret.value() == b"on disk"
    secret.setValue(b"in memory")
    assert not any(place.exists() for place in places(yadod))
    secret.undefine()


@pytest.mark.ours
def test_values_survive_the_daemon(yadod, conn):
    conn.secretDefineXML(document()).setValue(b"kept")
    yadod.stop()
    yadod.start()
    again = libvirt.open(yadod.uri())
    try:
        secret = again.secretLookupByUsage(libvirt.VIR_SECRET_USAGE_TYPE_VOLUME, "/some/where")
        assert secret.UUIDString() == IDENTITY and secret.value() == b"kept"
        secret.undefine()
    finally:
        again.close()


def test_private_ones_are_never_given_out(conn):
    secret = conn.secretDefineXML(document(private="yes"))
    secret.setValue(b"hidden")
    with pytest.raises(libvirt.libvirtError) as error:
        secret.value()
    assert error.value.get_error_code() == libvirt.VIR_ERR_INVALID_SECRET
    secret.undefine()
