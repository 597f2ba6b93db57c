// SPDX-License-Identifier: Apache-2.0
// A domain's snapshots in memory: who is whose child, and which one the domain is at.
#pragma once

#include "model/snapshot/snapshot.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yado::guest {

class SnapshotTree {
  public:
    using Pointer = std::shared_ptr<const model::Snapshot>;

    /// Null when there is none.
    Pointer find(std::string_view name) const;
    /// Throws no_domain_snapshot.
    Pointer require(std::string_view name) const;
    void put(model::Snapshot snapshot);
    void remove(std::string_view name);
    /// The one the domain is at; empty for none.
    const std::string& current() const { return current_; }
    void set_current(std::string name) { current_ = std::move(name); }

    bool empty() const { return all_.empty(); }
    std::size_t size() const { return all_.size(); }
    /// In order of name.
    std::vector<Pointer> all() const;
    /// Of a snapshot; of "": those without a parent.
    std::vector<Pointer> children(std::string_view name) const;
    /// All below, parents before children.
    std::vector<Pointer> descendants(std::string_view name) const;
    bool is_below(std::string_view name, std::string_view ancestor) const;

    /// What a listing with these flags (virDomainSnapshotListFlags) has; `from` "": of the whole domain.
    std::vector<Pointer> list(std::string_view from, std::uint32_t flags) const;

    /// Parents that are not there count as none; circles are broken.
    void mend();

  private:
    std::map<std::string, Pointer, std::less<>> all_;
    std::string current_;
};

} // namespace yado::guest
