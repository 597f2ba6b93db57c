// SPDX-License-Identifier: Apache-2.0
#include "client/default_uri.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

#include <algorithm>
#include <cstdlib>
#include <unistd.h>
#include <vector>

namespace yado::client {
namespace {

constexpr std::size_t file_max = std::size_t{1} << 20; ///< bytes

/// The subset of libvirt's configuration syntax that libvirt.conf uses: name = "text" and name = [ "text", …
/// ].
class Reader {
  public:
    Reader(std::string_view text, std::string_view name) : text_(text), name_(name) {}

    bool next(std::string& key, std::vector<std::string>& values) {
        skip(true);
        if (at_ == text_.size()) return false;
        key.clear();
        values.clear();
        while (at_ < text_.size() &&
               (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
            key += text_[at_++];
        skip(false);
        if (key.empty() || at_ == text_.size() || text_[at_++] != '=') wrong("expecting an assignment");
        skip(false);
        if (at_ < text_.size() && text_[at_] == '[') read_list(values);
        else values.push_back(read_value());
        return true;
    }

  private:
    [[noreturn]] void wrong(std::string_view what) const {
        const auto line =
            std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n') + 1;
        fail(ErrorSource::conf, Code::conf_syntax, "{}:{}: {}", name_, line, what);
    }
    void skip(bool lines) {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '#') at_ = std::min(text_.find('\n', at_), text_.size());
            else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) ++at_;
            else return;
        }
    }
    std::string read_value() {
        if (at_ == text_.size()) wrong("expecting a value");
        const char quote = text_[at_];
        if (quote != '"' && quote != '\'') {
            const auto end = std::min(text_.find_first_of(" \t\r\n#,]", at_), text_.size());
            std::string word(text_.substr(at_, end - at_));
            at_ = end;
            return word;
        }
        const auto end = text_.find(quote, at_ + 1);
        if (end == std::string_view::npos) wrong("unterminated string");
        std::string value(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return value;
    }
    void read_list(std::vector<std::string>& values) {
        ++at_;
        for (;;) {
            skip(true);
            if (at_ == text_.size()) wrong("list is not closed with ]");
            if (text_[at_] == ']') {
                ++at_;
                return;
            }
            values.push_back(read_value());
            skip(true);
            if (at_ < text_.size() && text_[at_] == ',') ++at_;
        }
    }

    std::string_view text_;
    std::string_view name_;
    std::size_t at_ = 0;
};

std::string config_file() {
    if (::geteuid() == 0) return "/etc/libvirt/libvirt.conf";
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config != '\0')
        return std::string(config) + "/libvirt/libvirt.conf";
    const char* home = std::getenv("HOME");
    return home == nullptr ? std::string() : std::string(home) + "/.config/libvirt/libvirt.conf";
}

} // namespace

ClientConfig ClientConfig::load() {
    const std::string path = config_file();
    if (path.empty() || ::access(path.c_str(), R_OK) != 0) return {};
    return parse(read_file(path, file_max), path);
}

ClientConfig ClientConfig::parse(std::string_view text, std::string_view name) {
    ClientConfig config;
    Reader reader(text, name);
    std::string key;
    std::vector<std::string> values;
    while (reader.next(key, values)) {
        if (key == "uri_default" && !values.empty()) {
            config.default_uri = values.front();
        } else if (key == "uri_aliases") {
            for (const std::string& entry : values) {
                const auto equals = entry.find('=');
                if (equals == 0 || equals == std::string::npos)
                    fail(ErrorSource::conf, Code::conf_syntax,
                         "Malformed 'uri_aliases' config entry '{}', expected 'alias=uri://host/path'",
                         entry);
                config.aliases.emplace(entry.substr(0, equals), entry.substr(equals + 1));
            }
        }
    }
    return config;
}

std::string effective_uri(std::string_view given, const ClientConfig& config) {
    std::string uri(given);
    for (const char* variable : {"VIRSH_DEFAULT_CONNECT_URI", "LIBVIRT_DEFAULT_URI"})
        if (const char* value = std::getenv(variable); uri.empty() && value != nullptr) uri = value;
    if (uri.empty()) uri = config.default_uri;
    const auto alias = config.aliases.find(uri);
    return alias == config.aliases.end() ? uri : alias->second;
}

} // namespace yado::client
