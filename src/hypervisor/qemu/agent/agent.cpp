// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/agent/agent.h"

#include "base/base64.h"
#include "base/error.h"
#include "hypervisor/qemu/agent/answers.h"

#include <boost/json.hpp>

namespace yado::qemu {

namespace json = boost::json;
using namespace guest;

namespace {

/// Throws what an answer that is an error says.
json::value result_of(const std::string& command, json::value answer) {
    json::object& object = answer.as_object();
    const json::value* error = object.if_contains("error");
    if (error == nullptr) return std::move(object["return"]);
    std::string kind, text = "unknown QEMU command error";
    if (const json::object* details = error->if_object()) {
        kind = text_in(*details, "class");
        if (const std::string words = text_in(*details, "desc"); !words.empty()) text = words;
    }
    std::string message = fmt::format("unable to execute QEMU agent command '{}': {}", command, text);
    if (kind == "CommandNotFound" || kind == "CommandDisabled" || text.find("has been disabled") != text.npos)
        throw AgentLacks(Code::internal_error, std::move(message), ErrorSource::qemu);
    throw Error(Code::internal_error, std::move(message), ErrorSource::qemu);
}

json::object message_of(const std::string& command, json::object arguments) {
    json::object message{{"execute", command}};
    if (!arguments.empty()) message["arguments"] = std::move(arguments);
    return message;
}

} // namespace

void QemuAgent::set_connected(bool connected) {
    connected_ = connected;
    if (!connected) channel_.drop();
}

void QemuAgent::require_connected() const {
    if (!connected_) fail(ErrorSource::qemu, Code::agent_unresponsive, "QEMU guest agent is not connected");
}

Task<json::value> QemuAgent::execute(std::string command, Limit limit) {
    return execute(std::move(command), json::object(), limit);
}

Task<json::value> QemuAgent::execute(std::string command, json::object arguments, Limit limit) {
    require_connected();
    json::object message = message_of(command, std::move(arguments));
    json::value answer = co_await channel_.ask(std::move(message), limit);
    co_return result_of(command, std::move(answer));
}

Task<void> QemuAgent::execute_last(std::string command, json::object arguments, Limit limit) {
    require_connected();
    json::object message = message_of(command, std::move(arguments));
    json::value answer = co_await channel_.ask_last(std::move(message), limit);
    result_of(command, std::move(answer));
}

Task<std::vector<AgentUser>> QemuAgent::users(Limit limit) {
    const json::value answer = co_await execute("guest-get-users", limit);
    co_return agent_users(answer);
}

Task<AgentOsInfo> QemuAgent::os_info(Limit limit) {
    const json::value answer = co_await execute("guest-get-osinfo", limit);
    co_return agent_os_info(answer);
}

Task<AgentTimezone> QemuAgent::timezone(Limit limit) {
    const json::value answer = co_await execute("guest-get-timezone", limit);
    co_return agent_timezone(answer);
}

Task<std::string> QemuAgent::host_name(Limit limit) {
    const json::value answer = co_await execute("guest-get-host-name", limit);
    std::string name = text_in(object_of(answer, "guest-get-host-name"), "host-name");
    if (name.empty()) fail(ErrorSource::qemu, Code::internal_error, "malformed return value");
    co_return name;
}

Task<std::vector<AgentFilesystem>> QemuAgent::filesystems(Limit limit) {
    const json::value answer = co_await execute("guest-get-fsinfo", limit);
    co_return agent_filesystems(answer);
}

Task<std::vector<AgentDisk>> QemuAgent::disks(Limit limit) {
    const json::value answer = co_await execute("guest-get-disks", limit);
    co_return agent_disks(answer);
}

Task<std::vector<AgentInterface>> QemuAgent::interfaces(Limit limit) {
    const json::value answer = co_await execute("guest-network-get-interfaces", limit);
    co_return agent_interfaces(answer);
}

Task<std::vector<AgentVcpu>> QemuAgent::vcpus(Limit limit) {
    const json::value answer = co_await execute("guest-get-vcpus", limit);
    co_return agent_vcpus(answer);
}

Task<std::size_t> QemuAgent::set_vcpus(std::vector<AgentVcpu> vcpus, Limit limit) {
    json::array list;
    for (const AgentVcpu& vcpu : vcpus)
        list.push_back(json::object{{"logical-id", vcpu.id}, {"online", vcpu.online}});
    json::object arguments{{"vcpus", std::move(list)}};
    const json::value answer = co_await execute("guest-set-vcpus", std::move(arguments), limit);
    const std::int64_t* count = answer.if_int64();
    if (count == nullptr || *count < 0 || std::cmp_greater(*count, vcpus.size()))
        fail(ErrorSource::qemu, Code::internal_error, "malformed or invalid return value");
    co_return static_cast<std::size_t>(*count);
}

Task<std::int64_t> QemuAgent::time_ns(Limit limit) {
    const json::value answer = co_await execute("guest-get-time", limit);
    const std::int64_t* time = answer.if_int64();
    if (time == nullptr) fail(ErrorSource::qemu, Code::internal_error, "malformed return value");
    co_return *time;
}

Task<void> QemuAgent::set_time_ns(std::optional<std::int64_t> time, Limit limit) {
    json::object arguments;
    if (time) arguments["time"] = *time;
    co_await execute("guest-set-time", std::move(arguments), limit);
}

Task<std::int32_t> QemuAgent::freeze(std::vector<std::string> mountpoints, Limit limit) {
    std::string command = "guest-fsfreeze-freeze";
    json::object arguments;
    if (!mountpoints.empty()) {
        command = "guest-fsfreeze-freeze-list";
        arguments["mountpoints"] = json::array(mountpoints.begin(), mountpoints.end());
    }
    const json::value answer = co_await execute(std::move(command), std::move(arguments), limit);
    co_return agent_count(answer);
}

Task<std::int32_t> QemuAgent::thaw(Limit limit) {
    const json::value answer = co_await execute("guest-fsfreeze-thaw", limit);
    co_return agent_count(answer);
}

Task<void> QemuAgent::trim(std::uint64_t minimum_bytes, Limit limit) {
    json::object arguments{{"minimum", minimum_bytes}};
    co_await execute("guest-fstrim", std::move(arguments), limit);
}

Task<void> QemuAgent::set_password(std::string user, std::string password, bool crypted, Limit limit) {
    const std::vector<std::uint8_t> bytes(password.begin(), password.end());
    json::object arguments{{"crypted", crypted}, {"username", user}, {"password", base64(bytes)}};
    co_await execute("guest-set-user-password", std::move(arguments), limit);
}

Task<std::vector<std::string>> QemuAgent::ssh_keys(std::string user, Limit limit) {
    json::object arguments{{"username", user}};
    const json::value answer = co_await execute("guest-ssh-get-authorized-keys", std::move(arguments), limit);
    co_return agent_ssh_keys(answer);
}

Task<void> QemuAgent::change_ssh_keys(std::string user, std::vector<std::string> keys, KeyChange change,
                                      Limit limit) {
    json::object arguments{{"username", user}, {"keys", json::array(keys.begin(), keys.end())}};
    if (change == KeyChange::replace) arguments["reset"] = true;
    std::string command =
        change == KeyChange::remove ? "guest-ssh-remove-authorized-keys" : "guest-ssh-add-authorized-keys";
    co_await execute(std::move(command), std::move(arguments), limit);
}

Task<void> QemuAgent::power(Power what, Limit limit) {
    const char* mode = what == Power::reboot ? "reboot" : what == Power::halt ? "halt" : "powerdown";
    json::object arguments{{"mode", mode}};
    return execute_last("guest-shutdown", std::move(arguments), limit);
}

Task<void> QemuAgent::sleep(Sleep how, Limit limit) {
    const char* command = how == Sleep::memory ? "guest-suspend-ram"
                          : how == Sleep::disk ? "guest-suspend-disk"
                                               : "guest-suspend-hybrid";
    return execute_last(command, json::object(), limit);
}

Task<std::string> QemuAgent::raw(std::string command, Limit limit) {
    json::error_code failure;
    json::value parsed = json::parse(command, failure);
    json::object* object = parsed.if_object();
    if (failure || object == nullptr) {
        fail(ErrorSource::qemu, Code::internal_error, "cannot parse json {}: {}", command.substr(0, 256),
             failure ? failure.message() : "not an object");
    }
    require_connected();
    const std::string name = text_in(*object, "execute");
    json::value answer = co_await channel_.ask(std::move(*object), limit);
    if (answer.as_object().contains("error")) result_of(name, std::move(answer));
    co_return json::serialize(answer);
}

} // namespace yado::qemu
