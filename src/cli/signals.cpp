// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.h"

namespace yado::cli {
namespace {
volatile std::sig_atomic_t last = 0;
void note(int number) { last = number; }
} // namespace

CaughtSignals::CaughtSignals(std::initializer_list<int> numbers) {
    last = 0;
    struct sigaction action{};
    action.sa_handler = note; // without SA_RESTART: the waiting ends
    for (const int number : numbers) {
        struct sigaction before{};
        ::sigaction(number, &action, &before);
        before_.emplace_back(number, before);
    }
}

CaughtSignals::~CaughtSignals() {
    for (const auto& [number, before] : before_) ::sigaction(number, &before, nullptr);
}

int CaughtSignals::caught() { return last; }

} // namespace yado::cli
