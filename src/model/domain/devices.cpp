// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices.h"

namespace yado::model {

void describe(schema::Io& io, Devices& d) {
    io.value("emulator", d.emulator);
    io.child("disk", d.disks);
    io.child("controller", d.controllers);
    io.opaque("lease", d.rest);
    io.opaque("filesystem", d.rest);
    io.child("interface", d.interfaces);
    io.opaque("smartcard", d.rest);
    io.child("serial", d.serials);
    io.child("parallel", d.parallels);
    io.child("console", d.consoles);
    io.child("channel", d.channels);
    io.child("input", d.inputs);
    io.opaque("tpm", d.rest);
    io.child("graphics", d.graphics);
    io.child("sound", d.sounds);
    io.child("audio", d.audios);
    io.child("video", d.videos);
    io.opaque("hostdev", d.rest);
    io.opaque("redirdev", d.rest);
    io.opaque("redirfilter", d.rest);
    io.opaque("hub", d.rest);
    io.child("watchdog", d.watchdogs);
    io.child("memballoon", d.balloon,
             {.code = Code::internal_error, .single = "only a single memory balloon device is supported"});
    io.child("rng", d.rngs);
    io.opaque("nvram", d.rest);
    io.opaque("panic", d.rest);
    io.opaque("shmem", d.rest);
    io.opaque("memory", d.rest);
    io.opaque("iommu", d.rest);
    io.opaque("vsock", d.rest);
    io.opaque("crypto", d.rest);
    io.opaque("pstore", d.rest);
}

} // namespace yado::model
