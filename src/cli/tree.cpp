// SPDX-License-Identifier: Apache-2.0
#include "cli/tree.h"

#include <fmt/format.h>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace yado::cli {
namespace {

class Tree {
  public:
    explicit Tree(std::span<const TreeItem> items) {
        std::set<std::string_view> names;
        for (const TreeItem& item : items) names.insert(item.name);
        for (const TreeItem& item : items)
            children_[names.contains(item.parent) ? item.parent : std::string_view()].push_back(&item);
    }

    const std::vector<const TreeItem*>& below(std::string_view name) const {
        static const std::vector<const TreeItem*> none;
        const auto found = children_.find(name);
        return found == children_.end() ? none : found->second;
    }

    std::string text() const {
        std::string out;
        for (const TreeItem* root : below({})) draw(out, {*root, "", true, true});
        return out;
    }

    Value value(std::string_view parent) const {
        Value list = Value::list();
        for (const TreeItem* item : below(parent))
            list.add(Value::object().set("name", item->name).set("children", value(item->name)));
        return list;
    }

  private:
    struct Place {
        const TreeItem& item;
        std::string indent;
        bool root, last;
    };

    void draw(std::string& out, Place place) const {
        out += fmt::format("{}{}{}\n", place.indent, place.root ? "" : "+- ", place.item.name);
        if (!place.root) place.indent += place.last ? "  " : "| ";
        const auto& children = below(place.item.name);
        if (!children.empty()) out += place.indent + "  |\n";
        for (const TreeItem* child : children)
            draw(out, {*child, place.indent + "  ", false, child == children.back()});
        if (children.empty() && place.last) out += place.indent + "\n";
    }

    std::map<std::string_view, std::vector<const TreeItem*>> children_; ///< of "": the roots
};

} // namespace

std::string tree_text(std::span<const TreeItem> items) { return Tree(items).text(); }

Value tree_value(std::span<const TreeItem> items) { return Tree(items).value({}); }

} // namespace yado::cli
