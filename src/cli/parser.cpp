// SPDX-License-Identifier: Apache-2.0
#include "cli/parser.h"

#include "cli/failure.h"
#include "cli/suggest.h"

#include <algorithm>

namespace yado::cli {

std::vector<Word> split_line(std::string_view line) {
    std::vector<Word> words;
    std::string word;
    bool begun = false;
    const auto end_word = [&] {
        if (begun) words.push_back({word, false});
        word.clear();
        begun = false;
    };
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
            else if (c == '\\' && quote == '"' && i + 1 < line.size()) word += line[++i];
            else word += c;
        } else if (c == '\'' || c == '"') {
            quote = c;
            begun = true;
        } else if (c == '\\') {
            if (i + 1 == line.size()) refuse("dangling \\");
            word += line[++i];
            begun = true;
        } else if (c == ' ' || c == '\t') {
            end_word();
        } else if (c == ';' || c == '\n') {
            end_word();
            words.push_back({";", true});
        } else if (c == '#' && !begun) {
            i = std::min(line.find('\n', i), line.size()) - 1;
        } else {
            word += c;
            begun = true;
        }
    }
    if (quote != 0) refuse("missing {}", quote);
    end_word();
    return words;
}

std::vector<Arguments> Parser::parse(const std::vector<Word>& words) {
    std::vector<Arguments> result;
    std::vector<Word> one;
    for (const Word& word : words) {
        if (!word.separator) {
            one.push_back(word);
            continue;
        }
        if (!one.empty()) result.push_back(parse_one(one));
        one.clear();
    }
    if (!one.empty()) result.push_back(parse_one(one));
    return result;
}

Arguments Parser::parse_one(const std::vector<Word>& words) {
    const std::string& name = words.front().text;
    const Command* command = find_command(name);
    if (command == nullptr) {
        std::vector<std::string> lines{fmt::format("unknown command: '{}'", name)};
        if (const auto close = closest_command(name); !close.empty())
            lines.push_back(fmt::format("did you mean '{}'?", close));
        throw Failure(std::move(lines));
    }
    Parser parser(*command);
    parser.read(words);
    if (!parser.help_) {
        parser.check_complete();
        return std::move(parser.arguments_);
    }
    Arguments help(*find_command("help"));
    help.values_["command"] = {std::string(command->name)};
    return help;
}

void Parser::read(const std::vector<Word>& words) {
    bool only_places = false;
    for (std::size_t at = 1; at < words.size(); ++at) {
        const std::string& word = words[at].text;
        if (only_places || !word.starts_with("--")) {
            placed(word);
            continue;
        }
        if (word == "--") {
            only_places = true;
            continue;
        }
        if (word == "--help") {
            help_ = true;
            return;
        }
        const auto equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const std::string attached = equals == std::string::npos ? std::string() : word.substr(equals + 1);
        named(name, equals == std::string::npos ? nullptr : &attached, words, at);
    }
}

const Option* Parser::find(std::string_view name) const {
    const auto& options = arguments_.command_->options;
    const auto found = std::ranges::find(options, name, &Option::name);
    return found == options.end() ? nullptr : &*found;
}

void Parser::named(std::string_view name, const std::string* attached, const std::vector<Word>& words,
                   std::size_t& at) {
    const Option* option = find(name);
    std::string preset;
    if (option != nullptr && option->kind == Option::Kind::alias) {
        const auto equals = option->stands_for.find('=');
        if (equals != std::string_view::npos) {
            if (attached != nullptr) refuse("invalid '=' after option --{}", name);
            preset = option->stands_for.substr(equals + 1);
            attached = &preset;
        }
        option = find(option->stands_for.substr(0, equals));
    }
    static const Option output_option = text(output_name, "text or json");
    if (option == nullptr && name == output_name) option = &output_option;
    if (option == nullptr)
        refuse("command '{}' doesn't support option --{}", arguments_.command_->name, name);
    if (option->kind != Option::Kind::rest && arguments_.has(option->name))
        refuse("option --{} already seen", option->name);
    if (option->kind == Option::Kind::flag) {
        if (attached != nullptr) refuse("invalid '=' after option --{}", option->name);
        arguments_.values_[std::string(option->name)];
        return;
    }
    if (attached != nullptr) {
        store(*option, *attached);
        return;
    }
    if (at + 1 == words.size())
        refuse("expected syntax: --{} <{}>", option->name,
               option->kind == Option::Kind::number ? "number" : "string");
    store(*option, words[++at].text);
}

void Parser::placed(const std::string& value) {
    const auto wants = [this](const Option& option) {
        switch (option.kind) {
        case Option::Kind::flag:
        case Option::Kind::alias: return false;
        case Option::Kind::rest: return true;
        case Option::Kind::text:
        case Option::Kind::number: break;
        }
        return !option.by_name_only && !arguments_.has(option.name);
    };
    // what must be there comes before what may
    const auto& options = arguments_.command_->options;
    auto found = std::ranges::find_if(options, [&](const Option& option) {
        return option.required && option.kind != Option::Kind::rest && wants(option);
    });
    if (found == options.end()) found = std::ranges::find_if(options, wants);
    if (found == options.end()) refuse("unexpected data '{}'", value);
    store(*found, value);
}

void Parser::store(const Option& option, std::string value) {
    arguments_.values_[std::string(option.name)].push_back(std::move(value));
}

void Parser::check_complete() const {
    std::vector<std::string> lines;
    for (const Option& option : arguments_.command_->options)
        if (option.required && !arguments_.has(option.name))
            lines.push_back(
                fmt::format(fmt::runtime(option.by_name_only || option.kind == Option::Kind::number
                                             ? "command '{}' requires --{} option"
                                             : "command '{}' requires <{}> option"),
                            arguments_.command_->name, option.name));
    if (!lines.empty()) throw Failure(std::move(lines));
}

} // namespace yado::cli
