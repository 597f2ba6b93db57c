// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Devices& d) {
    io.value("emulator", d.emulator);
    io.child("disk", d.disks, live);
    io.child("controller", d.controllers, live);
    io.child("lease", d.leases, live);
    io.child("filesystem", d.filesystems, live);
    io.child("interface", d.interfaces, live);
    io.child("smartcard", d.smartcards);
    io.child("serial", d.serials, live);
    io.child("parallel", d.parallels);
    io.child("console", d.consoles, live);
    io.child("channel", d.channels, live);
    io.child("input", d.inputs, live);
    io.child("tpm", d.tpms);
    io.child("graphics", d.graphics);
    io.child("sound", d.sounds);
    io.child("audio", d.audios);
    io.child("video", d.videos);
    io.child("hostdev", d.hostdevs, live);
    io.child("redirdev", d.redirdevs, live);
    io.child(
        "redirfilter", d.redir_filter,
        {.code = Code::internal_error, .single = "only one set of redirection filter rule is supported"});
    io.child("hub", d.hubs);
    io.child("watchdog", d.watchdogs, live);
    io.child("memballoon", d.balloon,
             {.code = Code::internal_error, .single = "only a single memory balloon device is supported"});
    io.child("rng", d.rngs, live);
    io.child("nvram", d.nvram,
             {.expand_empty = true, .code = Code::xml_error, .single = "Only one nvram device is supported"});
    io.child("panic", d.panics);
    io.child("shmem", d.shmems, live);
    io.child("memory", d.memories, live);
    io.child("crypto", d.cryptos);
    io.child("iommu", d.iommu,
             {.code = Code::xml_error, .single = "only a single IOMMU device is supported"});
    io.child("vsock", d.vsock,
             {.change = schema::Change::live, .single = "only a single vsock device is supported"});
    io.child("pstore", d.pstore,
             {.code = Code::xml_error, .single = "only a single pstore device is supported"});
}

} // namespace yado::model
