// SPDX-License-Identifier: Apache-2.0
#include "model/storage/check.h"

#include <algorithm>

#include "model/image_format.h"

namespace yado::model {
namespace {

using schema::Diagnostics;

template <class... Args>
void refuse(Diagnostics& out, Code code, std::string path, fmt::format_string<Args...> text, Args&&... args) {
    out.add({code, fmt::format(text, std::forward<Args>(args)...), std::move(path), 0, ErrorSource::storage});
}

void check_name(const StoragePool& pool, Diagnostics& out) {
    if (pool.name.empty()) { refuse(out, Code::xml_error, "/pool/name", "missing pool source name element"); }
    if (pool.name.find('/') != std::string::npos) {
        refuse(out, Code::xml_error, "/pool/name", "name {} cannot contain '/'", pool.name);
    }
    if (pool.name.find('\n') != std::string::npos) {
        out.add({Code::xml_detail, "invalid char in name: \n", "/pool/name", 0, ErrorSource::xml});
    }
}

void check_auth(const Auth& auth, Diagnostics& out) {
    if (auth.username.empty()) {
        refuse(out, Code::xml_error, "/pool/source/auth/@username", "missing username for auth");
    }
    if (!auth.secret) {
        refuse(out, Code::xml_error, "/pool/source/auth/secret", "Missing <secret> element in auth");
    } else if (std::string text = secret_problem(auth.secret->secret); !text.empty()) {
        out.add({Code::xml_error, std::move(text), "/pool/source/auth/secret", 0, ErrorSource::none});
    }
    if (auth.type == AuthType::unset || auth.type == AuthType::none) {
        refuse(out, Code::config_unsupported, "/pool/source/auth/@type", "storage pool missing auth type");
    }
}

void check_source(const StoragePool& pool, Diagnostics& out) {
    const PoolKind& kind = pool.kind();
    const PoolSource& source = pool.source;
    if (kind.host && source.hosts.empty()) {
        refuse(out, Code::xml_error, "/pool/source/host", "missing storage pool source host name");
    }
    if (pool.type == PoolType::rbd && source.name.empty()) {
        refuse(out, Code::xml_error, "/pool/source/name", "element 'name' is mandatory for RBD pool");
    }
    if (!kind.source_format.usual.empty() && !kind.source_format.known(source.format)) {
        refuse(out, Code::config_unsupported, "/pool/source/format/@type", "unknown pool format type {}",
               source.format);
    }
    if (source.auth) { check_auth(*source.auth, out); }
    if (!source.protocol_version.empty() && pool.type == PoolType::netfs && source.format != "nfs" &&
        source.format != "auto") {
        refuse(out, Code::config_unsupported, "/pool/source/protocol/@ver",
               "storage pool protocol ver unsupported for pool type '{}'", source.format);
    }
    if (kind.dir && source.dir.empty()) {
        refuse(out, Code::xml_error, "/pool/source/dir", "missing storage pool source path");
    }
    if (kind.adapter) { check(source.adapter, out); }
    if (kind.needs_device && source.devices.empty()) {
        refuse(out, Code::xml_error, "/pool/source/device", "missing storage pool source device name");
    }
    if (pool.type == PoolType::iscsi_direct && source.initiator.empty()) {
        refuse(out, Code::config_unsupported, "/pool/source/initiator/iqn/@name", "missing initiator IQN");
    }
    // libvirt takes these and cannot read its own file again.
    for (const PoolHost& host : source.hosts) {
        if (host.name.empty()) {
            refuse(out, Code::xml_error, "/pool/source/host/@name", "missing storage pool host name");
        }
    }
    for (const PoolDevice& device : source.devices) {
        if (device.path.empty()) {
            refuse(out, Code::xml_error, "/pool/source/device/@path",
                   "missing storage pool source device path");
        }
    }
}

void check_options(const StoragePool& pool, Diagnostics& out) {
    for (const PoolOption& option : pool_options(pool.mount_options)) {
        if (!option.name) {
            refuse(out, Code::xml_error, "/pool/fs:mount_opts/fs:option/@name",
                   "no fs mount option name specified");
        }
    }
    for (const PoolOption& option : pool_options(pool.config_options)) {
        constexpr std::string_view name = "/pool/rbd:config_opts/rbd:option/@name";
        constexpr std::string_view value = "/pool/rbd:config_opts/rbd:option/@value";
        if (!option.name) {
            refuse(out, Code::xml_error, std::string(name), "no rbd option name specified");
        } else if (option.name->empty()) {
            refuse(out, Code::xml_error, std::string(name), "empty rbd option name specified");
        } else if (!option.value) {
            refuse(out, Code::xml_error, std::string(value), "no rbd option value specified for name '{}'",
                   *option.name);
        } else if (option.value->empty()) {
            refuse(out, Code::xml_error, std::string(value), "empty rbd option value specified for name '{}'",
                   *option.name);
        }
    }
}

bool is_version(std::string_view text) {
    const std::size_t point = text.find('.');
    const auto digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return point != std::string_view::npos && digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

void check_features(const VolumeTarget& target, Diagnostics& out) {
    constexpr std::string_view path = "/volume/target/features";
    for (const std::string& part : target.features->rest.parts()) {
        refuse(out, Code::config_unsupported, std::string(path), "unsupported feature {}",
               schema::Kept::name(part));
    }
    if (target.compat != "0.10") { return; }
    if (target.features->lazy_refcounts) {
        refuse(out, Code::config_unsupported, std::string(path),
               "lazy_refcounts not supported with compat level {}", target.compat);
    }
    if (target.features->extended_l2) {
        refuse(out, Code::config_unsupported, std::string(path),
               "'extended_l2' not supported with compat level {}", target.compat);
    }
}

void check_encryption(const Encryption& encryption, Diagnostics& out) {
    constexpr std::string_view path = "/volume/target/encryption";
    for (const EncryptionSecret& secret : encryption.secrets) {
        if (std::string text = secret_problem(secret.secret); !text.empty()) {
            out.add({Code::xml_error, std::move(text), fmt::format("{}/secret", path), 0, ErrorSource::none});
        }
    }
    if (encryption.cipher && encryption.cipher->name.empty()) {
        refuse(out, Code::xml_error, fmt::format("{}/cipher/@name", path),
               "cipher info missing 'name' attribute");
    }
    if (encryption.initial_vector && !encryption.cipher) {
        refuse(out, Code::xml_error, fmt::format("{}/ivgen", path),
               "ivgen element found, but cipher is missing");
    } else if (encryption.initial_vector && encryption.initial_vector->name.empty()) {
        refuse(out, Code::xml_error, fmt::format("{}/ivgen/@name", path), "missing ivgen info name string");
    }
    if (encryption.secrets.size() != 1) {
        refuse(out, Code::invalid_arg, std::string(path),
               "A single <secret type='passphrase'...> element is expected in encryption description");
    }
}

bool known_format(const FormatWords& formats, std::string_view format) {
    return formats.words.empty() || (formats.known(format) && (format != "none" || formats.usual == "none"));
}

} // namespace

void check(const StoragePool& pool, Diagnostics& diagnostics) {
    check_name(pool, diagnostics);
    check_source(pool, diagnostics);
    if (pool.copy_on_write != schema::YesNo::unset && !pool.kind().features) {
        refuse(diagnostics, Code::no_support, "/pool/features/cow",
               "cow feature may only be used for 'fs' and 'dir' pools");
    }
    if (pool.kind().target == PoolTarget::given && pool.target.path.empty()) {
        refuse(diagnostics, Code::xml_error, "/pool/target/path", "missing storage pool target path");
    }
    check_options(pool, diagnostics);
}

void check(const StorageVolume& volume, PoolType pool, Diagnostics& diagnostics) {
    const FormatWords& formats = kind_of(pool).volume_format;
    const VolumeTarget& target = volume.target;
    if (volume.name.find('/') != std::string::npos &&
        (pool == PoolType::dir || pool == PoolType::fs || pool == PoolType::netfs)) {
        refuse(diagnostics, Code::operation_invalid, "/volume/name", "volume name '{}' cannot contain '/'",
               volume.name);
    }
    if (!volume.capacity && !volume.backing) {
        refuse(diagnostics, Code::xml_error, "/volume/capacity", "missing capacity element");
    }
    for (const std::string* format : {&target.format, volume.backing ? &volume.backing->format : nullptr}) {
        if (format != nullptr && !formats.usual.empty() && !known_format(formats, *format)) {
            refuse(diagnostics, Code::config_unsupported, "/volume/target/format/@type",
                   "unknown volume format type {}", *format);
        }
    }
    if (volume.backing && target.format == "raw" && formats.known("qcow2")) {
        refuse(diagnostics, Code::no_support, "/volume/backingStore",
               "backing storage not supported for raw volumes");
    }
    if (!target.compat.empty() && !is_version(target.compat)) {
        refuse(diagnostics, Code::xml_error, "/volume/target/compat",
               "forbidden characters in 'compat' attribute");
    }
    if (target.features) { check_features(target, diagnostics); }
    if (target.encryption) { check_encryption(*target.encryption, diagnostics); }
}

} // namespace yado::model
