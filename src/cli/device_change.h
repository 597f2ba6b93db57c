// SPDX-License-Identifier: Apache-2.0
// What the commands that attach, detach and update devices share: their options, and the calls.
#pragma once

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/session.h"
#include "protocol/types.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

/// --persistent, --config, --live and --current.
std::vector<Option> change_options();
/// virDomainModificationImpact of them; --persistent means --config, and --live where the domain runs.
/// Refuses contradictions.
std::uint32_t change_impact(Session& session, const Arguments& arguments, const protocol::DomainRef& domain);

void attach_xml(Session& session, const Arguments& arguments, const protocol::DomainRef& domain,
                const std::string& xml);
void detach_xml(Session& session, const Arguments& arguments, const protocol::DomainRef& domain,
                const std::string& xml);

/// The domain's document that a change is about: the definition with --config or --persistent, what runs
/// else.
std::string changed_document(Session& session, const Arguments& arguments, const protocol::DomainRef& domain);

/// The `number`th device of a kind in a document, counted from 0, as it stands there.
std::string device_text(std::string_view document, std::string_view kind, std::size_t number);

/// For --print-xml: the text as it is, the program's own line end behind it; {"xml": …} in JSON.
void print_document(Session& session, const std::string& xml);

/// Where a child of an element's text begins and ends; `begin` == `end` when there is none.
struct TextRange {
    std::size_t begin = 0, end = 0;
};
TextRange child_range(std::string_view element, std::string_view name);

/// Elements of a device that is made up, in virsh's layout.
class DeviceText {
  public:
    /// " name='value'", the value escaped; nothing for an empty one.
    DeviceText& attribute(std::string_view name, std::string_view value);
    DeviceText& raw(std::string_view text);
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

} // namespace yado::cli
