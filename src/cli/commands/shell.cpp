// SPDX-License-Identifier: Apache-2.0
// Commands about the program itself.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/failure.h"
#include "cli/help.h"
#include "cli/session.h"
#include "cli/suggest.h"

#include <cstdlib>
#include <unistd.h>

namespace yado::cli {
namespace {

void cd(Session& session, const Arguments& arguments) {
    if (!session.settings().interactive) refuse("cd: command valid only in interactive mode");
    const char* home = std::getenv("HOME");
    const std::string directory = arguments.text("dir").value_or(home != nullptr ? home : "/");
    if (::chdir(directory.c_str()) != 0) refuse("cd: {}: {}", std::strerror(errno), directory);
}

void pwd(Session& session, const Arguments&) {
    const std::unique_ptr<char, decltype(&::free)> directory(::getcwd(nullptr, 0), &::free);
    if (directory == nullptr) refuse("pwd: cannot get current directory: {}", std::strerror(errno));
    session.show("directory", directory.get());
}

void leave(Session& session, const Arguments&) { session.leave(); }

std::string commas_split(const std::string& word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != ',') out += word[i];
        else if (i + 1 < word.size() && word[i + 1] == ',') out += word[++i];
        else out += '\n';
    }
    return out + "\n";
}

void echo(Session& session, const Arguments& arguments) {
    std::vector<std::string> words;
    for (const std::string& word : arguments.rest("string")) {
        std::string text = word;
        if (arguments.has("shell")) text = shell_quote(text);
        if (arguments.has("xml")) text = xml_escape(text);
        if (arguments.has("split")) text = commas_split(text);
        words.push_back(std::move(text));
    }
    const std::string line = join(words, " ");
    // the line end is the one that follows every command
    if (arguments.has("err")) session.error(line);
    else if (session.json()) session.show_json(Value::object().set("text", line));
    else session.raw(line);
}

void help(Session& session, const Arguments& arguments) {
    const auto show = [&session](const std::string& text, const Value& value) {
        if (session.json()) session.show_json(value);
        else session.raw(text);
    };
    const auto word = arguments.text("command");
    if (!word) {
        show(all_help(), all_help_value());
    } else if (const Command* command = find_command(*word)) {
        show(command_help(*command), command_help_value(*command));
    } else if (const GroupInfo* group = find_group(*word)) {
        show(group_help(*group), group_help_value(*group));
    } else {
        std::vector<std::string> lines{fmt::format("command or command group '{}' doesn't exist", *word)};
        if (const auto close = closest_command(*word); !close.empty())
            lines.push_back(fmt::format("did you mean '{}'?", close));
        throw Failure(std::move(lines));
    }
}

void connect(Session& session, const Arguments& arguments) {
    session.disconnect();
    session.settings().uri = arguments.text("name").value_or("");
    session.settings().read_only = arguments.has("readonly");
    session.connection();
}

void completion(Session& session, const Arguments& arguments) {
    const std::string& shell = arguments.required("shell");
    if (shell != "bash" && shell != "zsh") refuse("No completion for '{}', expected bash or zsh", shell);
    session.raw(completion_script(shell));
}

/// Called by the scripts of `completion`: the words so far, the last one to be completed.
void complete(Session& session, const Arguments& arguments) {
    std::vector<std::string> words = arguments.rest("word");
    const std::string last = words.empty() ? std::string() : std::move(words.back());
    if (!words.empty()) words.pop_back();
    session.settings().quiet = true;
    for (const std::string& offer : completions(session, words, last)) session.raw(offer + "\n");
}

Option hidden(Option option) {
    option.hidden_name = true;
    return option;
}

} // namespace

std::vector<Command> shell_commands() {
    return {
        {"cd",
         Group::self,
         "change the current directory",
         "Change the current directory.",
         {text("dir", "directory to switch to (default: home or else root)").completes(Complete::file)},
         cd,
         false},
        {"echo",
         Group::self,
         "echo arguments. Used for internal testing.",
         "Echo back arguments, possibly with quoting. Used for internal testing.",
         {flag("shell", "escape for shell use"), flag("xml", "escape for XML use"),
          flag("split", "split each argument on ','; ',,' is an escape sequence"),
          flag("err", "output to stderr"), alias("str", "string"),
          hidden(rest("string", "arguments to echo"))},
         echo,
         false},
        {"exit", Group::self, "quit this interactive terminal", "", {}, leave, false},
        {"help",
         Group::self,
         "print help",
         "Prints global help, command specific help, or help for a\n    group of related commands",
         {text("command",
               "Prints global help, command specific help, or help for a group of related commands")
              .completes(Complete::command)},
         help,
         false},
        {"pwd", Group::self, "print the current directory", "Print the current directory.", {}, pwd, false},
        {"quit", Group::self, "quit this interactive terminal", "", {}, leave, false},
        {"connect",
         Group::self,
         "(re)connect to hypervisor",
         "Connect to local hypervisor. This is built-in command after shell start up.",
         {text("name", "hypervisor connection URI").allow_empty(), flag("readonly", "read-only connection")},
         connect,
         false},
        {"completion",
         Group::self,
         "print a script that completes commands in a shell",
         "For bash: source <(yado completion bash). For zsh: yado completion zsh > a directory of "
         "$fpath/_yado.",
         {positional("shell", "bash or zsh")},
         completion,
         false},
        {"complete", Group::self, "", "", {hidden(rest("word", ""))}, complete, false},
    };
}

} // namespace yado::cli
