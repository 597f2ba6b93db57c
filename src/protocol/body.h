// SPDX-License-Identifier: Apache-2.0
// Argument, result and event structures whose type is only known at run time: calls that arrive as JSON,
// tests and fuzzing over every procedure.
#pragma once

#include "protocol/wire.h"

#include <memory>
#include <string_view>

namespace yado::protocol {

/// What can be done with a structure without naming its type.
struct BodyType {
    std::string_view name; ///< e.g. "DomainCreateArgs"
    void* (*create)();
    void (*destroy)(void* body);
    void (*describe)(Wire& wire, void* body);
};

template <class T> void describe_body(Wire& wire, void* body) { describe(wire, *static_cast<T*>(body)); }

template <class T> constexpr BodyType body_type(std::string_view name) {
    return {name, []() -> void* { return new T(); }, [](void* body) { delete static_cast<T*>(body); },
            &describe_body<T>};
}

/// One structure with default values, owned.
class Body {
  public:
    explicit Body(const BodyType& type) : type_(&type), value_(type.create(), type.destroy) {}

    const BodyType& type() const { return *type_; }
    void walk(Wire& wire) { type_->describe(wire, value_.get()); }
    /// The structure, whose type the caller must know.
    template <class T> T& as() { return *static_cast<T*>(value_.get()); }

  private:
    const BodyType* type_;
    std::unique_ptr<void, void (*)(void*)> value_;
};

} // namespace yado::protocol
