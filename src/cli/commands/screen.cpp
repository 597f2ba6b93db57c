// SPDX-License-Identifier: Apache-2.0
// What sits in front of a guest: its console, screen and keyboard.
#include "base/files.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/failure.h"
#include "cli/key_names.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace yado::cli {
namespace {

using protocol::DomainRef;

void console(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::DomainConsoleFlags;
    const DomainRef domain = find_domain(session, arguments);
    run_console(session, domain, arguments.text("devname"),
                arguments.flags({{"force", Bits::force}, {"safe", Bits::safe}}), false);
}

/// "NAME-2023-01-31-12:00:00.png"
std::string screenshot_name(std::string domain, std::string_view mime) {
    std::ranges::replace(domain, '/', '_'); // a name is no path
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::localtime_r(&now, &parts);
    char date[32];
    std::strftime(date, sizeof(date), "%Y-%m-%d-%H:%M:%S", &parts);
    const std::string_view ending = mime == "image/png"                 ? ".png"
                                    : mime == "image/x-portable-pixmap" ? ".ppm"
                                                                        : "";
    return fmt::format("{}-{}{}", domain, date, ending);
}

/// A file that is removed again unless keep() is called; files that were there before stay in any case.
class NewFile {
  public:
    explicit NewFile(std::string path) : path_(std::move(path)) {
        fd_.reset(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        ours_ = static_cast<bool>(fd_);
        if (!fd_ && errno == EEXIST) fd_.reset(::open(path_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
        if (!fd_) refuse("cannot create file {}", path_);
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile() {
        if (ours_) ::unlink(path_.c_str());
    }
    void write(const protocol::Blob& data) {
        write_all(fd_.get(), {reinterpret_cast<const char*>(data.data()), data.size()}, path_);
    }
    void keep() { ours_ = false; }

  private:
    std::string path_;
    UniqueFd fd_;
    bool ours_ = false;
};

void screenshot(Session& session, const Arguments& arguments) {
    const std::uint32_t screen = arguments.number<unsigned>("screen").value_or(0);
    const DomainRef domain = find_domain(session, arguments);
    protocol::DomainScreenshotResult answer;
    const auto stream = explain(fmt::format("could not take a screenshot of {}", domain.name), [&] {
        return session.connection().open_stream(protocol::DomainScreenshotArgs{domain, screen, 0}, &answer);
    });
    const std::string mime = answer.mime.value_or("");
    const std::string path = arguments.text("file").value_or(screenshot_name(domain.name, mime));
    NewFile file(path);
    explain(fmt::format("could not receive data from domain '{}'", domain.name), [&] {
        while (const auto chunk = stream->receive()) file.write(chunk->data);
        stream->finish();
    });
    file.keep();
    session.say("Screenshot saved to {}, with type of {}", path, mime);
    session.show_json(Value::object().set("file", path).set("type", mime));
}

void send_key(Session& session, const Arguments& arguments) {
    constexpr std::size_t keys_max = protocol::limits::domain_send_key;
    const DomainRef domain = find_domain(session, arguments);
    const std::string set = arguments.text("codeset").value_or("linux");
    const std::uint32_t holdtime = arguments.number<unsigned>("holdtime").value_or(0);
    const auto codeset = codeset_number(set);
    if (!codeset) refuse("unknown codeset: '{}'", set);
    std::vector<std::uint32_t> keys;
    for (const std::string& word : arguments.rest("keycode")) {
        if (keys.size() == keys_max) refuse("too many keycodes");
        const auto key = key_code(word, *codeset);
        if (!key) refuse("invalid keycode: '{}'", word);
        keys.push_back(*key);
    }
    session.call(protocol::DomainSendKeyArgs{domain, *codeset, holdtime, keys, 0});
}

} // namespace

std::vector<Command> screen_commands() {
    const Option running = domain_option(Complete::running_domain);
    return {
        {"console",
         Group::domain,
         "connect to the guest console",
         "Connect the virtual serial console for the guest",
         {running, text("devname", "character device name"),
          flag("force", "force console connection (disconnect already connected sessions)"),
          flag("safe", "only connect if safe console handling is supported")},
         console},
        {"screenshot",
         Group::domain,
         "take a screenshot of a current domain console and store it into a file",
         "screenshot of a current domain console",
         {running, text("file", "where to store the screenshot").completes(Complete::file),
          number("screen", "ID of a screen to take screenshot of")},
         screenshot},
        {"send-key",
         Group::domain,
         "Send keycodes to the guest",
         "Send keycodes (integers or symbolic names) to the guest",
         {running, text("codeset", "the codeset of keycodes, default:linux").named_only(),
          number("holdtime", "the time (in milliseconds) how long the keys will be held").named_only(),
          rest("keycode", "the key code").mandatory()},
         send_key},
    };
}

} // namespace yado::cli
