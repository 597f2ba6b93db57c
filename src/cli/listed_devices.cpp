// SPDX-License-Identifier: Apache-2.0
#include "cli/listed_devices.h"

#include "schema/read.h"

#include <initializer_list>

namespace yado::cli {
namespace {

using schema::Io;

/// The attributes a device's <source> may name its backend with; the first that is there is shown.
struct Source {
    std::string file, dev, dir, name, volume, bridge, network, path;

    std::string first(std::initializer_list<const std::string*> which) const {
        for (const std::string* text : which)
            if (!text->empty()) return *text;
        return {};
    }
};
void describe(Io& io, Source& s) {
    io.attribute("file", s.file);
    io.attribute("dev", s.dev);
    io.attribute("dir", s.dir);
    io.attribute("name", s.name);
    io.attribute("volume", s.volume);
    io.attribute("bridge", s.bridge);
    io.attribute("network", s.network);
    io.attribute("path", s.path);
}

struct ReadDisk {
    ListedDisk shown;
    Source source;
};
void describe(Io& io, ReadDisk& d) {
    io.attribute("type", d.shown.type);
    io.attribute("device", d.shown.device);
    io.child("source", d.source);
    io.nested("target", "dev", d.shown.target);
}

struct ReadNic {
    ListedNic shown;
    Source source;
};
void describe(Io& io, ReadNic& n) {
    io.attribute("type", n.shown.type);
    io.nested("mac", "address", n.shown.mac);
    io.child("source", n.source);
    io.nested("target", "dev", n.shown.target);
    io.nested("model", "type", n.shown.model);
}

struct ReadDomain {
    std::vector<ReadDisk> disks;
    std::vector<ReadNic> nics;
    ListedDevices others;
};

} // namespace

void describe(Io& io, ListedGraphics& g) {
    io.attribute("type", g.type);
    io.attribute("port", g.port);
    io.attribute("tlsPort", g.tls_port);
    io.attribute("listen", g.listen);
    io.attribute("socket", g.socket);
    io.attribute("passwd", g.password);
    io.group("listen", [&] {
        io.attribute("type", g.listen_type);
        io.attribute("address", g.listen);
        io.attribute("socket", g.socket);
    });
}

void describe(Io& io, ListedConsole& c) {
    io.attribute("type", c.type);
    io.attribute("tty", c.tty);
    io.nested("source", "path", c.path);
}

namespace {

void describe(Io& io, ReadDomain& domain) {
    io.group("devices", [&] {
        io.child("disk", domain.disks);
        io.child("interface", domain.nics);
        io.child("graphics", domain.others.graphics);
        io.child("console", domain.others.consoles);
        io.child("serial", domain.others.serials);
    });
}

} // namespace

ListedDevices listed_devices(std::string_view domain_xml) {
    schema::Diagnostics notes; // a value that is not understood is not shown, that is all
    auto domain = schema::read_xml<ReadDomain>(domain_xml, "domain", {}, &notes);
    ListedDevices devices = std::move(domain.others);
    for (ReadDisk& disk : domain.disks) {
        const Source& s = disk.source;
        disk.shown.source = s.first({&s.file, &s.dev, &s.dir, &s.name, &s.volume, &s.path});
        disk.shown.network = disk.shown.type == "network";
        if (disk.shown.device.empty()) disk.shown.device = "disk";
        devices.disks.push_back(std::move(disk.shown));
    }
    for (ReadNic& nic : domain.nics) {
        const Source& s = nic.source;
        nic.shown.source = s.first({&s.network, &s.bridge, &s.dev, &s.name, &s.path});
        devices.nics.push_back(std::move(nic.shown));
    }
    return devices;
}

} // namespace yado::cli
