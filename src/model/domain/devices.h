// SPDX-License-Identifier: Apache-2.0
// <devices>: one list a kind, written in libvirt's order whatever order they were read in.
#pragma once

#include <string>
#include <vector>

#include "model/domain/devices/balloon.h"
#include "model/domain/devices/character.h"
#include "model/domain/devices/controller.h"
#include "model/domain/devices/disk.h"
#include "model/domain/devices/graphics.h"
#include "model/domain/devices/input.h"
#include "model/domain/devices/interface.h"
#include "model/domain/devices/rng.h"
#include "model/domain/devices/sound.h"
#include "model/domain/devices/video.h"
#include "model/domain/devices/watchdog.h"

namespace yado::model {

struct Devices {
    std::string emulator;
    std::vector<Disk> disks;
    std::vector<Controller> controllers;
    std::vector<Interface> interfaces;
    std::vector<Serial> serials;
    std::vector<Parallel> parallels;
    std::vector<Console> consoles;
    std::vector<Channel> channels;
    std::vector<Input> inputs;
    std::vector<Graphics> graphics;
    std::vector<Sound> sounds;
    std::vector<Audio> audios;
    std::vector<Video> videos;
    std::vector<Watchdog> watchdogs;
    schema::Rare<Balloon> balloon;
    std::vector<Rng> rngs;
    /// lease, filesystem, smartcard, tpm, hostdev, redirdev, redirfilter, hub, nvram, panic, shmem, memory,
    /// iommu, vsock, crypto, pstore: kept as they are.
    schema::Kept rest;
};
void describe(schema::Io& io, Devices& devices);

} // namespace yado::model
