// SPDX-License-Identifier: Apache-2.0
#include "base/async/gate.h"
#include "base/async/loop.h"
#include "base/async/mutex.h"
#include "base/error.h"
#include "base/io/uv_loop.h"
#include "support/base/manual_loop.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace yado {
namespace {

using namespace std::chrono_literals;
using test_support::ManualLoop;

Task<int> add(int a, int b) { co_return a + b; }

Task<int> add_three(int a, int b, int c) {
    const int first = co_await add(a, b);
    const int all = co_await add(first, c);
    co_return all;
}

Task<int> throwing() {
    fail(Code::no_domain, "gone");
    co_return 0;
}

TEST(TaskTest, GivesItsValueThroughAChain) {
    ManualLoop loop;
    EXPECT_EQ(loop.run(add_three(1, 2, 3)), 6);
}

TEST(TaskTest, GivesItsError) {
    ManualLoop loop;
    EXPECT_THROW(loop.run(throwing()), Error);
}

Task<int> deep(int levels) {
    if (levels == 0) co_return 0;
    const int below = co_await deep(levels - 1);
    co_return below + 1;
}

#ifdef NDEBUG
TEST(TaskTest, LongChainsNeedNoStack) {
    ManualLoop loop;
    EXPECT_EQ(loop.run(deep(10'000)), 10'000);
}
#else
TEST(TaskTest, ChainsWork) { // symmetric transfer is a tail call only where the compiler optimises
    ManualLoop loop;
    EXPECT_EQ(loop.run(deep(500)), 500);
}
#endif

TEST(SleepTest, EndsWhenTimeHasPassed) {
    ManualLoop loop;
    bool done = false;
    spawn([](Loop& where, bool& flag) -> Task<void> {
        co_await sleep_for(where, 10s);
        flag = true;
    }(loop, done));
    loop.advance(9s);
    EXPECT_FALSE(done);
    loop.advance(2s);
    EXPECT_TRUE(done);
}

TEST(CompletionTest, OnlyTheFirstResultCounts) {
    ManualLoop loop;
    const Completion<int> completion(loop);
    EXPECT_TRUE(completion.resolver().set(1));
    EXPECT_FALSE(completion.resolver().set(2));
    auto wait = [](Completion<int> what) -> Task<int> { co_return co_await what; };
    EXPECT_EQ(loop.run(wait(completion)), 1);
}

TEST(MutexTest, ServesInOrder) {
    ManualLoop loop;
    AsyncMutex mutex(loop);
    std::string order;
    auto use = [](Loop& where, AsyncMutex& own, std::string& log, char name) -> Task<void> {
        const AsyncMutex::Lock lock = co_await own.lock();
        log += name;
        co_await sleep_for(where, 1s);
        log += name;
    };
    for (const char name : {'a', 'b', 'c'}) spawn(use(loop, mutex, order, name));
    loop.advance(10s);
    EXPECT_EQ(order, "aabbcc");
    EXPECT_FALSE(mutex.locked());
}

TEST(GateTest, WaitsForRunningWorkAndRefusesNew) {
    ManualLoop loop;
    Gate gate(loop);
    gate.run(sleep_for(loop, 5s));
    bool closed = false;
    spawn([](Gate& own, bool& flag) -> Task<void> {
        co_await own.close();
        flag = true;
    }(gate, closed));
    loop.run_until_idle();
    EXPECT_FALSE(closed);
    EXPECT_THROW(static_cast<void>(gate.enter()), Error);
    loop.advance(6s);
    EXPECT_TRUE(closed);
}

TEST(UvLoopTest, RunsBlockingWorkElsewhereAndResumesHere) {
    UvLoop loop;
    const auto here = std::this_thread::get_id();
    std::thread::id there;
    std::thread::id after;
    spawn([](UvLoop& own, std::thread::id& where, std::thread::id& back) -> Task<void> {
        auto work = [] { return std::this_thread::get_id(); };
        where = co_await blocking(own, work);
        back = std::this_thread::get_id();
        own.stop();
    }(loop, there, after));
    loop.run();
    EXPECT_TRUE(there != here); // as a boolean: thread ids do not print in libstdc++ 12 under clang
    EXPECT_TRUE(after == here);
}

TEST(UvLoopTest, WatchesDescriptorsUntilTheHandleGoes) {
    UvLoop loop;
    int pair[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
    int calls = 0;
    Loop::Watch watch;
    watch = loop.watch(pair[0], {.readable = true}, [&](Loop::Ready ready) {
        EXPECT_TRUE(ready.readable);
        ++calls;
        watch.reset();
        loop.post([&] { loop.stop(); });
    });
    ASSERT_EQ(write(pair[1], "x", 1), 1);
    loop.run();
    EXPECT_EQ(calls, 1);
    close(pair[0]);
    close(pair[1]);
}

TEST(UvLoopTest, TimersFireOnceAndInOrder) {
    UvLoop loop;
    std::string order;
    const Loop::Timer late = loop.after(20ms, [&] {
        order += 'b';
        loop.stop();
    });
    const Loop::Timer early = loop.after(1ms, [&] { order += 'a'; });
    {
        const Loop::Timer dropped = loop.after(1ms, [&] { order += 'x'; });
    }
    loop.run();
    EXPECT_EQ(order, "ab");
}

TEST(ErrorTest, TextIsLibvirtsPrefixAndTheDetail) {
    const Error error(Code::no_domain, "no domain with matching name 'x'");
    EXPECT_STREQ(error.what(), "Domain not found: no domain with matching name 'x'");
    EXPECT_EQ(Error(Code::no_domain, "").message(), "Domain not found");
    EXPECT_EQ(system_error(ENOENT, "cannot open 'f'").message(),
              "cannot open 'f': No such file or directory");
    EXPECT_EQ(static_cast<int>(Code::migrate_unsafe), 81);
}

} // namespace
} // namespace yado
