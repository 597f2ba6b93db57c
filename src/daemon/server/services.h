// SPDX-License-Identifier: Apache-2.0
// The objects whose member functions answer calls, found by their type. The server has some for every client
// (authentication, opening, administration); a driver adds those behind one URI (domains, the node, …).
#pragma once

#include <cstddef>
#include <vector>

namespace yado::daemon {

namespace detail {
inline std::size_t next_service_slot() {
    static std::size_t next = 0;
    return next++;
}
template <class Service> std::size_t service_slot() {
    static const std::size_t slot = next_service_slot();
    return slot;
}
} // namespace detail

/// Does not own the services; they must outlive every client.
class Services {
  public:
    template <class Service> void add(Service& service) {
        const std::size_t slot = detail::service_slot<Service>();
        if (slots_.size() <= slot) slots_.resize(slot + 1);
        slots_[slot] = &service;
    }
    /// Null when there is none of this type.
    template <class Service> Service* find() const {
        return static_cast<Service*>(find_slot(detail::service_slot<Service>()));
    }
    /// As find(), by detail::service_slot().
    void* find_slot(std::size_t slot) const { return slot < slots_.size() ? slots_[slot] : nullptr; }

  private:
    std::vector<void*> slots_;
};

} // namespace yado::daemon
