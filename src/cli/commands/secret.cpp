// SPDX-License-Identifier: Apache-2.0
// Secrets: values that documents name instead of holding.
#include "base/base64.h"
#include "base/files.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/event_loop.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/prompt.h"
#include "cli/session.h"
#include "cli/show_document.h"
#include "cli/table.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/secret_calls.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

using protocol::SecretRef;

constexpr std::array<std::string_view, 6> usage_names{"none", "volume", "ceph", "iscsi", "tls", "vtpm"};
constexpr std::array<std::string_view, 2> event_names{"lifecycle", "value-changed"};
constexpr std::size_t value_max = 65536; ///< bytes, the wire's limit

std::string_view usage_name(std::int32_t type) {
    return type < 0 || static_cast<std::size_t>(type) >= usage_names.size()
               ? "unknown"
               : usage_names[static_cast<std::size_t>(type)];
}

SecretRef find_secret(Session& session, const std::string& word) {
    return explain(fmt::format("failed to get secret '{}'", word), [&] {
        const auto uuid = Uuid::parse(word);
        if (!uuid) {
            Error error(Code::invalid_arg, "", ErrorSource::secret);
            error.set_message("uuidstr in virSecretLookupByUUIDString must be a valid UUID");
            throw error;
        }
        return session.call(protocol::SecretLookupByUuidArgs{*uuid}).secret;
    });
}
SecretRef find_secret(Session& session, const Arguments& arguments) {
    return find_secret(session, arguments.required("secret"));
}

void define(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const std::uint32_t flags = arguments.flags({{"validate", protocol::SecretDefineFlags::validate}});
    const SecretRef secret = explain(fmt::format("Failed to set attributes from {}", file), [&] {
        return session.call(protocol::SecretDefineXmlArgs{xml, flags}).secret;
    });
    session.done("Secret {} created", secret.uuid.text());
}

void dumpxml(Session& session, const Arguments& arguments) {
    const SecretRef secret = find_secret(session, arguments);
    show_document(session, arguments, session.call(protocol::SecretGetXmlDescArgs{secret, 0}).xml);
}

void list(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::ConnectListAllSecretsFlags;
    const std::uint32_t flags = arguments.flags({{"ephemeral", Bits::ephemeral},
                                                 {"no-ephemeral", Bits::no_ephemeral},
                                                 {"private", Bits::private_},
                                                 {"no-private", Bits::no_private}});
    auto secrets = session.call(protocol::ConnectListAllSecretsArgs{1, flags}).secrets;
    std::ranges::sort(secrets, {}, [](const SecretRef& secret) { return secret.uuid.text(); });
    Table table({{"UUID", "uuid"}, {"Usage", "usage"}});
    Value json = Value::list();
    for (const SecretRef& secret : secrets) {
        const bool used = secret.usageType != protocol::SecretUsageType::none;
        table.add({secret.uuid.text(),
                   used ? fmt::format("{} {}", usage_name(secret.usageType), secret.usageID) : "Unused"});
        json.add(Value::object()
                     .set("uuid", secret.uuid.text())
                     .set("usage_type", used ? Value(usage_name(secret.usageType)) : Value())
                     .set("usage", used ? Value(secret.usageID) : Value()));
    }
    if (session.json()) session.show_json(json);
    else session.show(table);
}

protocol::Blob as_blob(std::string_view text) { return {text.begin(), text.end()}; }

/// What set-value is given, in bytes.
protocol::Blob given_value(Session& session, const Arguments& arguments) {
    if (arguments.has("interactive")) {
        const auto typed = ask_user("Enter new value for secret:", false);
        if (!typed) refuse("Failed to read secret");
        return as_blob(*typed);
    }
    std::string text;
    if (const auto file = arguments.text("file")) {
        text = read_file(*file, value_max * 2);
        if (arguments.has("plain")) return as_blob(text);
    } else {
        session.error("Passing secret value as command-line argument is insecure!");
        text = arguments.required("base64");
    }
    const auto bytes = from_base64(text);
    if (!bytes) refuse("Failed to decode secret as base64");
    return {bytes->begin(), bytes->end()};
}

void set_value(Session& session, const Arguments& arguments) {
    arguments.exclusive("file", "base64");
    arguments.exclusive("plain", "base64");
    arguments.exclusive("interactive", "base64");
    arguments.exclusive("interactive", "plain");
    arguments.exclusive("interactive", "file");
    const SecretRef secret = find_secret(session, arguments);
    if (!arguments.has("file") && !arguments.has("base64") && !arguments.has("interactive"))
        refuse("Input secret value is missing");
    const protocol::Blob value = given_value(session, arguments);
    explain("Failed to set secret value",
            [&] { session.call(protocol::SecretSetValueArgs{secret, value, 0}); });
    session.done("Secret value set");
}

void get_value(Session& session, const Arguments& arguments) {
    const SecretRef secret = find_secret(session, arguments);
    const auto value = session.call(protocol::SecretGetValueArgs{secret, 0}).value;
    const std::vector<std::uint8_t> bytes(value.begin(), value.end());
    if (arguments.has("plain") && !session.json()) {
        session.raw(std::string(bytes.begin(), bytes.end()));
        return;
    }
    session.print("{}", base64(bytes));
    session.show_json(Value::object().set("base64", base64(bytes)));
}

void undefine(Session& session, const Arguments& arguments) {
    const SecretRef secret = find_secret(session, arguments);
    const std::string& name = arguments.required("secret");
    explain(fmt::format("Failed to delete secret {}", name),
            [&] { session.call(protocol::SecretUndefineArgs{secret}); });
    session.done("Secret {} deleted", name);
}

void event(Session& session, const Arguments& arguments) {
    if (arguments.has("list")) {
        Value names = Value::list();
        for (const std::string_view name : event_names) {
            session.print("{}\n", name);
            names.add(name);
        }
        session.show_json(names);
        return;
    }
    const auto name = arguments.text("event");
    if (!name) refuse("either --list or --event <type> is required");
    const auto found = std::ranges::find(event_names, *name);
    if (found == event_names.end()) refuse("unknown event type {}", *name);
    const auto kind = static_cast<std::int32_t>(found - event_names.begin());
    const EventWait how(arguments);
    std::optional<SecretRef> only;
    if (const auto word = arguments.text("secret")) only = find_secret(session, *word);
    std::int32_t callback = 0;
    const auto subscribe = [&] {
        callback = session.call(protocol::ConnectSecretEventRegisterAnyArgs{kind, only}).callbackID;
    };
    const auto show = [&](const client::Event& event) {
        std::string line;
        Value json = Value::object().set("event", *name);
        if (event.is<protocol::SecretLifecycleEvent>()) {
            const auto change = event.as<protocol::SecretLifecycleEvent>();
            const std::string_view what =
                change.event == protocol::SecretEventLifecycleType::defined ? "Defined" : "Undefined";
            line = fmt::format("event 'lifecycle' for secret {}: {}", change.secret.uuid.text(), what);
            json.set("uuid", change.secret.uuid.text()).set("what", what);
        } else if (event.is<protocol::SecretValueChangedEvent>()) {
            const auto change = event.as<protocol::SecretValueChangedEvent>();
            line = fmt::format("event 'value-changed' for secret {}", change.secret.uuid.text());
            json.set("uuid", change.secret.uuid.text());
        } else {
            return false;
        }
        session.print("{}{}\n", arguments.has("timestamp") ? timestamp() + ": " : "", line);
        session.show_json(json);
        return true;
    };
    const auto unsubscribe = [&] { session.call(protocol::ConnectSecretEventDeregisterAnyArgs{callback}); };
    wait_for_events(session, how, subscribe, show, unsubscribe);
}

} // namespace

std::vector<Command> secret_commands() {
    const Option secret = positional("secret", "secret UUID");
    return {
        {"secret-define",
         Group::secret,
         "define or modify a secret from an XML file",
         "Define or modify a secret.",
         {positional("file", "file containing secret attributes in XML").completes(Complete::file),
          flag("validate", "validate the XML against the schema")},
         define},
        {"secret-dumpxml",
         Group::secret,
         "secret attributes in XML",
         "Output attributes of a secret as an XML dump to stdout.",
         {secret, xpath_option(), wrap_option()},
         dumpxml},
        {"secret-event",
         Group::secret,
         "Secret Events",
         "List event types, or wait for secret events to occur",
         {text("secret", "filter by secret name or uuid").named_only(),
          text("event", "which event type to wait for").named_only(),
          flag("loop", "loop until timeout or interrupt, rather than one-shot"),
          number("timeout", "timeout seconds").named_only(), flag("list", "list valid event types"),
          flag("timestamp", "show timestamp for each printed event")},
         event},
        {"secret-get-value",
         Group::secret,
         "Output a secret value",
         "Output a secret value to stdout.",
         {secret, flag("plain", "get value without converting to base64")},
         get_value},
        {"secret-list",
         Group::secret,
         "list secrets",
         "Returns a list of secrets",
         {flag("ephemeral", "list ephemeral secrets"), flag("no-ephemeral", "list non-ephemeral secrets"),
          flag("private", "list private secrets"), flag("no-private", "list non-private secrets")},
         list},
        {"secret-set-value",
         Group::secret,
         "set a secret value",
         "Set a secret value.",
         {secret, text("file", "read secret from file").named_only().completes(Complete::file),
          flag("plain", "read the secret from file without converting from base64"),
          flag("interactive", "read the secret from the terminal"),
          text("base64", "base64-encoded secret value")},
         set_value},
        {"secret-undefine", Group::secret, "undefine a secret", "Undefine a secret.", {secret}, undefine},
    };
}

} // namespace yado::cli
