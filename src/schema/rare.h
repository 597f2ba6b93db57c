// SPDX-License-Identifier: Apache-2.0
// An optional value kept on the heap, for parts few documents have: 8 bytes where std::optional<T> would take
// all of T. Copies are deep, so that a document stays a value.
#pragma once

#include <memory>
#include <utility>

namespace yado::schema {

template <class T> class Rare {
  public:
    Rare() = default;
    Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
    Rare(const Rare& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Rare(Rare&&) noexcept = default;
    Rare& operator=(const Rare& other) {
        value_ = other.value_ ? std::make_unique<T>(*other.value_) : nullptr;
        return *this;
    }
    Rare& operator=(Rare&&) noexcept = default;
    ~Rare() = default;

    bool has_value() const { return value_ != nullptr; }
    explicit operator bool() const { return has_value(); }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return value_.get(); }
    const T* operator->() const { return value_.get(); }
    T& emplace() {
        value_ = std::make_unique<T>();
        return *value_;
    }
    /// The value, made when it was not there.
    T& ensure() { return value_ ? *value_ : emplace(); }
    void reset() { value_.reset(); }

  private:
    std::unique_ptr<T> value_;
};

} // namespace yado::schema
