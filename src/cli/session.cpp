// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include "base/text.h"
#include "cli/failure.h"
#include "cli/prompt.h"
#include "cli/table.h"
#include "client/default_uri.h"

namespace yado::cli {

Session::Session(Settings settings, Writer out, Writer errors)
    : settings_(std::move(settings)), out_(std::move(out)), errors_(std::move(errors)) {}

Session::~Session() = default;

client::Connection& Session::connection() {
    if (connected()) return *connection_;
    const bool lost = connection_ != nullptr;
    connection_.reset();
    client::ConnectOptions options;
    options.read_only = settings_.read_only;
    options.keepalive_interval = std::chrono::seconds(settings_.keepalive_interval);
    options.keepalive_count = static_cast<unsigned>(settings_.keepalive_count);
    options.prompt = ask_user;
    options.polkit_agent = !settings_.no_agent;
    connection_ =
        explain(lost ? "Failed to reconnect to the hypervisor" : "failed to connect to the hypervisor", [&] {
            const auto uri = client::effective_uri(settings_.uri, client::ClientConfig::load());
            return client::Connection::open(uri, std::move(options));
        });
    if (lost) error("Reconnected to the hypervisor");
    return *connection_;
}

void Session::idle(int fd) {
    constexpr std::chrono::milliseconds for_ever{-1};
    pollfd input{fd, POLLIN, 0};
    try {
        while (connected() && input.revents == 0) connection_->wait(for_ever, {&input, 1});
    } catch (const Error& error) {
        this->error(fmt::format("Disconnected from {}: {}", connection_->uri(), error.message()));
    }
    while (input.revents == 0 && ::poll(&input, 1, -1) < 0 && errno == EINTR) {}
}

void Session::disconnect() { connection_.reset(); }

void Session::show(std::string_view key, std::string_view text) {
    if (json()) show_json(Value::object().set(std::string(key), text));
    else out_(fmt::format("{}\n", text));
}

void Session::show(const Table& table) {
    if (json()) show_json(table.value());
    else out_(table.text(!settings_.quiet));
}

void Session::show(const Fields& fields) {
    if (json()) show_json(fields.value());
    else out_(fields.text());
}

void Session::show_json(const Value& value) {
    if (!json()) return;
    shown_ = true;
    out_(value.json() + "\n");
}

void Session::done_text(const std::string& text) {
    if (json()) show_json(Value::object().set("message", text));
    else if (!settings_.quiet) out_(text + "\n");
}

void Session::error(std::string_view text) { errors_(fmt::format("error: {}\n", text)); }

} // namespace yado::cli
