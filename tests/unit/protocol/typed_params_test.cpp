// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <gtest/gtest.h>

namespace yado::protocol {
namespace {

template <class Body> Error error_of(Body body) {
    try {
        body();
    } catch (const Error& error) { return error; }
    ADD_FAILURE() << "no error";
    return Error(Code::internal_error, "");
}

TypedParams sample() {
    return ParamsBuilder()
        .i32("i", -1)
        .u32("u", 2)
        .i64("l", -3)
        .u64("ul", 4)
        .f64("d", 0.5)
        .boolean("b", true)
        .text("s", "x")
        .take();
}

TEST(TypedParams, BuildAndGet) {
    const TypedParams params = sample();
    EXPECT_EQ(get<std::int32_t>(params, "i"), -1);
    EXPECT_EQ(get<std::uint32_t>(params, "u"), 2U);
    EXPECT_EQ(get<std::int64_t>(params, "l"), -3);
    EXPECT_EQ(get<std::uint64_t>(params, "ul"), 4U);
    EXPECT_EQ(get<double>(params, "d"), 0.5);
    EXPECT_EQ(get<bool>(params, "b"), true);
    EXPECT_EQ(get<std::string>(params, "s"), "x");
    EXPECT_EQ(get<std::string>(params, "none"), std::nullopt);
    EXPECT_EQ(find(params, "none"), nullptr);
    for (std::size_t i = 0; i < params.size(); i++)
        EXPECT_EQ(static_cast<std::size_t>(type_of(params[i].value)), i + 1);
}

TEST(TypedParams, WrongTypeIsSaidAsStockDoes) {
    const Error error = error_of([] { get<std::uint64_t>(sample(), "i"); });
    EXPECT_EQ(error.code(), Code::invalid_arg);
    EXPECT_EQ(error.message(),
              "invalid argument: Invalid type 'ullong' requested for parameter 'i', actual type is 'int'");
}

TEST(TypedParams, CheckAgainstRules) {
    constexpr ParamRule rules[] = {{"hard_limit", ParamType::u64}, {"disk", ParamType::text, true}};
    EXPECT_NO_THROW(
        check(ParamsBuilder().u64("hard_limit", 1).text("disk", "a").text("disk", "b").take(), rules));
    EXPECT_EQ(error_of([&] { check(ParamsBuilder().u64("other", 1).take(), rules); }).message(),
              "argument unsupported: parameter 'other' not supported");
    EXPECT_EQ(error_of([&] { check(ParamsBuilder().i32("hard_limit", 1).take(), rules); }).message(),
              "invalid argument: invalid type 'int' for parameter 'hard_limit', expected 'ullong'");
    EXPECT_EQ(error_of([&] {
                  check(ParamsBuilder().u64("hard_limit", 1).u64("hard_limit", 2).take(), rules);
              }).message(),
              "invalid argument: parameter 'hard_limit' occurs multiple times");
    EXPECT_EQ(error_of([&] { check(TypedParams{{std::string(80, 'n'), 1}}, rules); }).code(),
              Code::invalid_arg);
    EXPECT_THROW(ParamsBuilder().i32(std::string(80, 'n'), 1), Error);
    EXPECT_NO_THROW(ParamsBuilder().i32(std::string(79, 'n'), 1));
}

TEST(TypedParams, StringsOnlyForClientsThatTakeThem) {
    TypedParams params = sample();
    drop_strings_unless(params, TypedParameterFlags::string_okay);
    EXPECT_EQ(params.size(), 7U);
    drop_strings_unless(params, 3);
    EXPECT_EQ(params.size(), 6U);
    EXPECT_EQ(find(params, "s"), nullptr);
}

TEST(TypedParams, CountThenFetch) {
    const ParamsAnswer count = answer(sample(), 0, 0, 16);
    EXPECT_TRUE(count.params.empty());
    EXPECT_EQ(count.nparams, 6);
    EXPECT_EQ(answer(sample(), 0, TypedParameterFlags::string_okay, 16).nparams, 7);
    const ParamsAnswer two = answer(sample(), 2, 0, 16);
    EXPECT_EQ(two.params.size(), 2U);
    EXPECT_EQ(two.nparams, 0);
    EXPECT_EQ(answer(sample(), 16, 0, 16).params.size(), 6U);
    EXPECT_EQ(error_of([] { answer(sample(), 17, 0, 16); }).detail(), "nparams too large");
    EXPECT_THROW(answer(sample(), -1, 0, 16), Error);
}

} // namespace
} // namespace yado::protocol
