// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.h"

#include "cli/command.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"

#include <algorithm>
#include <set>

namespace yado::cli {
namespace {

void add(std::vector<std::string>& offers, std::string_view prefix, std::string word) {
    if (word.starts_with(prefix)) offers.push_back(std::move(word));
}

void add_domains(Session& session, std::vector<std::string>& offers, std::string_view prefix,
                 Complete which) {
    namespace Listed = protocol::ConnectListAllDomainsFlags;
    std::uint32_t flags = 0;
    if (which == Complete::running_domain) flags = Listed::active;
    if (which == Complete::stopped_domain) flags = Listed::inactive;
    try {
        for (const auto& domain : session.call(protocol::ConnectListAllDomainsArgs{1, flags}).domains)
            add(offers, prefix, domain.name);
    } catch (const std::exception&) { // no daemon, no names
    }
}

void add_networks(Session& session, std::vector<std::string>& offers, std::string_view prefix) {
    try {
        for (const auto& network : session.call(protocol::ConnectListAllNetworksArgs{1, 0}).nets)
            add(offers, prefix, network.name);
    } catch (const std::exception&) { // no daemon, no names
    }
}

/// The option whose value comes next after `words`, by name or by place; null when none does.
const Option* expected(const Command& command, const std::vector<std::string>& words,
                       std::set<std::string_view>& used) {
    const Option* waiting = nullptr;
    const auto next_place = [&]() -> const Option* {
        for (const Option& option : command.options) {
            const bool takes = option.kind != Option::Kind::flag && option.kind != Option::Kind::alias;
            if (takes &&
                (option.kind == Option::Kind::rest || (!option.by_name_only && !used.contains(option.name))))
                return &option;
        }
        return nullptr;
    };
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (waiting != nullptr) {
            waiting = nullptr;
            continue;
        }
        const std::string& word = words[i];
        if (!word.starts_with("--")) {
            if (const Option* place = next_place()) used.insert(place->name);
            continue;
        }
        const auto name = std::string_view(word).substr(2, word.find('=') - 2);
        const auto found = std::ranges::find(command.options, name, &Option::name);
        if (found == command.options.end()) continue;
        used.insert(found->name);
        if (found->kind != Option::Kind::flag && word.find('=') == std::string::npos) waiting = &*found;
    }
    return waiting != nullptr ? waiting : next_place();
}

} // namespace

std::vector<std::string> completions(Session& session, const std::vector<std::string>& words,
                                     std::string_view prefix) {
    std::vector<std::string> offers;
    const auto add_commands = [&] {
        for (const Command& command : commands())
            if (!command.help.empty()) add(offers, prefix, std::string(command.name));
    };
    if (words.empty()) {
        add_commands();
        return offers;
    }
    const Command* command = find_command(words.front());
    if (command == nullptr) return offers;
    std::set<std::string_view> used;
    const Option* option = expected(*command, words, used);
    const bool value_due = words.size() > 1 && words.back().starts_with("--") && option != nullptr &&
                           words.back().substr(2) == option->name;
    if (option != nullptr && (!prefix.starts_with("-") || value_due)) {
        switch (option->complete) {
        case Complete::domain:
        case Complete::running_domain:
        case Complete::stopped_domain: add_domains(session, offers, prefix, option->complete); break;
        case Complete::network: add_networks(session, offers, prefix); break;
        case Complete::command: add_commands(); break;
        case Complete::file: // the shell itself knows files best
        case Complete::nothing: break;
        }
    }
    if (!value_due && (prefix.starts_with("-") || offers.empty()))
        for (const Option& other : command->options)
            if (other.kind != Option::Kind::alias && !other.hidden_name && !used.contains(other.name))
                add(offers, prefix, "--" + std::string(other.name));
    return offers;
}

std::string completion_script(std::string_view shell) {
    // global options with a value are passed on, so that names come from the right daemon
    if (shell == "zsh")
        return R"sh(#compdef yado
_yado() {
    local -a global offers
    local i=2
    while (( i < CURRENT )); do
        case ${words[i]} in
            -c|--connect) global+=(${words[i]} ${words[i+1]}); (( i += 2 ));;
            -d|-e|-k|-K|-l|--debug|--escape|--log|--output|--keepalive-interval|--keepalive-count) (( i += 2 ));;
            -*) global+=(${words[i]}); (( i += 1 ));;
            *) break;;
        esac
    done
    offers=(${(f)"$(yado -q --no-pkttyagent $global complete -- ${words[i,CURRENT-1]} "${words[CURRENT]}" 2>/dev/null)"})
    if (( ${#offers} )); then compadd -a offers; else _files; fi
}
compdef _yado yado
)sh";
    return R"sh(# bash completion for yado
_yado() {
    local global=() i=1 IFS=$'\n'
    while (( i < COMP_CWORD )); do
        case ${COMP_WORDS[i]} in
            -c|--connect) global+=("${COMP_WORDS[i]}" "${COMP_WORDS[i+1]}"); (( i += 2 ));;
            -d|-e|-k|-K|-l|--debug|--escape|--log|--output|--keepalive-interval|--keepalive-count) (( i += 2 ));;
            -*) global+=("${COMP_WORDS[i]}"); (( i += 1 ));;
            *) break;;
        esac
    done
    COMPREPLY=($(yado -q --no-pkttyagent "${global[@]}" complete -- "${COMP_WORDS[@]:i:COMP_CWORD-i}" \
                 "${COMP_WORDS[COMP_CWORD]}" 2>/dev/null))
}
complete -o default -F _yado yado
)sh";
}

} // namespace yado::cli
