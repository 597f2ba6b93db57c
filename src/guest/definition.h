// SPDX-License-Identifier: Apache-2.0
// A domain's persistent definition, kept as the text libvirt would print rather than as the parsed model: a host with
// thousands of defined domains reads most of them never, and the text is several times smaller.
#pragma once

#include "model/domain/domain.h"
#include "schema/view.h"

#include <memory>
#include <string>
#include <string_view>

namespace yado::guest {

class Definition {
  public:
    /// `xml`: what write_xml gives for the definition view, secrets included.
    explicit Definition(std::string xml);
    static std::shared_ptr<const Definition> of(const model::Domain& domain);

    const std::string& xml() const { return xml_; }
    /// Parsed anew at each call (tens of microseconds). Throws what reading throws; never for text this daemon wrote.
    model::Domain model() const;
    /// The inactive document in the form asked for; only secure and migratable are looked at.
    std::string text(schema::View view) const;

  private:
    std::string xml_;
    bool has_secrets_;
};

} // namespace yado::guest
