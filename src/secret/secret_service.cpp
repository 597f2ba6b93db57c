// SPDX-License-Identifier: Apache-2.0
#include "secret/secret_service.h"

#include "model/secret/document.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::secret {

p::SecretRef ref_to(const model::Secret& secret) {
    return {.uuid = secret.uuid,
            .usageType = static_cast<std::int32_t>(secret.usage_type()),
            .usageID = std::string(secret.usage_id())};
}

p::ConnectListAllSecretsResult SecretService::list_all(CallContext&,
                                                       const p::ConnectListAllSecretsArgs& args) {
    namespace Flags = p::ConnectListAllSecretsFlags;
    service::require_flags(ErrorSource::secret, args.flags,
                           Flags::ephemeral | Flags::no_ephemeral | Flags::private_ | Flags::no_private,
                           "secretConnectListAllSecrets");
    // neither or both of a pair: either will do
    const auto fits = [&](bool is, std::uint32_t yes, std::uint32_t no) {
        const std::uint32_t asked = args.flags & (yes | no);
        return asked == 0 || (asked & (is ? yes : no)) != 0;
    };
    p::ConnectListAllSecretsResult result;
    for (const Secrets::Pointer& secret : secrets_.all()) {
        if (!fits(secret->definition.is_ephemeral(), Flags::ephemeral, Flags::no_ephemeral) ||
            !fits(secret->definition.is_private(), Flags::private_, Flags::no_private)) {
            continue;
        }
        ++result.ret;
        if (args.need_results != 0) result.secrets.push_back(ref_to(secret->definition));
    }
    if (result.secrets.size() > p::limits::secret_list) {
        fail(ErrorSource::rpc, Code::rpc, "Too many secrets '{}' for limit '{}'", result.secrets.size(),
             p::limits::secret_list);
    }
    return result;
}

p::ConnectListSecretsResult SecretService::list(CallContext&, const p::ConnectListSecretsArgs& args) {
    p::ConnectListSecretsResult result;
    for (const Secrets::Pointer& secret : secrets_.all()) {
        if (std::cmp_greater_equal(result.uuids.size(), args.maxuuids)) break;
        result.uuids.push_back(secret->uuid().text());
    }
    return result;
}

p::ConnectNumOfSecretsResult SecretService::count(CallContext&, const p::ConnectNumOfSecretsArgs&) {
    return {.num = static_cast<std::int32_t>(secrets_.all().size())};
}

p::SecretLookupByUuidResult SecretService::lookup_by_uuid(CallContext&,
                                                          const p::SecretLookupByUuidArgs& args) {
    return {.secret = ref_to(secrets_.require(args.uuid)->definition)};
}

p::SecretLookupByUsageResult SecretService::lookup_by_usage(CallContext&,
                                                            const p::SecretLookupByUsageArgs& args) {
    const auto type = static_cast<model::SecretUsageType>(args.usageType);
    const bool known = args.usageType >= 0 && args.usageType <= p::SecretUsageType::vtpm;
    const Secrets::Pointer secret = known ? secrets_.find_usage(type, args.usageID) : nullptr;
    if (secret == nullptr) {
        fail(ErrorSource::secret, Code::no_secret, "no secret with matching usage '{}'", args.usageID);
    }
    return {.secret = ref_to(secret->definition)};
}

p::SecretGetXmlDescResult SecretService::get_xml(CallContext&, const p::SecretGetXmlDescArgs& args) {
    service::require_flags(ErrorSource::secret, args.flags, 0, "secretGetXMLDesc");
    return {.xml = model::write_secret(secrets_.require(args.secret.uuid)->definition)};
}

p::SecretGetValueResult SecretService::get_value(CallContext&, const p::SecretGetValueArgs& args) {
    service::require_flags(ErrorSource::secret, args.flags, 0, "secretGetValue");
    const Secrets::Pointer secret = secrets_.require(args.secret.uuid);
    if (secret->definition.is_private()) {
        fail(ErrorSource::secret, Code::invalid_secret, "secret is private");
    }
    if (!secret->value) {
        fail(ErrorSource::secret, Code::no_secret, "secret '{}' does not have a value",
             secret->uuid().text());
    }
    p::SecretGetValueResult result;
    result.value.assign(secret->value->begin(), secret->value->end());
    return result;
}

Task<p::SecretDefineXmlResult> SecretService::define(CallContext, p::SecretDefineXmlArgs args) {
    service::require_flags(ErrorSource::secret, args.flags, p::SecretDefineFlags::validate,
                           "secretDefineXML");
    const bool validate = (args.flags & p::SecretDefineFlags::validate) != 0;
    model::Secret definition = model::parse_secret(
        args.xml, {.unknown = validate ? schema::Unknown::reject : schema::Unknown::ignore});
    const Secrets::Pointer secret = co_await secrets_.define(std::move(definition));
    co_return p::SecretDefineXmlResult{.secret = ref_to(secret->definition)};
}

Task<p::SecretSetValueResult> SecretService::set_value(CallContext, p::SecretSetValueArgs args) {
    service::require_flags(ErrorSource::secret, args.flags, 0, "secretSetValue");
    Value value(args.value.begin(), args.value.end());
    co_await secrets_.set_value(secrets_.require(args.secret.uuid), std::move(value));
    co_return p::SecretSetValueResult();
}

Task<p::SecretUndefineResult> SecretService::undefine(CallContext, p::SecretUndefineArgs args) {
    co_await secrets_.undefine(secrets_.require(args.secret.uuid));
    co_return p::SecretUndefineResult();
}

} // namespace yado::secret
