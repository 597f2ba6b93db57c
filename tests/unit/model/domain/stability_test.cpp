// SPDX-License-Identifier: Apache-2.0
// An address once given never moves: domains are defined, edited at random and defined again, many times
// over.
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "model/domain/document.h"
#include "schema/parts.h"
#include "support/model/fixed_context.h"

namespace yado::model {
namespace {

/// "{}" becomes the user's name for the device, by which it is found again, or a letter for its target.
struct Kind {
    std::string_view text;
    std::string_view element;
};

constexpr Kind kinds[] = {
    {"<disk type='file'><source file='/a'/><target dev='vd{1}' bus='virtio'/><alias name='{0}'/></disk>",
     "disk"},
    {"<disk type='file'><source file='/a'/><target dev='sd{1}' bus='scsi'/><alias name='{0}'/></disk>",
     "disk"},
    {"<disk type='file'><source file='/a'/><target dev='xvd{1}' bus='usb'/><alias name='{0}'/></disk>",
     "disk"},
    {"<interface type='user'><mac address='52:54:00:00:01:{2:02x}'/><model type='virtio'/>"
     "<alias name='{0}'/></interface>",
     "interface"},
    {"<interface type='user'><mac address='52:54:00:00:02:{2:02x}'/><model type='e1000'/>"
     "<alias name='{0}'/></interface>",
     "interface"},
    {"<channel type='unix'><target type='virtio' name='c{2}'/><alias name='{0}'/></channel>", "channel"},
    {"<input type='tablet' bus='usb'><alias name='{0}'/></input>", "input"},
    {"<input type='keyboard' bus='virtio'><alias name='{0}'/></input>", "input"},
    {"<redirdev bus='usb' type='pty'><alias name='{0}'/></redirdev>", "redirdev"},
    {"<hub type='usb'><alias name='{0}'/></hub>", "hub"},
    {"<sound model='ich6'><alias name='{0}'/></sound>", "sound"},
    {"<rng model='virtio'><backend model='random'>/dev/urandom</backend><alias name='{0}'/></rng>", "rng"},
    {"<filesystem type='mount'><source dir='/s'/><target dir='t{2}'/><alias name='{0}'/></filesystem>",
     "filesystem"},
    {"<hostdev type='usb'><source><vendor id='0x{2:04x}'/><product id='0x2'/></source><alias "
     "name='{0}'/></hostdev>",
     "hostdev"},
    {"<hostdev type='pci'><source><address bus='0x{2:02x}'/></source><alias name='{0}'/></hostdev>",
     "hostdev"},
};

class Editor {
  public:
    explicit Editor(unsigned seed) : random_(seed) {
        constexpr std::string_view machines[] = {"pc", "q35"};
        text_ =
            fmt::format("<domain type='qemu'><name>d</name><uuid>7a6f1e7e-2b3f-4a55-9a8d-0f6d3c1b2a55</uuid>"
                        "<memory>1024</memory><os><type arch='x86_64' machine='{}'>hvm</type></os>"
                        "<devices></devices></domain>",
                        machines[below(std::size(machines))]);
    }

    const std::string& text() const { return text_; }
    void set(std::string text) { text_ = std::move(text); }

    void add() {
        const unsigned number = ++count_;
        const std::string letters{static_cast<char>('a' + number / 26), static_cast<char>('a' + number % 26)};
        const std::string device = fmt::format(fmt::runtime(kinds[below(std::size(kinds))].text),
                                               fmt::format("ua-{}", number), letters, number);
        text_.insert(text_.rfind("</devices>"), device);
    }

    /// One device with a name of ours, as the document shows it.
    void remove() {
        const unsigned number = 1 + static_cast<unsigned>(below(std::max(count_, 1U)));
        const std::size_t name = text_.find(fmt::format("<alias name='ua-{}'/>", number));
        if (name == std::string::npos) { return; }
        std::size_t begin = 0;
        std::string_view element;
        for (const Kind& kind : kinds) {
            const std::size_t at = text_.rfind(fmt::format("<{}", kind.element), name);
            if (at != std::string::npos && at >= begin) {
                begin = at;
                element = kind.element;
            }
        }
        const std::string end = fmt::format("</{}>", element);
        text_.erase(begin, text_.find(end, begin) + end.size() - begin);
    }

    bool one_in(std::size_t count) { return below(count) == 0; }
    std::size_t below(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }

  private:
    std::mt19937 random_;
    std::string text_;
    unsigned count_ = 0;
};

/// Where everything is: names of ours, and controllers by type and index → all of the address.
std::map<std::string, std::string> places(const Domain& domain) {
    std::map<std::string, std::string> by_path, names, found;
    for (const schema::Part& part :
         schema::parts("domain", &domain, schema::detail::body_of<Domain>, schema::definition_view)) {
        const std::size_t address = part.path.find("/address/@");
        if (part.path.ends_with("/alias/@name")) {
            names[part.path.substr(0, part.path.size() - std::string_view("/alias/@name").size())] =
                part.value;
        } else if (address != std::string::npos && !part.path.contains("/source/") &&
                   !part.path.ends_with("@multifunction")) {
            by_path[part.path.substr(0, address)] += part.path.substr(address) + "=" + part.value + " ";
        }
    }
    for (const auto& [path, address] : by_path) {
        if (path.starts_with("/domain/devices/controller[")) { found[path] = address; }
        if (const auto name = names.find(path); name != names.end()) { found[name->second] = address; }
    }
    return found;
}

TEST(Stability, AddressesNeverMove) {
    std::size_t compared = 0;
    for (unsigned seed = 0; seed < 150; ++seed) {
        Editor editor(seed);
        std::map<std::string, std::string> before;
        for (int edit = 0; edit < 12; ++edit) {
            const std::string old = editor.text();
            for (std::size_t more = editor.below(4); more > 0; --more) { editor.add(); }
            if (editor.one_in(2)) { editor.remove(); }
            Domain domain;
            try {
                domain = parse_definition(editor.text(), test::fixed_context());
            } catch (const Error&) { // full: the edit is refused, the definition stays
                editor.set(old);
                continue;
            }
            const std::map<std::string, std::string> after = places(domain);
            for (const auto& [name, address] : before) {
                const auto now = after.find(name);
                if (now == after.end()) { continue; }
                ++compared;
                ASSERT_EQ(now->second, address)
                    << name << " moved, seed " << seed << ", edit " << edit << "\n"
                    << old << "\nbecame\n"
                    << editor.text();
            }
            before = after;
            editor.set(write_domain(domain, schema::definition_view));
        }
    }
    EXPECT_GT(compared, 10'000U); // else the edits were not taken
}

} // namespace
} // namespace yado::model
