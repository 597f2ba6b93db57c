// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

constexpr std::uint32_t most_permissive = 0777;

class FilesystemCheck {
  public:
    FilesystemCheck(const Domain& domain, const Filesystem& filesystem, std::size_t index, Diagnostics& out)
        : domain_(domain), filesystem_(filesystem), index_(index), out_(out) {}

    void run() {
        const Filesystem& f = filesystem_;
        if (f.source_name().empty()) {
            problem(out_, domain_conf, Code::no_source, place("/source"), "{}", f.target);
        } else if (f.target.empty()) {
            problem(out_, domain_conf, Code::no_target, place("/target"), "{}", f.source_name());
        }
        mode(f.file_mode, "fmode");
        mode(f.directory_mode, "dmode");
        if (f.info.boot_order && !f.is_virtiofs()) {
            refuse(domain_conf, "/boot", "boot order is only supported for virtiofs");
        }
        const bool qemu = domain_.type == DomainType::qemu || domain_.type == DomainType::kvm;
        if (qemu) { under_qemu(); }
    }

  private:
    std::string place(std::string_view part) const { return at("filesystem", index_, part); }
    void refuse(ErrorSource source, std::string_view part, std::string_view text) {
        problem(out_, source, Code::config_unsupported, place(part), "{}", text);
    }

    void mode(std::optional<std::uint32_t> mode, std::string_view name) {
        if (mode && *mode > most_permissive) {
            problem(out_, domain_conf, Code::xml_error, place(fmt::format("/@{}", name)),
                    "invalid {}: '0{:o}'", name, *mode);
        }
    }

    void under_qemu() {
        const Filesystem& f = filesystem_;
        if (f.mount() == nullptr) {
            refuse(driver, "/@type", "only supports mount filesystem type");
            return;
        }
        const bool moded = f.file_mode || f.directory_mode;
        if (moded && f.access != FilesystemAccess::mapped) {
            refuse(driver, "/@fmode", "fmode and dmode must be used with accessmode=mapped");
        }
        switch (f.driver.type) {
        case FilesystemDriverType::handle:
            if (f.access != FilesystemAccess::passthrough) {
                refuse(driver, "/@accessmode", "only supports passthrough accessmode");
            }
            break;
        case FilesystemDriverType::loop:
        case FilesystemDriverType::nbd:
        case FilesystemDriverType::ploop:
            refuse(driver, "/driver/@type", "Filesystem driver type not supported");
            break;
        case FilesystemDriverType::virtiofs: virtiofs(); break;
        case FilesystemDriverType::mtp:
            if (f.access != FilesystemAccess::unset && f.access != FilesystemAccess::passthrough) {
                refuse(driver, "/@accessmode", "mtp doesn't support accessmode");
            }
            break;
        case FilesystemDriverType::unset:
        case FilesystemDriverType::path: break;
        }
    }

    /// What virtiofsd decides or does not know.
    void virtiofs() {
        const Filesystem& f = filesystem_;
        const auto never = [&](bool given, std::string_view text) {
            if (given) { refuse(driver, "", fmt::format("virtiofs {}", text)); }
        };
        never(f.readonly, "does not yet support read-only mode");
        never(f.access == FilesystemAccess::mapped || f.access == FilesystemAccess::squash,
              "only supports passthrough accessmode");
        never(f.driver.write_policy != WritePolicy::unset, "does not support wrpolicy");
        never(f.model != FilesystemModel::unset, "does not support model");
        never(f.driver.format != ImageFormat::unset, "does not support format");
        never(f.multi_devices != MultiDevices::default_, "does not support multidevs");
        if (!shares_memory(domain_)) { refuse(driver, "/driver/@type", "'virtiofs' requires shared memory"); }
    }

    const Domain& domain_;
    const Filesystem& filesystem_;
    std::size_t index_;
    Diagnostics& out_;
};

} // namespace

void check_filesystems(const Domain& domain, Diagnostics& out) {
    const std::vector<Filesystem>& all = domain.devices.filesystems;
    for (std::size_t i = 0; i < all.size(); ++i) { FilesystemCheck(domain, all[i], i, out).run(); }
}

} // namespace yado::model
