// SPDX-License-Identifier: Apache-2.0
#include "model/domain/qemu_namespace.h"

#include <algorithm>

#include "base/text.h"
#include "model/domain/check_devices.h"
#include "schema/compact.h"

namespace yado::model {
namespace {

using schema::CompactScanner;

class Reader {
  public:
    explicit Reader(schema::Diagnostics* diagnostics) : diagnostics_(diagnostics) {}

    void read(std::string_view part) {
        CompactScanner scanner(part);
        for (auto token = scanner.next(); token != CompactScanner::Token::end; token = scanner.next()) {
            if (token == CompactScanner::Token::open) { element(scanner); }
        }
    }
    QemuNamespace result;

  private:
    void refuse(Code code, std::string_view element, std::string_view text,
                ErrorSource source = ErrorSource::qemu) {
        if (diagnostics_ != nullptr) {
            problem(*diagnostics_, source, code, fmt::format("/domain/{}", element), "{}", text);
        }
    }

    /// Nothing when the attribute is not there.
    static std::optional<std::string> attribute(const CompactScanner& scanner, std::string_view name) {
        for (const auto& [key, value] : scanner.attributes()) {
            if (key == name) { return schema::unescape(value); }
        }
        return std::nullopt;
    }

    void environment(const CompactScanner& scanner) {
        const auto name = attribute(scanner, "name");
        const auto letter = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        };
        if (!name) {
            refuse(Code::internal_error, scanner.name(), "No qemu environment name specified");
        } else if (name->empty() || !letter(name->front())) {
            refuse(Code::internal_error, scanner.name(),
                   "Invalid environment name, it must begin with a letter or underscore");
        } else if (!std::ranges::all_of(*name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); })) {
            refuse(Code::internal_error, scanner.name(),
                   "Invalid environment name, it must contain only alphanumerics and underscore");
        } else {
            result.environment.emplace_back(*name, attribute(scanner, "value").value_or(""));
        }
    }

    void capability(const CompactScanner& scanner, std::vector<std::string>& names) {
        if (auto name = attribute(scanner, "capability")) {
            names.push_back(std::move(*name));
        } else {
            refuse(Code::internal_error, scanner.name(), "missing capability name");
        }
    }

    static bool is_valid(OverrideType type, std::string_view value) {
        switch (type) {
        case OverrideType::string:
        case OverrideType::remove: return true;
        case OverrideType::signed_: return parse_number<std::int64_t>(value).has_value();
        case OverrideType::unsigned_: return parse_number<std::uint64_t>(value).has_value();
        case OverrideType::boolean: return value == "true" || value == "false";
        }
        return false;
    }

    void property(const CompactScanner& scanner) {
        static constexpr std::string_view words[] = {"string", "signed", "unsigned", "bool", "remove"};
        const auto name = attribute(scanner, "name");
        const auto type = attribute(scanner, "type");
        const auto value = attribute(scanner, "value");
        const auto* const word = std::ranges::find(words, type.value_or(""));
        if (!name || name->empty()) {
            refuse(Code::xml_error, scanner.name(), "missing 'name' attribute for qemu:property");
        } else if (!type) {
            refuse(Code::xml_error, scanner.name(), "Missing required attribute 'type' in element 'property'",
                   ErrorSource::xml);
        } else if (word == std::end(words)) {
            refuse(Code::xml_error, scanner.name(),
                   fmt::format("Invalid value for attribute 'type' in element 'property': '{}'.", *type),
                   ErrorSource::xml);
        } else if (const auto kind = static_cast<OverrideType>(word - std::begin(words));
                   kind != OverrideType::remove && !value) {
            refuse(Code::xml_error, scanner.name(), "missing 'value' attribute for 'qemu:property'");
        } else if (!is_valid(kind, value.value_or(""))) {
            refuse(Code::xml_error, scanner.name(),
                   fmt::format("invalid value '{}' of 'value' attribute of 'qemu:property'", *value));
        } else if (!result.overrides.empty()) {
            result.overrides.back().properties.push_back({*name, kind, value.value_or("")});
        }
    }

    void device(const CompactScanner& scanner) {
        auto alias = attribute(scanner, "alias");
        if (!alias) { refuse(Code::xml_error, scanner.name(), "missing 'alias' attribute for qemu:device"); }
        result.overrides.push_back({std::move(alias).value_or(""), {}});
    }

    void element(const CompactScanner& scanner) {
        const std::string_view name = scanner.name();
        if (name == "qemu:arg") {
            if (auto value = attribute(scanner, "value")) {
                result.arguments.push_back(std::move(*value));
            } else {
                refuse(Code::internal_error, name, "No qemu command-line argument specified");
            }
        } else if (name == "qemu:env") {
            environment(scanner);
        } else if (name == "qemu:add") {
            capability(scanner, result.added_capabilities);
        } else if (name == "qemu:del") {
            capability(scanner, result.removed_capabilities);
        } else if (name == "qemu:deprecation") {
            result.deprecation = attribute(scanner, "behavior").value_or("");
        } else if (name == "qemu:device") {
            device(scanner);
        } else if (name == "qemu:property") {
            property(scanner);
        }
    }

    schema::Diagnostics* diagnostics_;
};

} // namespace

QemuNamespace read_qemu_namespace(const schema::Kept& kept, schema::Diagnostics* diagnostics) {
    Reader reader(diagnostics);
    for (const std::string& part : kept.parts()) { reader.read(part); }
    return std::move(reader.result);
}

} // namespace yado::model
