// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices.h"

namespace yado::model {

void describe(schema::Io& io, Devices& d) {
    io.value("emulator", d.emulator);
    io.child("disk", d.disks);
    io.child("controller", d.controllers);
    io.child("lease", d.leases);
    io.child("filesystem", d.filesystems);
    io.child("interface", d.interfaces);
    io.child("smartcard", d.smartcards);
    io.child("serial", d.serials);
    io.child("parallel", d.parallels);
    io.child("console", d.consoles);
    io.child("channel", d.channels);
    io.child("input", d.inputs);
    io.child("tpm", d.tpms);
    io.child("graphics", d.graphics);
    io.child("sound", d.sounds);
    io.child("audio", d.audios);
    io.child("video", d.videos);
    io.child("hostdev", d.hostdevs);
    io.child("redirdev", d.redirdevs);
    io.child(
        "redirfilter", d.redir_filter,
        {.code = Code::internal_error, .single = "only one set of redirection filter rule is supported"});
    io.child("hub", d.hubs);
    io.child("watchdog", d.watchdogs);
    io.child("memballoon", d.balloon,
             {.code = Code::internal_error, .single = "only a single memory balloon device is supported"});
    io.child("rng", d.rngs);
    io.child("nvram", d.nvram,
             {.expand_empty = true, .code = Code::xml_error, .single = "Only one nvram device is supported"});
    io.child("panic", d.panics);
    io.child("shmem", d.shmems);
    io.child("memory", d.memories);
    io.child("crypto", d.cryptos);
    io.child("iommu", d.iommu,
             {.code = Code::xml_error, .single = "only a single IOMMU device is supported"});
    io.child("vsock", d.vsock, {.single = "only a single vsock device is supported"});
    io.child("pstore", d.pstore,
             {.code = Code::xml_error, .single = "only a single pstore device is supported"});
}

} // namespace yado::model
