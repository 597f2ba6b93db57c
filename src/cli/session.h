// SPDX-License-Identifier: Apache-2.0
// What commands share: the connection, where their output goes and how it looks.
#pragma once

#include "cli/value.h"
#include "client/connection.h"

#include <fmt/format.h>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace yado::cli {

class Table;
class Fields;

enum class Output : std::uint8_t { text, json };

struct Settings {
    std::string uri; ///< as given with -c; empty: the defaults
    bool read_only = false;
    bool quiet = false;
    bool timing = false;
    Output output = Output::text;
    int escape = 0x1d; ///< the key that leaves a console, ^]
    int keepalive_interval = 5;
    int keepalive_count = 6;
    int debug = 4;
    std::string log_file;
    bool interactive = false;
    bool no_agent = false; ///< of --no-pkttyagent
};

class Session {
  public:
    using Writer = std::function<void(std::string_view text)>;
    /// `out` gets what commands print, `errors` the "error: …" lines.
    Session(Settings settings, Writer out, Writer errors);
    ~Session();

    Settings& settings() { return settings_; }
    const Settings& settings() const { return settings_; }
    bool json() const { return settings_.output == Output::json; }

    /// Connects on first use, and again when the connection was lost. Throws Failure in virsh's words.
    client::Connection& connection();
    bool connected() const { return connection_ != nullptr && connection_->alive(); }
    /// Leaves the present connection; the next use makes a new one.
    void disconnect();
    /// Waits until `fd` can be read, meanwhile answering the daemon, which else would take us for dead. Says
    /// so when the connection goes.
    void idle(int fd);
    /// `connection().call(args)`, for short.
    template <class Args> typename Args::Result call(const Args& args) { return connection().call(args); }

    /// Text for people: nothing comes out in JSON mode.
    template <class... Args> void print(fmt::format_string<Args...> text, Args&&... args) {
        if (!json()) out_(fmt::format(text, std::forward<Args>(args)...));
    }
    /// As print(), left out with --quiet: confirmations and headings.
    template <class... Args> void say(fmt::format_string<Args...> text, Args&&... args) {
        if (!json() && !settings_.quiet) out_(fmt::format(text, std::forward<Args>(args)...));
    }
    /// Bytes as they are in any mode: documents, consoles.
    void raw(std::string_view text) {
        shown_ = true;
        out_(text);
    }
    /// A document or a single word, printed as it is with a line end; {"KEY": text} in JSON.
    void show(std::string_view key, std::string_view text);
    void show(const Table& table);
    void show(const Fields& fields);
    /// Only in JSON mode: for commands whose text form is their own.
    void show_json(const Value& value);
    /// A confirmation ("Domain 'x' started") with virsh's blank line after it; {"message": …} in JSON.
    template <class... Args> void done(fmt::format_string<Args...> text, Args&&... args) {
        done_text(fmt::format(text, std::forward<Args>(args)...));
    }
    /// "error: TEXT" to stderr, the command going on.
    void error(std::string_view text);
    /// Ends the shell, or the rest of a line of commands.
    void leave() { leaving_ = true; }
    bool leaving() const { return leaving_; }
    /// Whether anything went through show…() since the last call of this.
    bool take_shown() { return std::exchange(shown_, false); }

  private:
    void done_text(const std::string& text);

    Settings settings_;
    Writer out_;
    Writer errors_;
    std::unique_ptr<client::Connection> connection_;
    bool leaving_ = false;
    bool shown_ = false;
};

} // namespace yado::cli
