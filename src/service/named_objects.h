// SPDX-License-Identifier: Apache-2.0
// The objects of one kind (domains, networks, pools, secrets, …), found by UUID and by name without waiting.
// `Object` has public members `name` and `uuid`.
#pragma once

#include "base/uuid.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace yado::service {

template <class Object> class NamedObjects {
  public:
    using Pointer = std::shared_ptr<Object>;

    // Null when there is none.
    Pointer find(const Uuid& uuid) const {
        const auto row = by_uuid_.find(uuid);
        return row == by_uuid_.end() ? nullptr : row->second;
    }
    Pointer find(std::string_view name) const {
        const auto row = by_name_.find(name);
        return row == by_name_.end() ? nullptr : row->second;
    }

    /// Neither its name nor its UUID may be taken.
    void add(Pointer object) {
        by_name_.emplace(object->name, object);
        by_uuid_.emplace(object->uuid, std::move(object));
    }
    void remove(const Object& object) {
        by_name_.erase(object.name);
        by_uuid_.erase(object.uuid); // may be the last owner: nothing of `object` is used after this
    }
    /// `name` must be free.
    void rename(Object& object, std::string name) {
        auto node = by_name_.extract(object.name);
        object.name = name;
        node.key() = std::move(name);
        by_name_.insert(std::move(node));
    }

    std::size_t size() const { return by_uuid_.size(); }
    /// In order of name.
    std::vector<Pointer> all() const {
        std::vector<Pointer> objects;
        objects.reserve(by_name_.size());
        for (const auto& [name, object] : by_name_) objects.push_back(object);
        return objects;
    }

  private:
    std::unordered_map<Uuid, Pointer> by_uuid_;
    std::map<std::string, Pointer, std::less<>> by_name_;
};

} // namespace yado::service
