// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/launch_security.h"

#include "base/error.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

struct Words {
    std::string_view object; ///< QEMU's
    std::string_view shown;
};

Words words(const model::LaunchSecurity& security) {
    static constexpr Words all[] = {{"sev-guest", "SEV"},
                                    {"sev-snp-guest", "SEV-SNP"},
                                    {"tdx-guest", "TDX"},
                                    {"s390-pv-guest", "S390 PV"}};
    static_assert(std::size(all) == std::variant_size_v<model::LaunchSecurityKind>);
    return all[security.kind.index()];
}

class Security {
  public:
    explicit Security(const DeviceContext& context) : context_(context) {}

    LaunchSecurityParts make() {
        std::visit([this](const auto& kind) { add(kind); }, context_.domain.launch_security->kind);
        return std::move(parts_);
    }

  private:
    void begin() {
        require_launch_security(context_.domain, context_.capabilities);
        parts_.object["qom-type"] = words(*context_.domain.launch_security).object;
        parts_.object["id"] = launch_security_id;
    }

    void text(std::string_view name, const std::string& value) {
        if (!value.empty()) parts_.object[name] = value;
    }
    void choice(std::string_view name, schema::YesNo value, schema::YesNo on = schema::YesNo::yes) {
        if (value != schema::YesNo::unset) parts_.object[name] = value == on;
    }

    void addressing(const model::SevAddressing& addressing) {
        if (addressing.c_bit) parts_.object["cbitpos"] = *addressing.c_bit;
        // Without it QEMU refuses to start; 1 is what all processors so far have at least.
        parts_.object["reduced-phys-bits"] = addressing.reduced_bits.value_or(1);
    }

    void file(std::string_view member, std::string_view name, const std::string& content) {
        if (content.empty()) return;
        const std::string path = fmt::format("{}/{}", context_.facts.domain_dir, name);
        parts_.object[member] = path;
        parts_.files.push_back({path, content});
    }

    void add(const model::Sev& sev) {
        begin();
        addressing(sev.addressing);
        parts_.object["policy"] = sev.policy;
        file("dh-cert-file", "dh_cert.base64", sev.dh_cert);
        file("session-file", "session.base64", sev.session);
        choice("kernel-hashes", sev.kernel_hashes);
    }

    void add(const model::SevSnp& snp) {
        begin();
        addressing(snp.addressing);
        parts_.object["policy"] = snp.policy;
        text("guest-visible-workarounds", snp.guest_visible_workarounds);
        text("id-block", snp.id_block);
        text("id-auth", snp.id_auth);
        text("host-data", snp.host_data);
        choice("kernel-hashes", snp.kernel_hashes);
        choice("author-key-enabled", snp.author_key);
        choice("vcek-disabled", snp.vcek, schema::YesNo::no);
    }

    void add(const model::Tdx& tdx) {
        begin();
        if (tdx.policy) parts_.object["attributes"] = *tdx.policy;
        text("mrconfigid", tdx.config_id);
        text("mrowner", tdx.owner);
        text("mrownerconfig", tdx.owner_config);
        if (!tdx.quote_service.empty()) {
            parts_.object["quote-generation-socket"] =
                json::object{{"type", "unix"}, {"path", tdx.quote_service}};
        }
    }

    void add(const model::S390Pv&) { begin(); }

    const DeviceContext& context_;
    LaunchSecurityParts parts_;
};

} // namespace

void require_launch_security(const model::Domain& domain, const QemuCapabilities& capabilities) {
    if (!domain.launch_security) return;
    const auto& [object, shown] = words(*domain.launch_security);
    if (!capabilities.has_object(object) || domain.type != model::DomainType::kvm) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "{} launch security is not supported with this QEMU binary", shown);
    }
}

std::optional<LaunchSecurityParts> launch_security(const DeviceContext& context) {
    if (!context.domain.launch_security) return std::nullopt;
    return Security(context).make();
}

} // namespace yado::qemu
