// SPDX-License-Identifier: Apache-2.0
#include "model/domain/iothreads.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

void describe_pool(Io& io, ThreadPool& p) {
    io.attribute<schema::NotNegative>("thread_pool_min", p.least, {.since = "8.5.0"});
    io.attribute<schema::NotNegative>("thread_pool_max", p.most, {.since = "8.5.0"});
}

} // namespace

void describe(Io& io, Polling& p) {
    io.attribute("max", p.most);
    io.attribute("grow", p.grow);
    io.attribute("shrink", p.shrink);
}

void describe(Io& io, IoThread& t) {
    io.attribute("id", t.id, {.required = true, .key = true});
    describe_pool(io, t.pool);
    io.child("poll", t.poll, {.since = "9.4.0"});
}

void describe(Io& io, DefaultIoThread& t) { describe_pool(io, t.pool); }

} // namespace yado::model
