// SPDX-License-Identifier: Apache-2.0
// A byte stream as a peer may send it. The first byte says how it is cut; whichever way, the messages are the
// same.
#include "base/error.h"
#include "protocol/error_wire.h"
#include "protocol/frame.h"

#include <algorithm>
#include <cstdlib>

using namespace yado::protocol;

namespace {

struct Outcome {
    std::vector<Blob> payloads;
    std::vector<Header> headers;
    bool closed = false;

    bool operator==(const Outcome&) const = default;
};

Outcome split(std::span<const std::uint8_t> stream, std::size_t step) {
    Outcome outcome;
    FrameReader reader;
    try {
        for (std::size_t at = 0; at < stream.size(); at += step) {
            reader.feed(stream.subspan(at, std::min(step, stream.size() - at)));
            while (const auto frame = reader.next()) {
                outcome.headers.push_back(frame->header);
                outcome.payloads.emplace_back(frame->payload.begin(), frame->payload.end());
            }
        }
    } catch (const yado::Error&) { outcome.closed = true; }
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::span<const std::uint8_t> stream(data + 1, size - 1);
    const Outcome whole = split(stream, std::max<std::size_t>(stream.size(), 1));
    if (whole != split(stream, data[0] + std::size_t(1))) std::abort();

    // a message without descriptors that was read can be written again, and reads the same
    for (std::size_t i = 0; i < whole.headers.size(); i++) {
        Blob out;
        append_error(out, whole.headers[i], yado::Error(yado::Code::rpc, "x"));
        append_stream_data(out, whole.headers[i].key(), whole.payloads[i]);
        const Outcome again = split(out, out.size());
        if (again.closed || again.headers.empty() || again.headers[0].serial != whole.headers[i].serial)
            std::abort();
    }
    return 0;
}
