// SPDX-License-Identifier: Apache-2.0
#include "cli/show_document.h"

#include "cli/arguments.h"
#include "cli/session.h"
#include "schema/xpath.h"

namespace yado::cli {

Option xpath_option() { return text("xpath", "xpath expression to filter the XML document").named_only(); }
Option wrap_option() { return flag("wrap", "wrap xpath results in an common root element"); }

void show_document(Session& session, const Arguments& arguments, const std::string& xml) {
    const auto xpath = arguments.text("xpath");
    if (!xpath) {
        if (session.json()) session.show("xml", xml);
        else session.raw(xml);
        return;
    }
    Value json = Value::list();
    for (const std::string& node : schema::select_nodes(xml, *xpath, arguments.has("wrap"))) {
        session.print("{}\n", node);
        json.add(node);
    }
    session.show_json(json);
}

} // namespace yado::cli
