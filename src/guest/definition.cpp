// SPDX-License-Identifier: Apache-2.0
#include "guest/definition.h"

#include "model/domain/document.h"

namespace yado::guest {

Definition::Definition(const model::Domain& domain)
    : xml_(model::write_domain(domain, schema::definition_view)), summary_(domain),
      has_secrets_(model::may_have_secrets(xml_)) {
    xml_.shrink_to_fit();
}

std::shared_ptr<const Definition> Definition::of(const model::Domain& domain) {
    return std::make_shared<const Definition>(domain);
}

model::Domain Definition::model() const { return model::read_domain(xml_); }

std::string Definition::text(schema::View view) const {
    if (!view.migratable && (view.secure || !has_secrets_)) return xml_;
    view.live = false;
    return model::write_domain(model(), view);
}

} // namespace yado::guest
