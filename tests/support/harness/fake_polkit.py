# SPDX-License-Identifier: Apache-2.0
"""org.freedesktop.PolicyKit1 for tests: answers what a file says, notes what it was asked.

The file says yes, no, challenge or never; or `only KEY=PREFIX`: yes for what a connection may do, and where the detail
KEY begins with PREFIX."""
import sys
from pathlib import Path

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

INTERFACE = "org.freedesktop.PolicyKit1.Authority"


class Authority(dbus.service.Object):
    def __init__(self, bus, answer):
        super().__init__(bus, "/org/freedesktop/PolicyKit1/Authority")
        self.answer = Path(answer)
        self.asked = Path(str(answer) + ".asked")

    def note(self, line):
        with open(self.asked, "a") as out:
            out.write(line + "\n")

    @dbus.service.method(INTERFACE, in_signature="(sa{sv})sa{ss}us", out_signature="(bba{ss})",
                         async_callbacks=("reply", "error"))
    def CheckAuthorization(self, subject, action, details, _flags, cancellation, reply, error):
        kind, values = subject
        told = " ".join(f"{key}={value}" for key, value in sorted(values.items()))
        about = " ".join(f"{key}={value}" for key, value in sorted(details.items()))
        self.note(f"{action} {kind} {told} {about} cancellation={cancellation}")
        answer = self.answer.read_text().strip()
        if answer.startswith("only "):
            key, prefix = answer.removeprefix("only ").split("=", 1)
            of_connection = action.startswith(("org.libvirt.unix.", "org.libvirt.api.connect."))
            answer = "yes" if of_connection or details.get(key, "").startswith(prefix) else "no"
        if answer != "never":
            reply((answer == "yes", answer == "challenge", {}))

    @dbus.service.method(INTERFACE, in_signature="s")
    def CancelCheckAuthorization(self, cancellation):
        self.note(f"cancelled {cancellation}")


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
connection = dbus.SystemBus()
name = dbus.service.BusName("org.freedesktop.PolicyKit1", connection)
Authority(connection, sys.argv[1])
print("ready", flush=True)
GLib.MainLoop().run()
