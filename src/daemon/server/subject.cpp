// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/subject.h"

#include "base/error.h"
#include "guest/hypervisor.h"
#include "model/domain/document.h"
#include "model/network/document.h"
#include "model/storage/document.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <vector>

namespace yado::daemon {
namespace {

namespace p = protocol;

struct Word {
    std::string_view field, detail;
};
struct Kind {
    std::string_view object;
    std::vector<Word> words; ///< fields of its references
};

const Kind* kind_of(std::string_view object) {
    static const Kind kinds[] = {
        {"domain", {{"name", "domain_name"}, {"uuid", "domain_uuid"}}},
        {"network", {{"name", "network_name"}, {"uuid", "network_uuid"}}},
        {"network_port", {{"net.name", "network_name"}, {"net.uuid", "network_uuid"}, {"uuid", "port_uuid"}}},
        {"storage_pool", {{"name", "pool_name"}, {"uuid", "pool_uuid"}}},
        {"storage_vol", {{"pool", "pool_name"}, {"name", "vol_name"}, {"key", "vol_key"}}},
        {"interface", {{"name", "interface_name"}, {"mac", "interface_macaddr"}}},
        {"node_device", {{"name", "node_device_name"}}},
        {"secret", {{"uuid", "secret_uuid"}}},
        {"nwfilter", {{"name", "nwfilter_name"}, {"uuid", "nwfilter_uuid"}}},
        {"nwfilter_binding", {{"portdev", "nwfilter_binding_portdev"}}},
    };
    const auto found = std::ranges::find(kinds, object, &Kind::object);
    return found == std::end(kinds) ? nullptr : &*found;
}

std::string_view detail_of(std::string_view object, std::string_view field) {
    const Kind* kind = kind_of(object);
    if (kind == nullptr) return {};
    const auto found = std::ranges::find(kind->words, field, &Word::field);
    return found == kind->words.end() ? std::string_view() : found->detail;
}

/// The texts and numbers of a structure by their path, "dom.uuid", without lists.
class Leaves final : public p::Wire {
  public:
    std::map<std::string, std::string, std::less<>> found;

    void i32(std::string_view name, std::int32_t& value) override { add(name, std::to_string(value)); }
    void u32(std::string_view, std::uint32_t&) override {}
    void i64(std::string_view, std::int64_t&) override {}
    void u64(std::string_view, std::uint64_t&) override {}
    void f64(std::string_view, double&) override {}
    void uuid(std::string_view name, Uuid& value) override { add(name, value.text()); }
    void text(std::string_view name, std::string& value) override { add(name, value); }
    void blob(std::string_view, p::Blob&, std::uint32_t) override {}
    void char_text(std::string_view, std::string&, std::uint32_t) override {}
    void char_text_fixed(std::string_view, std::string&, std::uint32_t) override {}
    void char_blob(std::string_view, p::Blob&, std::uint32_t) override {}
    void typed_value(std::string_view, p::TypedValue&) override {}
    void begin_struct(std::string_view name) override { path_.push_back(fmt::format("{}{}.", here(), name)); }
    void end_struct() override { path_.pop_back(); }
    bool begin_optional(std::string_view, bool present) override { return present; }
    std::size_t begin_list(std::string_view, std::size_t size, p::ListRule) override {
        ++in_list_;
        return size;
    }
    void end_list() override { --in_list_; }

  private:
    std::string_view here() const { return path_.empty() ? std::string_view() : path_.back(); }
    void add(std::string_view name, std::string value) {
        if (in_list_ == 0) found.emplace(fmt::format("{}{}", here(), name), std::move(value));
    }
    std::vector<std::string> path_;
    int in_list_ = 0;
};

AccessDetails named(std::string_view object, const Naming::Name& name) {
    AccessDetails details;
    for (const auto& [field, text] : {std::pair<std::string_view, std::string>{"name", name.name},
                                      std::pair<std::string_view, std::string>{"uuid", name.uuid.text()}}) {
        if (const std::string_view detail = detail_of(object, field); !detail.empty()) {
            details.emplace(detail, text);
        }
    }
    return details;
}

const Naming* naming_of(const Driver* driver, std::string_view object) {
    if (driver == nullptr) return nullptr;
    const auto found = driver->naming.find(object);
    return found == driver->naming.end() ? nullptr : found->second;
}

/// The prefix of the reference to an object of this kind: the innermost structure with all of its fields.
std::optional<std::string> reference(const Leaves& leaves, const Kind& kind) {
    const std::string last = fmt::format(".{}", kind.words.back().field);
    for (const auto& [path, value] : leaves.found) {
        if (!path.ends_with(last)) continue;
        std::string prefix = path.substr(0, path.size() - last.size() + 1);
        const auto has = [&](const Word& word) {
            return leaves.found.contains(prefix + std::string(word.field));
        };
        // a network has a name and a UUID as well: only a domain has an id
        const bool is_domain = leaves.found.contains(prefix + "id");
        if (std::ranges::all_of(kind.words, has) && is_domain == (kind.object == "domain")) return prefix;
    }
    return std::nullopt;
}

/// Of what a document is to define; it may leave out the UUID.
template <class Model> AccessDetails of_definition(std::string_view object, const Model& definition) {
    AccessDetails details = named(object, {definition.name, definition.uuid});
    if (definition.uuid == Uuid()) details.erase(std::string(detail_of(object, "uuid")));
    return details;
}

AccessDetails of_document(std::string_view object, std::string_view text) {
    try {
        if (object == "domain") return of_definition(object, model::read_domain(text));
        if (object == "network") return of_definition(object, model::read_network(text));
        if (object == "storage_pool") return of_definition(object, model::read_pool(text));
        if (object == "storage_vol") return {{"vol_name", model::read_volume(text).name}};
    } catch (const Error&) { // which the call will say
    }
    return {};
}

/// Empty for one that is not there.
AccessDetails of_uuid(const Naming& naming, std::string_view object, std::string_view text) {
    const auto uuid = Uuid::parse(text);
    const auto found = uuid ? naming.find(*uuid) : std::nullopt;
    return found ? named(object, *found) : AccessDetails();
}

AccessDetails of_lookup(const Naming& naming, const Leaves& leaves, std::string_view object) {
    std::optional<Naming::Name> found;
    const auto text = [&](std::string_view path) -> const std::string* {
        const auto row = leaves.found.find(path);
        return row == leaves.found.end() ? nullptr : &row->second;
    };
    if (const std::string* uuid = text("uuid")) found = naming.find(Uuid::parse(*uuid).value_or(Uuid()));
    else if (const std::string* name = text("name")) found = naming.find(*name);
    else if (const std::string* id = text("id")) found = naming.find(std::stoi(*id));
    else if (const std::string* pool = text("vol.pool")) found = naming.find(*pool);
    return found ? named(object, *found) : AccessDetails();
}

AccessDetails of_arguments(const Driver* driver, const Leaves& leaves, const Kind& kind) {
    const std::string_view object = kind.object;
    for (const std::string_view document : {"xml", "xml_desc", "domain_xml"}) {
        const auto row = leaves.found.find(document);
        if (row == leaves.found.end() || (reference(leaves, kind) && object != "storage_vol")) continue;
        return of_document(object, row->second);
    }
    const Naming* naming = naming_of(driver, object);
    if (const auto prefix = reference(leaves, kind)) {
        if (naming != nullptr) return of_uuid(*naming, object, leaves.found.at(*prefix + "uuid"));
        // a name beside a UUID is only what the client says, and so is a key beside a name
        const bool by_uuid = kind.words.back().field == "uuid";
        AccessDetails details;
        for (const Word& word : kind.words) {
            if (word.field == "key" || (by_uuid && word.field.ends_with("name"))) continue;
            details.emplace(word.detail, leaves.found.at(*prefix + std::string(word.field)));
        }
        return details;
    }
    if (naming != nullptr) return of_lookup(*naming, leaves, object);
    const auto name = leaves.found.find("name");
    return name == leaves.found.end() ? AccessDetails() : details_of(driver, object, name->second);
}

/// A volume's pool and a port's network, from the reference beside it.
void add_holder(AccessDetails& details, const Driver* driver, const Leaves& leaves, std::string_view object) {
    const auto add = [&](std::string_view holder, std::initializer_list<std::string_view> places) {
        const Naming* naming = naming_of(driver, holder);
        for (const std::string_view place : places) {
            const auto row = leaves.found.find(place);
            if (naming != nullptr && row != leaves.found.end())
                details.merge(of_uuid(*naming, holder, row->second));
        }
    };
    if (object == "storage_vol") add("storage_pool", {"pool.uuid"});
    if (object == "network_port") add("network", {"port.net.uuid", "network.uuid"});
}

} // namespace

AccessDetails details_of(const p::DomainRef& ref) { return named("domain", {ref.name, ref.uuid}); }
AccessDetails details_of(const p::NetworkRef& ref) { return named("network", {ref.name, ref.uuid}); }
AccessDetails details_of(const p::NetworkPortRef& ref) {
    AccessDetails details = details_of(ref.net);
    details.emplace("port_uuid", ref.uuid.text());
    return details;
}
AccessDetails details_of(const p::StoragePoolRef& ref) { return named("storage_pool", {ref.name, ref.uuid}); }
AccessDetails details_of(const p::StorageVolRef& ref) {
    return {{"pool_name", ref.pool}, {"vol_name", ref.name}, {"vol_key", ref.key}};
}
AccessDetails details_of(const p::InterfaceRef& ref) {
    return {{"interface_name", ref.name}, {"interface_macaddr", ref.mac}};
}
AccessDetails details_of(const p::NodeDeviceRef& ref) { return {{"node_device_name", ref.name}}; }
AccessDetails details_of(const p::SecretRef& ref) {
    AccessDetails details{{"secret_uuid", ref.uuid.text()}};
    static constexpr std::string_view uses[] = {"", "volume", "ceph", "target", "name", "name"};
    const auto use = static_cast<std::size_t>(ref.usageType);
    if (use != 0 && use < std::size(uses))
        details.emplace(fmt::format("secret_usage_{}", uses[use]), ref.usageID);
    return details;
}
AccessDetails details_of(const p::NwfilterRef& ref) { return named("nwfilter", {ref.name, ref.uuid}); }
AccessDetails details_of(const p::NwfilterBindingRef& ref) {
    return {{"nwfilter_binding_portdev", ref.portdev}};
}

AccessDetails details_of(const Driver* driver, std::string_view object, std::string_view name) {
    if (const Naming* naming = naming_of(driver, object)) {
        const auto found = naming->find(name);
        return found ? named(object, *found) : AccessDetails();
    }
    const std::string_view detail = detail_of(object, object == "secret" ? "uuid" : "name");
    return detail.empty() ? AccessDetails() : AccessDetails{{std::string(detail), std::string(name)}};
}

AccessDetails details_of(const Driver* driver, std::string_view object, int id) {
    const Naming* naming = naming_of(driver, object);
    const auto found = naming != nullptr ? naming->find(id) : std::nullopt;
    return found ? named(object, *found) : AccessDetails();
}

AccessDetails details_of_pool(const Driver* driver, const Uuid& uuid) {
    const Naming* naming = naming_of(driver, "storage_pool");
    return naming == nullptr ? AccessDetails() : of_uuid(*naming, "storage_pool", uuid.text());
}

AccessDetails with_driver(const Driver* driver, AccessDetails details) {
    if (driver != nullptr && driver->hypervisor != nullptr) {
        details.emplace("connect_driver", driver->hypervisor->type());
    }
    return details;
}

AccessDetails details_of_call(const Driver* driver, const p::ProcedureInfo& info, const void* arguments,
                              std::string_view object) {
    const Kind* kind = kind_of(object);
    if (kind == nullptr || info.args == nullptr) return {};
    Leaves leaves;
    info.args->describe(leaves, const_cast<void*>(arguments)); // a walker that only reads
    AccessDetails details = of_arguments(driver, leaves, *kind);
    add_holder(details, driver, leaves, object);
    return details;
}

} // namespace yado::daemon
