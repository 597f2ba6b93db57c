// SPDX-License-Identifier: Apache-2.0
#include "model/domain/numa_tuning.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, NumaMemory& m) {
    io.attribute("mode", m.mode, unsupported("Unsupported NUMA memory tuning mode '{}'"));
    io.attribute("placement", m.placement, unsupported("Unsupported NUMA memory placement mode '{}'"));
    io.attribute("nodeset", m.nodes, {.change = schema::Change::live});
}

void describe(Io& io, NumaCellMemory& m) {
    io.attribute("cellid", m.cell, {.required = true, .key = true});
    io.attribute("mode", m.mode);
    io.attribute("nodeset", m.nodes,
                 {.required = true, .missing = "Missing required nodeset attribute in memnode element"});
}

void describe(Io& io, NumaTuning& t) {
    io.child("memory", t.memory, {.drop_empty = true});
    io.child("memnode", t.cells);
}

} // namespace yado::model
