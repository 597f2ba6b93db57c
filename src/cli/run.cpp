// SPDX-License-Identifier: Apache-2.0
#include "cli/run.h"

#include "base/text.h"
#include "cli/failure.h"
#include "cli/parser.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace yado::cli {
namespace {

/// The output form a command asked for, put back at the end.
class OutputChoice {
  public:
    OutputChoice(Session& session, const Arguments& arguments)
        : session_(session), before_(session.settings().output) {
        const bool own = std::ranges::find(arguments.command().options, output_name, &Option::name) !=
                         arguments.command().options.end();
        const auto wanted = own ? std::nullopt : arguments.text(output_name);
        if (!wanted) return;
        if (*wanted != "json" && *wanted != "text")
            refuse("Unknown output format '{}', expected text or json", *wanted);
        session_.settings().output = *wanted == "json" ? Output::json : Output::text;
    }
    ~OutputChoice() { session_.settings().output = before_; }
    OutputChoice(const OutputChoice&) = delete;
    OutputChoice& operator=(const OutputChoice&) = delete;

  private:
    Session& session_;
    Output before_;
};

bool run_one(Session& session, const Arguments& arguments) {
    const auto begin = std::chrono::steady_clock::now();
    bool success = true;
    std::optional<OutputChoice> choice;
    try {
        choice.emplace(session, arguments);
        if (arguments.command().needs_connection) {
            try {
                session.connection();
            } catch (const std::exception&) {
                report(session);
                return false; // nothing was run, so no blank line
            }
        }
        arguments.command().run(session, arguments);
        if (session.json() && !session.take_shown()) session.show_json(Value::object());
    } catch (const std::exception&) {
        report(session);
        success = false;
    }
    if (session.leaving()) return success;
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    if (session.settings().timing) session.say("\n(Time: {:.3f} ms)\n\n", time.count());
    else session.say("\n");
    return success;
}

} // namespace

void report(Session& session) {
    try {
        throw;
    } catch (const Failure& failure) {
        for (const std::string& line : failure.lines()) session.error(line);
    } catch (const Error& error) {
        session.error(error.message());
        for (const std::string& line : error.more()) session.error(line);
    } catch (const std::exception& error) { session.error(error.what()); }
}

bool run_commands(Session& session, const std::vector<Arguments>& commands) {
    bool success = true;
    for (const Arguments& command : commands) {
        success = run_one(session, command);
        if (session.leaving()) return true;
    }
    return success;
}

bool run_line(Session& session, std::string_view line) {
    std::vector<Arguments> commands;
    try {
        commands = Parser::parse(split_line(line));
    } catch (const Failure&) {
        report(session);
        return false;
    }
    return run_commands(session, commands);
}

} // namespace yado::cli
