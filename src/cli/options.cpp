// SPDX-License-Identifier: Apache-2.0
#include "cli/options.h"

#include "base/text.h"
#include "cli/failure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <getopt.h>

namespace yado::cli {
namespace {

enum LongOnly : int { output_option = 1000, version_option, no_agent_option };

constexpr std::array<option, 17> long_options{{{"connect", required_argument, nullptr, 'c'},
                                               {"debug", required_argument, nullptr, 'd'},
                                               {"escape", required_argument, nullptr, 'e'},
                                               {"help", no_argument, nullptr, 'h'},
                                               {"keepalive-interval", required_argument, nullptr, 'k'},
                                               {"keepalive-count", required_argument, nullptr, 'K'},
                                               {"log", required_argument, nullptr, 'l'},
                                               {"no-pkttyagent", no_argument, nullptr, no_agent_option},
                                               {"output", required_argument, nullptr, output_option},
                                               {"quiet", no_argument, nullptr, 'q'},
                                               {"readonly", no_argument, nullptr, 'r'},
                                               {"timing", no_argument, nullptr, 't'},
                                               {"version", optional_argument, nullptr, version_option},
                                               {nullptr, 0, nullptr, 0}}};

int small_number(const std::string& text, int key, const char* name) {
    if (const auto number = parse_number<int>(text, 10, 0)) return *number;
    if (name != nullptr) refuse("Invalid value for option {}", name);
    refuse("Invalid value for option -{}", static_cast<char>(key));
}

std::string long_name(int key) {
    for (const option& row : long_options)
        if (row.name != nullptr && row.val == key) return row.name;
    return {};
}

[[noreturn]] void lacks_argument(int key) {
    if (key < output_option)
        refuse("option '-{}'/'--{}' requires an argument", static_cast<char>(key), long_name(key));
    refuse("option '--{}' requires an argument", long_name(key));
}

void read_debug(const std::string& text, Invocation& result) {
    const auto level = parse_number<int>(text);
    if (!level) refuse("option -d takes a numeric argument");
    if (*level < 0 || *level > 4)
        result.warnings.push_back(fmt::format("ignoring debug level {} out of range [0-4]", *level));
    else result.settings.debug = *level;
}

void read_output(const std::string& text, Invocation& result) {
    if (text != "text" && text != "json") refuse("Unknown output format '{}', expected text or json", text);
    result.settings.output = text == "json" ? Output::json : Output::text;
}

void read_version(const char* type, Invocation& result) {
    const std::string_view word = type == nullptr ? "short" : type;
    if (word != "short" && word != "long") refuse("Unknown version type '{}'", word);
    result.action = word == "long" ? Invocation::Action::long_version : Invocation::Action::version;
}

} // namespace

int escape_key(const std::string& text) {
    if (text.size() == 1) return static_cast<unsigned char>(text[0]);
    const int key =
        text.size() == 2 && text[0] == '^' ? std::toupper(static_cast<unsigned char>(text[1])) : 0;
    if (key < '@' || key > '_') refuse("Invalid string '{}' for escape sequence", text);
    return key & 0x1f;
}

Invocation read_options(int argc, char** argv) {
    Invocation result;
    if (const char* level = std::getenv("VIRSH_DEBUG"); level != nullptr)
        result.settings.debug = parse_number<int>(level, 10, 0, 4).value_or(result.settings.debug);
    if (const char* file = std::getenv("VIRSH_LOG_FILE"); file != nullptr) result.settings.log_file = file;
    ::opterr = 0;
    ::optind = 0; // starts anew, also inside a word
    for (;;) {
        int index = -1;
        const int begin = std::max(1, ::optind);
        const int key = ::getopt_long(argc, argv, "+:c:d:e:hk:K:l:qrtvV", long_options.data(), &index);
        if (key == -1) break;
        const std::string value = ::optarg == nullptr ? "" : ::optarg;
        const char* given = index >= 0 ? long_options[static_cast<std::size_t>(index)].name : nullptr;
        const std::string full = given == nullptr ? std::string() : fmt::format("--{}", given);
        switch (key) {
        case 'c': result.settings.uri = value; break;
        case 'd': read_debug(value, result); break;
        case 'e': result.settings.escape = escape_key(value); break;
        case 'h': result.action = Invocation::Action::help; return result;
        case 'k':
            result.settings.keepalive_interval = small_number(value, key, given ? full.c_str() : nullptr);
            break;
        case 'K':
            result.settings.keepalive_count = small_number(value, key, given ? full.c_str() : nullptr);
            break;
        case 'l': result.settings.log_file = value; break;
        case 'q': result.settings.quiet = true; break;
        case 'r': result.settings.read_only = true; break;
        case 't': result.settings.timing = true; break;
        case 'v': result.action = Invocation::Action::version; return result;
        case 'V': result.action = Invocation::Action::long_version; return result;
        case output_option: read_output(value, result); break;
        case no_agent_option: result.settings.no_agent = true; break;
        case version_option: read_version(::optarg, result); return result;
        case ':': lacks_argument(::optopt);
        default:
            if (::optopt != 0 && ::optopt < output_option)
                refuse("unsupported option '-{}'. See --help.", static_cast<char>(::optopt));
            refuse("unsupported option '{}'. See --help.", argv[begin]);
        }
    }
    result.words.assign(argv + ::optind, argv + argc);
    return result;
}

} // namespace yado::cli
