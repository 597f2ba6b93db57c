// SPDX-License-Identifier: Apache-2.0
#include "model/io_limits.h"

namespace yado::model {

using schema::Io;

namespace {

/// A number that can be changed while the guest runs; 0 is no limit.
constexpr schema::Rule limit(std::string_view invalid) {
    return {.omit_default = true,
            .change = schema::Change::live,
            .source = ErrorSource::domain,
            .invalid = invalid};
}

} // namespace

void describe(Io& io, IoLimits& l) {
    io.value("total_bytes_sec", l.bytes.total,
             limit("disk iotune field 'total_bytes_sec' must be an integer"));
    io.value("read_bytes_sec", l.bytes.read, limit("disk iotune field 'read_bytes_sec' must be an integer"));
    io.value("write_bytes_sec", l.bytes.write,
             limit("disk iotune field 'write_bytes_sec' must be an integer"));
    io.value("total_iops_sec", l.operations.total,
             limit("disk iotune field 'total_iops_sec' must be an integer"));
    io.value("read_iops_sec", l.operations.read,
             limit("disk iotune field 'read_iops_sec' must be an integer"));
    io.value("write_iops_sec", l.operations.write,
             limit("disk iotune field 'write_iops_sec' must be an integer"));
    io.value("total_bytes_sec_max", l.bytes_burst.total,
             limit("disk iotune field 'total_bytes_sec_max' must be an integer"));
    io.value("read_bytes_sec_max", l.bytes_burst.read,
             limit("disk iotune field 'read_bytes_sec_max' must be an integer"));
    io.value("write_bytes_sec_max", l.bytes_burst.write,
             limit("disk iotune field 'write_bytes_sec_max' must be an integer"));
    io.value("total_iops_sec_max", l.operations_burst.total,
             limit("disk iotune field 'total_iops_sec_max' must be an integer"));
    io.value("read_iops_sec_max", l.operations_burst.read,
             limit("disk iotune field 'read_iops_sec_max' must be an integer"));
    io.value("write_iops_sec_max", l.operations_burst.write,
             limit("disk iotune field 'write_iops_sec_max' must be an integer"));
    io.value("size_iops_sec", l.operation_size,
             limit("disk iotune field 'size_iops_sec' must be an integer"));
    io.value("group_name", l.group);
    io.value("total_bytes_sec_max_length", l.bytes_burst_seconds.total,
             limit("disk iotune field 'total_bytes_sec_max_length' must be an integer"));
    io.value("read_bytes_sec_max_length", l.bytes_burst_seconds.read,
             limit("disk iotune field 'read_bytes_sec_max_length' must be an integer"));
    io.value("write_bytes_sec_max_length", l.bytes_burst_seconds.write,
             limit("disk iotune field 'write_bytes_sec_max_length' must be an integer"));
    io.value("total_iops_sec_max_length", l.operations_burst_seconds.total,
             limit("disk iotune field 'total_iops_sec_max_length' must be an integer"));
    io.value("read_iops_sec_max_length", l.operations_burst_seconds.read,
             limit("disk iotune field 'read_iops_sec_max_length' must be an integer"));
    io.value("write_iops_sec_max_length", l.operations_burst_seconds.write,
             limit("disk iotune field 'write_iops_sec_max_length' must be an integer"));
}

} // namespace yado::model
