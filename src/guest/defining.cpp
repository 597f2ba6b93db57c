// SPDX-License-Identifier: Apache-2.0
// Definitions: made, changed, renamed, taken away. The file is on disk before memory changes and before the
// answer.
#include "guest/domain_service.h"
#include "guest/saving.h"
#include "guest/snapshots.h"

#include "base/log.h"
#include "model/domain/check.h"
#include "model/domain/disk_chain.h"
#include "model/domain/document.h"
#include "protocol/constants.h"
#include "schema/metadata.h"

namespace yado::guest {
namespace {

namespace Impacts = p::DomainModificationImpact;

constexpr std::size_t large_document = 64 * 1024; // bytes; reading them takes about half a millisecond

} // namespace

Task<model::Domain> DomainService::read(std::string xml, bool validate) {
    co_await parts_.hypervisor.prepare();
    const ErrorSource source = parts_.hypervisor.error_source();
    schema::ReadOptions options;
    options.unknown = validate ? schema::Unknown::reject : schema::Unknown::ignore;
    model::Domain domain;
    if (xml.size() < large_document) {
        domain = model::read_domain(xml, options);
    } else { // not while everybody waits
        auto parse = [&] { return model::read_domain(xml, options); };
        domain = co_await blocking(parts_.loop, parse);
    }
    model::complete(domain, parts_.hypervisor.complete_context());
    schema::Diagnostics problems;
    problems.source = source;
    auto driver = [this](const model::Domain& asked) { parts_.hypervisor.check(asked); };
    model::check(domain, problems, driver);
    problems.throw_if_any();
    co_return domain;
}

Task<Registry::Pointer> DomainService::define_document(std::string xml, bool validate) {
    model::Domain domain = co_await read(std::move(xml), validate);
    const AsyncMutex::Lock lock = co_await power_.defining().lock();
    if (const Registry::Pointer other = parts_.registry.find(domain.name);
        other && other->uuid != domain.uuid) {
        fail(ErrorSource::domain, Code::operation_failed, "domain '{}' already exists with uuid {}",
             domain.name, other->uuid.text());
    }
    Registry::Pointer guest = parts_.registry.find(domain.uuid);
    if (guest && guest->name != domain.name) {
        fail(ErrorSource::domain, Code::operation_failed, "domain '{}' is already defined with uuid {}",
             guest->name, domain.uuid.text());
    }
    const bool fresh = !guest || !guest->persistent;
    auto definition = Definition::of(domain);
    co_await parts_.store.save_definition(domain.name, model::definition_file(domain));
    if (!guest) {
        guest = std::make_shared<Guest>(parts_.loop, domain.name, domain.uuid);
        parts_.registry.add(guest);
    } else if (parts_.registry.find(guest->uuid) != guest) { // a transient one that ended meanwhile
        parts_.registry.add(guest);
    }
    guest->definition = std::move(definition);
    guest->persistent = true;
    power_.publish(*guest, fresh ? lifecycle::defined_added : lifecycle::defined_updated);
    co_return guest;
}

Task<p::DomainDefineXmlResult> DomainService::define(CallContext, p::DomainDefineXmlArgs args) {
    const Registry::Pointer guest = co_await define_document(std::move(args.xml), false);
    co_return {.dom = ref_to(*guest)};
}

Task<p::DomainDefineXmlFlagsResult> DomainService::define_with_flags(CallContext,
                                                                     p::DomainDefineXmlFlagsArgs args) {
    require_flags(ErrorSource::domain, args.flags, p::DomainDefineFlags::validate,
                  "qemuDomainDefineXMLFlags");
    const bool validate = (args.flags & p::DomainDefineFlags::validate) != 0;
    const Registry::Pointer guest = co_await define_document(std::move(args.xml), validate);
    co_return {.dom = ref_to(*guest)};
}

Task<void> DomainService::undefine_guest(Registry::Pointer guest, std::uint32_t flags) {
    namespace Flags = p::DomainUndefineFlagsValues;
    constexpr std::uint32_t known = 0x7f;
    require_flags(ErrorSource::domain, flags, known, "qemuDomainUndefineFlags");
    const JobQueue::Job job = co_await guest->jobs.begin("undefine");
    if (!guest->persistent) {
        fail(ErrorSource::qemu, Code::operation_invalid, "cannot undefine transient domain");
    }
    if ((flags & Flags::nvram) != 0 && (flags & Flags::keep_nvram) != 0) {
        fail(ErrorSource::domain, Code::invalid_arg, "cannot both keep and delete nvram");
    }
    if ((flags & Flags::tpm) != 0 && (flags & Flags::keep_tpm) != 0) {
        fail(ErrorSource::domain, Code::invalid_arg, "cannot both keep and delete TPM");
    }
    const model::Domain domain = guest->config_model();
    const bool nvram = co_await parts_.hypervisor.has_belonging(domain, Belonging::nvram);
    if (nvram && (flags & (Flags::nvram | Flags::keep_nvram)) == 0) {
        fail(ErrorSource::qemu, Code::operation_invalid, "cannot undefine domain with nvram");
    }
    if (guest->has_managed_save) {
        if ((flags & Flags::managed_save) == 0) {
            fail(ErrorSource::qemu, Code::operation_invalid,
                 "Refusing to undefine while domain managed save image exists");
        }
        Saving saving(parts_, power_);
        co_await saving.remove_managed(guest);
    }
    if (nvram && (flags & Flags::nvram) != 0)
        co_await parts_.hypervisor.remove_belonging(domain, Belonging::nvram);
    const bool keeps_tpm =
        (flags & Flags::keep_tpm) != 0 || (keeps_tpm_state(domain) && (flags & Flags::tpm) == 0);
    // A guest that runs on as a transient one has its TPM until it ends.
    if (!keeps_tpm && !guest->active()) co_await parts_.hypervisor.remove_belonging(domain, Belonging::tpm);
    if (!guest->active() && !guest->snapshots.empty()) { // of a running one they stay until it ends
        if ((flags & Flags::snapshots_metadata) == 0) {
            fail(ErrorSource::qemu, Code::operation_invalid,
                 "cannot delete inactive domain with {} snapshots", guest->snapshots.size());
        }
        co_await discard_snapshots(parts_, guest);
    }
    const AsyncMutex::Lock lock = co_await power_.defining().lock();
    co_await parts_.store.remove_definition(guest->name);
    guest->definition.reset();
    guest->persistent = false;
    guest->autostart = false;
    power_.publish(*guest, lifecycle::undefined_removed);
    if (!guest->active()) parts_.registry.remove(*guest);
}

Task<p::DomainUndefineResult> DomainService::undefine(CallContext, p::DomainUndefineArgs args) {
    co_await undefine_guest(require(args.dom), 0);
    co_return p::DomainUndefineResult();
}

Task<p::DomainUndefineFlagsResult> DomainService::undefine_with_flags(CallContext,
                                                                      p::DomainUndefineFlagsArgs args) {
    co_await undefine_guest(require(args.dom), args.flags);
    co_return p::DomainUndefineFlagsResult();
}

Task<p::DomainRenameResult> DomainService::rename(CallContext, p::DomainRenameArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainRename");
    const Registry::Pointer guest = require(args.dom);
    const std::string name = args.new_name.value_or("");
    const JobQueue::Job job = co_await guest->jobs.begin("rename");
    const AsyncMutex::Lock lock = co_await power_.defining().lock();
    if (name == guest->name) {
        fail(ErrorSource::domain, Code::operation_invalid, "Can't rename domain to itself");
    }
    if (guest->active()) fail(ErrorSource::qemu, Code::operation_invalid, "cannot rename active domain");
    if (!guest->persistent)
        fail(ErrorSource::qemu, Code::operation_invalid, "cannot rename a transient domain");
    if (!guest->snapshots.empty())
        fail(ErrorSource::qemu, Code::operation_invalid, "cannot rename domain with snapshots");
    if (parts_.registry.find(name)) {
        fail(ErrorSource::domain, Code::operation_invalid, "domain with name '{}' already exists", name);
    }
    model::Domain domain = guest->config_model();
    domain.name = name;
    schema::Diagnostics problems;
    model::check(domain, problems);
    problems.throw_if_any();
    const std::string old_name = guest->name;
    // New file, then its link, then the old ones go: a crash in between leaves two files of one UUID, of
    // which the next start takes the first by name and reports the other; nothing is lost.
    co_await parts_.store.save_definition(name, model::definition_file(domain));
    if (guest->autostart) co_await parts_.store.set_autostart(name, true);
    co_await parts_.store.remove_definition(old_name);
    power_.publish(*guest, lifecycle::undefined_renamed);
    parts_.registry.rename(*guest, name);
    guest->definition = Definition::of(domain);
    power_.publish(*guest, lifecycle::defined_renamed);
    co_return p::DomainRenameResult();
}

p::DomainGetAutostartResult DomainService::get_autostart(CallContext&,
                                                         const p::DomainGetAutostartArgs& args) {
    return {.autostart = require(args.dom)->autostart};
}

Task<p::DomainSetAutostartResult> DomainService::set_autostart(CallContext, p::DomainSetAutostartArgs args) {
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("autostart");
    if (!guest->persistent) {
        fail(ErrorSource::qemu, Code::operation_invalid, "cannot set autostart for transient domain");
    }
    const bool on = args.autostart != 0;
    if (guest->autostart != on) {
        co_await parts_.store.set_autostart(guest->name, on);
        guest->autostart = on;
    }
    co_return p::DomainSetAutostartResult();
}

p::DomainGetXmlDescResult DomainService::get_xml(CallContext&, const p::DomainGetXmlDescArgs& args) {
    namespace Flags = p::DomainXMLFlags;
    require_flags(ErrorSource::domain, args.flags,
                  Flags::secure | Flags::inactive | Flags::update_cpu | Flags::migratable,
                  "qemuDomainGetXMLDesc");
    const Registry::Pointer guest = require(args.dom);
    const bool migratable = (args.flags & Flags::migratable) != 0; // another host needs the secrets too
    schema::View view{.secure = migratable || (args.flags & Flags::secure) != 0, .migratable = migratable};
    const bool inactive = (args.flags & Flags::inactive) != 0;
    if (!guest->active() || (inactive && guest->definition)) {
        return {.xml = guest->require_definition().text(view)};
    }
    view.live = !inactive;
    model::Domain& domain = guest->live->domain;
    domain.id = guest->id;
    if (view.migratable) return {.xml = model::write_domain(model::declared(domain), view)};
    return {.xml = model::write_domain(domain, view)};
}

Task<p::ConnectDomainXmlToNativeResult> DomainService::to_native(CallContext,
                                                                 p::ConnectDomainXmlToNativeArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuConnectDomainXMLToNative");
    if (args.nativeFormat != "qemu-argv") {
        fail(ErrorSource::qemu, Code::invalid_arg, "unsupported config type {}", args.nativeFormat);
    }
    model::Domain domain = co_await read(std::move(args.domainXml), false);
    std::string text = co_await parts_.hypervisor.native_config(std::move(domain));
    co_return {.nativeConfig = std::move(text)};
}

p::DomainGetMetadataResult DomainService::get_metadata(CallContext&, const p::DomainGetMetadataArgs& args) {
    require_flags(ErrorSource::domain, args.flags, Impacts::live | Impacts::config, "qemuDomainGetMetadata");
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags);
    std::optional<std::string> found;
    switch (args.type) {
    case p::DomainMetadataType::description:
        if (!domain.description.empty()) found = domain.description;
        break;
    case p::DomainMetadataType::title:
        if (!domain.title.empty()) found = domain.title;
        break;
    case p::DomainMetadataType::element:
        if (!args.uri) fail(ErrorSource::domain, Code::invalid_arg, "uri must not be NULL");
        found = schema::metadata_element(domain.metadata, *args.uri);
        break;
    default: fail(ErrorSource::domain, Code::invalid_arg, "unknown metadata type");
    }
    if (!found) {
        fail(ErrorSource::domain, Code::no_domain_metadata, "Requested metadata element is not present");
    }
    return {.metadata = std::move(*found)};
}

namespace {

void apply_metadata(model::Domain& domain, const p::DomainSetMetadataArgs& args) {
    switch (args.type) {
    case p::DomainMetadataType::description: domain.description = args.metadata.value_or(""); break;
    case p::DomainMetadataType::title:
        domain.title = args.metadata.value_or("");
        if (domain.title.find('\n') != std::string::npos) {
            fail(ErrorSource::domain, Code::invalid_arg, "Domain title can't contain newlines");
        }
        break;
    case p::DomainMetadataType::element:
        if (!args.uri) fail(ErrorSource::domain, Code::invalid_arg, "uri must not be NULL");
        domain.metadata =
            schema::with_metadata_element(domain.metadata, args.key.value_or(""), *args.uri, args.metadata);
        break;
    default: fail(ErrorSource::domain, Code::invalid_arg, "unknown metadata type");
    }
}

} // namespace

Task<p::DomainSetMetadataResult> DomainService::set_metadata(CallContext, p::DomainSetMetadataArgs args) {
    require_flags(ErrorSource::domain, args.flags, Impacts::live | Impacts::config, "qemuDomainSetMetadata");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("metadata");
    const Impact affected = impact(*guest, args.flags);
    std::optional<model::Domain> config;
    if (affected.config) {
        config = guest->config_model();
        apply_metadata(*config, args);
    }
    if (affected.live) {
        model::Domain& domain = guest->live->domain;
        model::Domain changed = domain;
        apply_metadata(changed, args);
        domain.title = std::move(changed.title);
        domain.description = std::move(changed.description);
        domain.metadata = std::move(changed.metadata);
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
    power_.publish(*guest, MetadataChanged{args.type, args.uri});
    co_return p::DomainSetMetadataResult();
}

} // namespace yado::guest
