// SPDX-License-Identifier: Apache-2.0
#include "host/nftables.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"

#include <mutex>
#include <nftables/libnftables.h>

namespace yado::host {
namespace {

struct Free {
    void operator()(nft_ctx* context) const { nft_ctx_free(context); }
};
using Context = std::unique_ptr<nft_ctx, Free>;

/// The library's parser keeps state outside of its contexts.
std::mutex one_at_a_time;

Context make_context() {
    Context context(nft_ctx_new(NFT_CTX_DEFAULT));
    if (!context) fail(Code::operation_failed, "cannot use nftables: is the kernel module nf_tables there?");
    nft_ctx_buffer_output(context.get());
    nft_ctx_buffer_error(context.get());
    return context;
}

void run(nft_ctx* context, const std::string& commands) {
    if (nft_run_cmd_from_buffer(context, commands.c_str()) == 0) return;
    const char* words = nft_ctx_get_error_buffer(context);
    const std::string text = words == nullptr ? "" : std::string(trim(words));
    fail(Code::operation_failed, "nftables: {}", printable(text.substr(0, text.find('\n'))));
}

class SystemNftables final : public Nftables {
  public:
    void apply(const std::string& commands) override {
        fault::point("firewall.apply");
        const std::lock_guard lock(one_at_a_time);
        const Context context = make_context();
        run(context.get(), commands);
    }
    std::string list(const std::string& command) override {
        const std::lock_guard lock(one_at_a_time);
        const Context context = make_context();
        nft_ctx_output_set_flags(context.get(), NFT_CTX_OUTPUT_JSON | NFT_CTX_OUTPUT_STATELESS);
        run(context.get(), command);
        const char* text = nft_ctx_get_output_buffer(context.get());
        return text == nullptr ? "" : text;
    }
};

} // namespace

std::unique_ptr<Nftables> make_nftables() { return std::make_unique<SystemNftables>(); }

} // namespace yado::host
