// SPDX-License-Identifier: Apache-2.0
// <devices>: one list a kind, written in libvirt's order whatever order they were read in.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "model/domain/devices/balloon.h"
#include "model/domain/devices/character.h"
#include "model/domain/devices/controller.h"
#include "model/domain/devices/crypto.h"
#include "model/domain/devices/disk.h"
#include "model/domain/devices/filesystem.h"
#include "model/domain/devices/graphics.h"
#include "model/domain/devices/hostdev.h"
#include "model/domain/devices/hub.h"
#include "model/domain/devices/input.h"
#include "model/domain/devices/interface.h"
#include "model/domain/devices/iommu.h"
#include "model/domain/devices/lease.h"
#include "model/domain/devices/memory_device.h"
#include "model/domain/devices/nvram.h"
#include "model/domain/devices/panic.h"
#include "model/domain/devices/pstore.h"
#include "model/domain/devices/redirdev.h"
#include "model/domain/devices/rng.h"
#include "model/domain/devices/shmem.h"
#include "model/domain/devices/smartcard.h"
#include "model/domain/devices/sound.h"
#include "model/domain/devices/tpm.h"
#include "model/domain/devices/video.h"
#include "model/domain/devices/vsock.h"
#include "model/domain/devices/watchdog.h"

namespace yado::model {

struct Devices {
    std::string emulator;
    std::vector<Disk> disks;
    std::vector<Controller> controllers;
    std::vector<LockspaceLease> leases;
    std::vector<Filesystem> filesystems;
    std::vector<Interface> interfaces;
    std::vector<Smartcard> smartcards;
    std::vector<Serial> serials;
    std::vector<Parallel> parallels;
    std::vector<Console> consoles;
    std::vector<Channel> channels;
    std::vector<Input> inputs;
    std::vector<Tpm> tpms;
    std::vector<Graphics> graphics;
    std::vector<Sound> sounds;
    std::vector<Audio> audios;
    std::vector<Video> videos;
    std::vector<Hostdev> hostdevs;
    std::vector<Redirdev> redirdevs;
    schema::Rare<RedirFilter> redir_filter;
    std::vector<Hub> hubs;
    std::vector<Watchdog> watchdogs;
    schema::Rare<Balloon> balloon;
    std::vector<Rng> rngs;
    schema::Rare<NvramDevice> nvram;
    std::vector<Panic> panics;
    std::vector<Shmem> shmems;
    std::vector<MemoryDevice> memories;
    std::vector<Crypto> cryptos;
    schema::Rare<Iommu> iommu;
    schema::Rare<Vsock> vsock;
    schema::Rare<Pstore> pstore;
};
void describe(schema::Io& io, Devices& devices);

/// Whether there is a screen of this kind: `has_graphics<Spice>(devices)`.
template <class Kind> bool has_graphics(const Devices& devices) {
    return std::ranges::any_of(devices.graphics, [](const Graphics& graphics) {
        return std::holds_alternative<Kind>(graphics.kind);
    });
}

} // namespace yado::model
