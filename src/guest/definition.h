// SPDX-License-Identifier: Apache-2.0
// A domain's persistent definition, kept as the text libvirt would print rather than as the parsed model: a
// host with thousands of defined domains reads most of them never, and the text is several times smaller.
#pragma once

#include "model/domain/domain.h"
#include "schema/view.h"

#include <memory>
#include <string>
#include <string_view>

namespace yado::guest {

/// What listings and dominfo ask of a domain, without parsing its document.
struct Summary {
    std::string os_type;
    KiB memory, current;
    std::uint32_t vcpus = 0, vcpus_maximum = 0;

    Summary() = default;
    explicit Summary(const model::Domain& domain)
        : os_type(domain.os.type.type), memory(domain.memory.size), current(domain.current()),
          vcpus(domain.vcpus.online()), vcpus_maximum(domain.vcpus.maximum) {}
};

class Definition {
  public:
    explicit Definition(const model::Domain& domain);
    static std::shared_ptr<const Definition> of(const model::Domain& domain);

    /// The document of the definition view, secrets included.
    const std::string& xml() const { return xml_; }
    const Summary& summary() const { return summary_; }
    /// Parsed anew at each call (tens of microseconds). Throws what reading throws; never for text this
    /// daemon wrote.
    model::Domain model() const;
    /// The inactive document in the form asked for; only secure and migratable are looked at.
    std::string text(schema::View view) const;

  private:
    std::string xml_;
    Summary summary_;
    bool has_secrets_;
};

} // namespace yado::guest
