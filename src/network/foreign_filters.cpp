// SPDX-License-Identifier: Apache-2.0
#include "network/foreign_filters.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "network/pass_rules.h"

#include <algorithm>

namespace yado::network {

Task<host::ForeignChains> ForeignFilters::look() {
    auto list = [this] { return host::foreign_chains(nftables_.list("list chains")); };
    co_return co_await blocking(loop_, std::move(list));
}

Task<std::string> ForeignFilters::run(std::string program, std::string argument, std::string input) {
    host::ProcessSpec spec;
    spec.path = "/usr/sbin/" + program;
    spec.arguments = {program, std::move(argument)};
    spec.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
    const host::CommandLimits limits;
    host::CommandResult result = co_await processes_.run(std::move(spec), limits, std::move(input));
    if (!result.success()) {
        fail(ErrorSource::network, Code::operation_failed, "'{}' {}: {}", program, result.status.text(),
             printable(trim(result.error_output)));
    }
    co_return std::move(result.output);
}

Task<void> ForeignFilters::set(model::Network network, host::ForeignChains chains, bool v6, bool opens) {
    const bool any = std::ranges::any_of(chains.dropping, [v6](const host::DroppingChain& chain) {
        return chain.of_iptables() && (chain.family == "ip6") == v6;
    });
    if (!any) co_return;
    std::string save = v6 ? "ip6tables-save" : "iptables-save";
    std::string restore = v6 ? "ip6tables-restore" : "iptables-restore";
    const std::string saved = co_await run(std::move(save), "--table=filter", "");
    std::vector<std::string> rules = removals(saved, network.bridge.name);
    if (opens) {
        const std::vector<std::string> passing = pass_rules(network, chains, v6);
        rules.insert(rules.end(), passing.begin(), passing.end());
    }
    std::string input = restore_input(rules);
    if (!input.empty()) co_await run(std::move(restore), "--noflush", std::move(input));
}

Task<void> ForeignFilters::open(model::Network network) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    try {
        const host::ForeignChains chains = co_await look();
        for (const std::string& chain : unreachable_chains(chains)) {
            log_warning("network.firewall",
                        "packets of network '{}' may be dropped by {}, which accepts only "
                        "what its own rules name",
                        network.name, chain);
        }
        co_await set(network, chains, false, true);
        co_await set(network, chains, true, true);
    } catch (const Error& error) {
        log_warning("network.firewall",
                    "packets of network '{}' may be dropped by other filters of the host: {}", network.name,
                    error.message());
    }
}

Task<void> ForeignFilters::close(model::Network network) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    try {
        const host::ForeignChains chains = co_await look();
        co_await set(network, chains, false, false);
        co_await set(network, chains, true, false);
    } catch (const Error& error) {
        log_warning("network.firewall", "rules of network '{}' may be left in other filters of the host: {}",
                    network.name, error.message());
    }
}

} // namespace yado::network
