// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/spice.h"

#include "base/error.h"

#include <algorithm>

namespace yado::qemu {

namespace {

using schema::YesNo;

class SpiceOptions {
  public:
    SpiceOptions(const DeviceContext& context, const model::Spice& spice)
        : context_(context), spice_(spice), facts_(context.facts.spice) {}

    std::string text() {
        if (!context_.capabilities.has_command("query-spice")) unsupported(context_, "graphics type 'spice'");
        place();
        if (facts_.sasl) add("sasl", "on");
        if (spice_.mouse != model::MouseMode::unset)
            add("agent-mouse", on_off(spice_.mouse == model::MouseMode::client));
        if (spice_.password.text.empty()) add("disable-ticketing", "on");
        if (secure_) add("x509-dir", facts_.tls_dir);
        protection();
        compression();
        if (spice_.copy_paste == YesNo::no) add("disable-copy-paste", "on");
        if (spice_.file_transfer == YesNo::no) add("disable-agent-file-xfer", "on");
        if (spice_.gl && spice_.gl->enable == YesNo::yes) {
            add("gl", "on");
            if (!spice_.gl->rendernode.empty()) add("rendernode", spice_.gl->rendernode);
        }
        add("seamless-migration", "on");
        return std::move(text_);
    }

  private:
    void add(std::string_view name, std::string_view value) {
        text_ += fmt::format("{}{}={}", text_.empty() ? "" : ",", name, escaped(value));
    }

    void place() {
        const model::GraphicsListen* listen = spice_.listens.empty() ? nullptr : &spice_.listens.front();
        const model::ListenType type = listen == nullptr ? model::ListenType::address : listen->type;
        if (type == model::ListenType::socket) {
            text_ = "unix";
            add("addr", listen->socket.empty() ? context_.facts.domain_dir + "/spice.sock" : listen->socket);
            return;
        }
        if (type == model::ListenType::none) {
            add("port", "0");
            return;
        }
        ports();
        std::string address = spice_.listen;
        if (address.empty() && listen != nullptr) address = listen->address;
        add("addr", address.empty() ? facts_.listen : address);
    }

    /// Ports still to be chosen, as in a command line that is only shown, are the first of their kind.
    void ports() {
        constexpr std::int32_t first_port = 5900, first_tls_port = 5901;
        std::optional<std::int32_t> port = spice_.port, tls_port = spice_.tls_port;
        if (spice_.autoport == YesNo::yes && !port && !tls_port) {
            const bool tls_only = spice_.default_mode == model::SpiceMode::secure;
            if (!tls_only) port = first_port;
            if (tls_only || (facts_.tls && spice_.default_mode == model::SpiceMode::any))
                tls_port = first_tls_port;
        }
        if (port) add("port", std::to_string(*port < 0 ? first_port : *port));
        if (!tls_port) return;
        require_tls_port(spice_, facts_.tls);
        secure_ = true;
        add("tls-port", std::to_string(*tls_port < 0 ? first_tls_port : *tls_port));
    }

    /// Which channels are encrypted.
    void protection() {
        if (spice_.default_mode == model::SpiceMode::secure) require_tls("defaultMode");
        switch (spice_.default_mode) {
        case model::SpiceMode::secure: add("tls-channel", "default"); break;
        case model::SpiceMode::insecure: add("plaintext-channel", "default"); break;
        case model::SpiceMode::any: break;
        }
        for (const model::SpiceChannel& channel : spice_.channels) {
            if (channel.mode == model::SpiceMode::any) continue;
            const bool secure = channel.mode == model::SpiceMode::secure;
            if (secure) require_tls("channels");
            add(secure ? "tls-channel" : "plaintext-channel", schema::word(channel.name));
        }
    }
    void require_tls(std::string_view what) const {
        if (secure_) return;
        if (what == "defaultMode") {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "spice defaultMode secure requested in XML configuration, but TLS connection is not "
                 "available");
        }
        fail(ErrorSource::qemu, Code::config_unsupported,
             "spice secure channels set in XML configuration, but TLS connection is not available");
    }

    void compression() {
        const auto add_word = [this](std::string_view name, std::string_view word) {
            if (!word.empty()) add(name, word);
        };
        add_word("image-compression", schema::word(spice_.images));
        add_word("jpeg-wan-compression", schema::word(spice_.jpeg));
        add_word("zlib-glz-wan-compression", schema::word(spice_.zlib));
        add_word("playback-compression", schema::word(spice_.playback));
        add_word("streaming-video", schema::word(spice_.streaming));
    }

    const DeviceContext& context_;
    const model::Spice& spice_;
    const SpiceFacts& facts_;
    bool secure_ = false; ///< there is a port with TLS
    std::string text_;
};

} // namespace

void require_tls_port(const model::Spice& spice, bool tls) {
    if (!tls && spice.autoport != YesNo::yes && spice.tls_port.value_or(0) > 0) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "spice TLS port set in XML configuration, but TLS is disabled in qemu.conf");
    }
}

void add_spice(DeviceParts& parts, const DeviceContext& context, const model::Spice& spice) {
    parts.options.emplace_back("-spice", SpiceOptions(context, spice).text());
    if (context.facts.spice.sasl && !context.facts.spice.sasl_dir.empty())
        parts.environment.emplace_back("SASL_CONF_PATH", context.facts.spice.sasl_dir);
}

} // namespace yado::qemu
