// SPDX-License-Identifier: Apache-2.0
// Parts of a document that are carried along without being understood: elements of the grammar that are not
// modelled, each as compact XML text (single quotes, no indentation), and left-over attributes as
// "@name=value" (value escaped). One pointer wide, since most documents have none.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/rare.h"

namespace yado::schema {

class Kept {
  public:
    bool empty() const { return !parts_ || parts_->empty(); }
    const std::vector<std::string>& parts() const;
    /// `part` is one element of compact XML, or an attribute as "@name=value".
    void add(std::string part) { parts_.ensure().push_back(std::move(part)); }
    /// Calls `change` with every part, in order; it may rewrite it.
    void for_each(const std::function<void(std::string& part)>& change);
    void erase_if(const std::function<bool(const std::string& part)>& unwanted);

    /// The name of the element or attribute in `part`, with its prefix: "hostdev", "qemu:commandline".
    static std::string_view name(std::string_view part);
    static bool is_attribute(std::string_view part) { return part.starts_with('@'); }

    /// The first kept element called `name`; empty when there is none.
    std::string_view element(std::string_view name) const;
    /// The value of a kept attribute, unescaped; empty when there is none.
    std::string attribute(std::string_view name) const;

  private:
    Rare<std::vector<std::string>> parts_;
};

/// Reads an attribute of the outermost element of compact XML, unescaped; empty when there is none.
std::string attribute_of(std::string_view element, std::string_view name);
/// The first child called `name` of the outermost element of compact XML; empty when there is none.
std::string_view child_of(std::string_view element, std::string_view name);

} // namespace yado::schema
