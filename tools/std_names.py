# SPDX-License-Identifier: Apache-2.0
"""Which standard header declares a name of std::, for check_headers.py.

A header must include, itself or through what it includes, one of the headers of each name it uses. A name that is
in no row is a problem too, so that the table stays whole.
"""
import re

# header → names it declares; a name may stand in several rows
TABLE = {
    "algorithm": "any_of all_of clamp copy count equal fill find find_if max min none_of ranges::all_of ranges::any_of"
                 " ranges::count ranges::find ranges::sort remove_if replace reverse sort",
    "array": "array to_array",
    "atomic": "atomic memory_order_relaxed memory_order_acquire memory_order_release",
    "bit": "bit_cast endian",
    "charconv": "from_chars to_chars chars_format",
    "chrono": "chrono chrono_literals",
    "cmath": "isfinite isnan round",
    "compare": "strong_ordering weak_ordering partial_ordering",
    "concepts": "convertible_to derived_from equality_comparable floating_point integral invocable same_as"
                " signed_integral unsigned_integral",
    "condition_variable": "condition_variable condition_variable_any",
    "coroutine": "coroutine_handle noop_coroutine suspend_always suspend_never",
    "cstddef": "byte max_align_t nullptr_t ptrdiff_t size_t",
    "cstdint": "int8_t int16_t int32_t int64_t intptr_t uint8_t uint16_t uint32_t uint64_t uintptr_t",
    "cstdio": "size_t",
    "cstdlib": "abort getenv size_t strtol",
    "cstring": "memcmp memcpy memset size_t strlen",
    "deque": "deque erase erase_if",
    "exception": "current_exception exception exception_ptr make_exception_ptr rethrow_exception terminate"
                 " uncaught_exceptions",
    "filesystem": "filesystem",
    "functional": "function hash invoke less move_only_function reference_wrapper ref cref",
    "future": "future promise",
    "initializer_list": "initializer_list",
    "iterator": "back_inserter begin end size",
    "limits": "numeric_limits",
    "list": "erase_if list",
    "map": "erase_if map multimap",
    "memory": "addressof allocator enable_shared_from_this make_shared make_unique shared_ptr static_pointer_cast"
              " unique_ptr weak_ptr",
    "mutex": "lock_guard mutex once_flag call_once unique_lock scoped_lock",
    "numeric": "accumulate",
    "optional": "make_optional nullopt nullopt_t optional",
    "ostream": "ostream",
    "queue": "priority_queue queue",
    "random": "mt19937 mt19937_64 random_device uniform_int_distribution",
    "set": "erase_if multiset set",
    "span": "as_bytes span size",
    "stdexcept": "invalid_argument logic_error out_of_range runtime_error",
    "stop_token": "stop_callback stop_source stop_token",
    "string": "erase erase_if hash size string to_string",
    "string_view": "hash size string_view string_view_literals",
    "system_error": "errc error_code generic_category system_error",
    "thread": "jthread this_thread thread",
    "tuple": "apply get make_tuple tie tuple tuple_element_t tuple_size_v",
    "type_traits": "conditional_t decay_t enable_if_t invoke_result_t is_arithmetic_v is_base_of_v is_const_v"
                   " is_convertible_v is_enum_v is_integral_v is_invocable_v is_same_v is_signed_v is_unsigned_v"
                   " is_void_v remove_const_t remove_cvref_t remove_pointer_t remove_reference_t true_type false_type"
                   " type_identity_t underlying_type_t",
    "typeindex": "type_index",
    "unordered_map": "erase_if unordered_map",
    "unordered_set": "erase_if unordered_set",
    "utility": "as_const cmp_greater cmp_less declval exchange forward get in_place in_place_type index_sequence"
               " index_sequence_for make_index_sequence make_pair move pair swap to_underlying unreachable",
    "variant": "get get_if holds_alternative in_place_type monostate variant variant_alternative_t variant_size_v"
               " visit",
    "vector": "erase erase_if size vector",
}
# a name of the right side comes with every header of the left side: the language says so, or what it needs does
COMES_WITH = {
    "errc": ["charconv"],
    "size_t": ["array", "deque", "functional", "list", "map", "memory", "set", "span", "string", "string_view",
               "unordered_map", "vector"],
    "initializer_list": ["array", "deque", "functional", "list", "map", "set", "string", "string_view", "utility",
                         "vector"],
    "move": ["functional", "map", "memory", "optional", "string", "tuple", "variant", "vector"],
    "forward": ["functional", "map", "memory", "optional", "tuple", "variant", "vector"],
    "pair": ["map", "unordered_map"],
    "less": ["map", "set"],
}
NAME = re.compile(r"\bstd::(ranges::\w+|\w+)")
NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def headers():
    """All standard headers of the table."""
    return list(TABLE)


def declaring(name):
    """The standard headers that give the name."""
    return [header for header, names in TABLE.items() if name in names.split()] + COMES_WITH.get(name, [])


def missing(text, includes):
    """What is wrong with a header of this text that includes these ("a.h", <string>), a line each."""
    problems = []
    for name in sorted(set(NAME.findall(NOT_CODE.sub("", text)))):
        homes = declaring(name)
        if not homes:
            problems.append(f"std::{name} is in no row of tools/std_names.py")
        elif not any(f"<{home}>" in includes for home in homes):
            problems.append(f"uses std::{name} without <{homes[0]}>")
    if re.search(r"\bfmt::", NOT_CODE.sub("", text)) and not any(name.startswith("<fmt/") for name in includes):
        problems.append("uses fmt:: without <fmt/format.h>")
    return problems
