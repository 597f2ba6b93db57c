// SPDX-License-Identifier: Apache-2.0
#include "guest/async_job.h"

#include "protocol/typed_params.h"

namespace yado::guest {

protocol::TypedParams job_params(int operation, const TransferStats& stats) {
    protocol::ParamsBuilder out;
    out.i32("operation", operation).u64("time_elapsed", stats.elapsed_ms).u64("downtime", stats.downtime_ms);
    out.u64("setup_time", stats.setup_ms).u64("data_total", stats.ram_total);
    out.u64("data_processed", stats.ram_transferred).u64("data_remaining", stats.ram_remaining);
    out.u64("memory_total", stats.ram_total).u64("memory_processed", stats.ram_transferred);
    out.u64("memory_remaining", stats.ram_remaining).u64("memory_bps", stats.bytes_per_second);
    out.u64("memory_constant", stats.constant_pages).u64("memory_normal", stats.normal_pages);
    out.u64("memory_normal_bytes", stats.normal_bytes);
    out.u64("memory_dirty_rate", stats.dirty_pages_per_second).u64("memory_iteration", stats.iteration);
    out.u64("memory_postcopy_requests", stats.postcopy_requests).u64("memory_page_size", stats.page_size);
    return out.take();
}

} // namespace yado::guest
