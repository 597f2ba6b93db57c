// SPDX-License-Identifier: Apache-2.0
// The one description of a document: `void describe(Io&, T&)` names every part of T once, and each use
// (reading XML, writing it, comparing, listing the fields) is a walker behind this class. The typed front
// turns members into slots and tables of functions; a walker implements the few virtual calls at the end.
//
// Order of calls is order of output: attributes of an element before its children.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/error.h"
#include "schema/codec.h"
#include "schema/kept.h"
#include "schema/rare.h"
#include "schema/view.h"

namespace yado::schema {

class Io;

/// When a change of a field takes effect for a guest (or network, pool …) that runs.
enum class Change : std::uint8_t {
    next_boot, ///< from its next start on
    live,      ///< at once; of an element: it can be plugged and unplugged
    never,     ///< what has it would be another object
};

/// What holds for one field beyond its type.
struct Rule {
    bool required = false;
    bool omit_default = false; ///< left out of the output when it has its type's default value
    bool keep_empty = false;   ///< a plain struct is written as an element even when nothing is in it
    bool drop_empty = false;   ///< an optional one is not written when nothing is in it
    bool expand_empty = false; ///< an empty one has a start and an end tag, where libvirt writes it so
    bool guest_abi = false;    ///< the guest sees it: may not change across migration and restore
    bool key = false;          ///< tells one of several elements from the others (all of its keys together)
    bool read_only_alias = false; ///< an older spelling: read, never written
    Show show = Show::always;
    Change change = Change::next_boot;
    ErrorSource source = ErrorSource::none; ///< of the messages below, where it is not the document's
    Code code = Code::xml_error;            ///< of a value that is not understood
    Code missing_code = Code::xml_error;    ///< of a required part that is not there
    std::string_view missing =
        {}; ///< message when required and absent, where libvirt's differs from the usual one
    std::string_view invalid = {}; ///< message when not understood; "{}" becomes the text
    std::string_view single = {};  ///< message when there are two of an element that may be there once
    std::string_view implied = {}; ///< what an attribute means that is absent while its element is there
    std::string_view since = {};   ///< the libvirt version that brought it
};
inline constexpr Rule no_rule{};

/// The words of a std::variant's alternatives: `values` in their order (an empty first word: absent), and
/// optionally `others`: words that select the last alternative, which has a `std::string word` to hold them.
template <class Variant> struct UnionTags;

enum class Place : std::uint8_t { attribute, text, element, flag };

using Body = void (*)(Io&, void*);

/// How a member holds 0..n elements.
struct Elements {
    Body body;
    bool repeated;
    bool plain; ///< always there; written only when something in it is
    std::size_t (*count)(const void*);
    void* (*at)(void*, std::size_t);
    void* (*add)(void*);
    void (*with_blank)(Io&, Body); ///< calls the body on a default value, for walkers without a document
};

/// How a member holds one of several alternatives.
struct Union {
    std::span<const std::string_view> words;
    std::span<const std::string_view> others;
    std::size_t (*index)(const void*);
    void (*select)(void*, std::size_t);
    std::string* (*other_word)(void*); ///< of the selected alternative when it keeps its word, else null
    Body body;                         ///< describes the selected alternative
};

/// A call to a lambda without owning it.
class Inner {
  public:
    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, Inner>)
    Inner(F&& function)
        : object_(const_cast<void*>(static_cast<const void*>(std::addressof(function)))),
          call_([](void* object) { (*static_cast<std::remove_reference_t<F>*>(object))(); }) {}
    void operator()() const { call_(object_); }

  private:
    void* object_;
    void (*call_)(void*);
};

namespace detail {

template <class T> void body_of(Io& io, void* value) { describe(io, *static_cast<T*>(value)); }
template <class T> void blank_of(Io& io, Body body) {
    T value{};
    body(io, &value);
}

template <class T> struct ElementsOf {
    static constexpr Elements value{body_of<T>,
                                    false,
                                    true,
                                    [](const void*) -> std::size_t { return 1; },
                                    [](void* slot, std::size_t) { return slot; },
                                    [](void* slot) { return slot; },
                                    blank_of<T>};
};
template <class T> struct ElementsOf<std::optional<T>> {
    using Member = std::optional<T>;
    static constexpr Elements value{
        body_of<T>,
        false,
        false,
        [](const void* slot) -> std::size_t { return static_cast<const Member*>(slot)->has_value(); },
        [](void* slot, std::size_t) -> void* { return &**static_cast<Member*>(slot); },
        [](void* slot) -> void* { return &static_cast<Member*>(slot)->emplace(); },
        blank_of<T>};
};
template <class T> struct ElementsOf<Rare<T>> {
    using Member = Rare<T>;
    static constexpr Elements value{
        body_of<T>,
        false,
        false,
        [](const void* slot) -> std::size_t { return static_cast<const Member*>(slot)->has_value(); },
        [](void* slot, std::size_t) -> void* { return &**static_cast<Member*>(slot); },
        [](void* slot) -> void* { return &static_cast<Member*>(slot)->emplace(); },
        blank_of<T>};
};
template <class T> struct ElementsOf<std::vector<T>> {
    using Member = std::vector<T>;
    static constexpr Elements value{
        body_of<T>,
        true,
        false,
        [](const void* slot) { return static_cast<const Member*>(slot)->size(); },
        [](void* slot, std::size_t i) -> void* { return &(*static_cast<Member*>(slot))[i]; },
        [](void* slot) -> void* { return &static_cast<Member*>(slot)->emplace_back(); },
        blank_of<T>};
};

template <class V> constexpr std::span<const std::string_view> others_of() {
    if constexpr (requires { UnionTags<V>::others; }) {
        return UnionTags<V>::others;
    } else {
        return {};
    }
}

template <class V> struct UnionOf;
template <class... Ts> struct UnionOf<std::variant<Ts...>> {
    using V = std::variant<Ts...>;
    static_assert(std::size(UnionTags<V>::values) + (others_of<V>().empty() ? 0 : 1) == sizeof...(Ts));
    static void select(void* slot, std::size_t index) {
        static constexpr void (*make[])(V&) = {[](V& v) { v.template emplace<Ts>(); }...};
        make[index](*static_cast<V*>(slot));
    }
    static std::string* other_word(void* slot) {
        return std::visit(
            [](auto& alternative) -> std::string* {
                if constexpr (requires { alternative.word; }) {
                    return &alternative.word;
                } else {
                    return nullptr;
                }
            },
            *static_cast<V*>(slot));
    }
    static void body(Io& io, void* slot) {
        std::visit(
            [&io]<class T>(T& alternative) {
                if constexpr (!std::is_same_v<T, std::monostate>) { describe(io, alternative); }
            },
            *static_cast<V*>(slot));
    }
    static constexpr Union value{UnionTags<V>::values,
                                 others_of<V>(),
                                 [](const void* slot) { return static_cast<const V*>(slot)->index(); },
                                 select,
                                 other_word,
                                 body};
};

} // namespace detail

class Io {
  public:
    /// name='value'
    template <class Spelling = Plain, class T>
    void attribute(std::string_view name, T& member, const Rule& rule = no_rule) {
        leaf(Place::attribute, name, &member, codec_of<Spelling, T>, rule);
    }
    /// <name>value</name>
    template <class Spelling = Plain, class T>
    void value(std::string_view name, T& member, const Rule& rule = no_rule) {
        leaf(Place::element, name, &member, codec_of<Spelling, T>, rule);
    }
    /// the text of this element
    template <class Spelling = Plain, class T> void text(T& member, const Rule& rule = no_rule) {
        leaf(Place::text, {}, &member, codec_of<Spelling, T>, rule);
    }
    /// <name/> when true
    void flag(std::string_view name, bool& member, const Rule& rule = no_rule) {
        leaf(Place::flag, name, &member, codec_of<Plain, bool>, rule);
    }
    /// <name …>…</name>: a struct (left out when empty), std::optional, Rare or std::vector of structs.
    template <class T> void child(std::string_view name, T& member, const Rule& rule = no_rule) {
        elements(name, &member, detail::ElementsOf<T>::value, rule);
    }
    /// <name …>…</name> around parts that have no struct of their own; left out when empty.
    template <class F> void group(std::string_view name, F&& body, const Rule& rule = no_rule) {
        inside(name, Inner(body), rule);
    }
    /// <name attribute='value'/>
    template <class Spelling = Plain, class T>
    void nested(std::string_view name, std::string_view attribute_name, T& member,
                const Rule& rule = no_rule) {
        group(name, [&] { attribute<Spelling>(attribute_name, member, rule); });
    }
    /// The attribute that says which alternative a variant holds; its parts follow with choice_body.
    template <class V> void choice_tag(std::string_view tag, V& member, const Rule& rule = no_rule) {
        one_of(tag, &member, detail::UnionOf<V>::value, rule);
    }
    /// The parts of the selected alternative, in this element.
    template <class V> void choice_body(V& member) { choices(&member, detail::UnionOf<V>::value); }
    /// The parts of the selected alternative, in <name>.
    template <class V> void choice_body(std::string_view name, V& member, const Rule& rule = no_rule) {
        const auto body = [this, &member] { choice_body(member); };
        inside(name, Inner(body), rule);
    }
    /// @tag says which; parts in this element.
    template <class V> void choice(std::string_view tag, V& member, const Rule& rule = no_rule) {
        choice_tag(tag, member, rule);
        choice_body(member);
    }
    /// @tag says which; parts in <name>.
    template <class V> void choice(std::string_view tag, std::string_view name, V& member,
                                   const Rule& rule = no_rule) {
        choice_tag(tag, member, rule);
        choice_body(name, member);
    }
    /// Every <name> is kept as it is and written at this place.
    void opaque(std::string_view name, Kept& kept) { keep(name, kept); }
    /// Whatever nobody else describes here, attributes and children, is kept as it is.
    void rest(Kept& kept) { keep({}, kept); }
    /// Children in a foreign XML namespace, written here under `prefix` and declared on this element.
    /// Describe it twice: declaration among the attributes, children at their place.
    void declare_namespace(std::string_view prefix, std::string_view href, Kept& kept) {
        foreign(prefix, href, kept, true);
    }
    void namespace_children(std::string_view prefix, std::string_view href, Kept& kept) {
        foreign(prefix, href, kept, false);
    }
    /// <name>anything</name> of applications: kept with comments, quotes and prefixes; `member` is the whole
    /// element. As libvirt does, children without a namespace are dropped, and all but the first of one
    /// namespace.
    void verbatim(std::string_view name, std::string& member) { keep_verbatim(name, member); }

  protected:
    Io() = default;
    ~Io() = default;
    Io(const Io&) = delete;
    Io& operator=(const Io&) = delete;

    virtual void leaf(Place place, std::string_view name, void* slot, const Codec& codec,
                      const Rule& rule) = 0;
    virtual void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) = 0;
    virtual void inside(std::string_view name, Inner body, const Rule& rule) = 0;
    virtual void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) = 0;
    /// The body of a variant; walkers without a document visit every alternative.
    virtual void choices(void* slot, const Union& type) { type.body(*this, slot); }
    virtual void keep(std::string_view name, Kept& kept) = 0;
    virtual void foreign(std::string_view prefix, std::string_view href, Kept& kept, bool declaration) = 0;
    virtual void keep_verbatim(std::string_view name, std::string& member) = 0;
};

} // namespace yado::schema
