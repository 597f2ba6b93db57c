// SPDX-License-Identifier: Apache-2.0
#include "model/storage/document.h"

#include "model/storage/check.h"
#include "schema/write.h"

namespace yado::model {
namespace {

struct PoolSources {
    std::vector<PoolSource> sources;
};
void describe(schema::Io& io, PoolSources& s) { io.child("source", s.sources); }

schema::ReadOptions named(schema::ReadOptions options, std::string_view document) {
    if (options.source == ErrorSource::none) { options.source = ErrorSource::storage; }
    if (options.document == schema::ReadOptions().document) { options.document = document; }
    return options;
}

} // namespace

StoragePool read_pool(std::string_view text, const schema::ReadOptions& options,
                      schema::Diagnostics* diagnostics) {
    return schema::read_xml<StoragePool>(text, "pool", named(options, "(storage_pool_definition)"),
                                         diagnostics);
}

std::string write_pool(const StoragePool& pool, schema::View view) {
    return schema::write_xml(pool, "pool", view);
}

StoragePool parse_pool(std::string_view text, const schema::ReadOptions& options,
                       const PoolContext& context) {
    StoragePool pool = read_pool(text, options);
    complete(pool, context);
    schema::Diagnostics problems;
    check(pool, problems);
    problems.throw_if_any();
    return pool;
}

StorageVolume read_volume(std::string_view text, const schema::ReadOptions& options,
                          schema::Diagnostics* diagnostics) {
    return schema::read_xml<StorageVolume>(text, "volume", named(options, "(storage_volume_definition)"),
                                           diagnostics);
}

std::string write_volume(const StorageVolume& volume) {
    return schema::write_xml(volume, "volume", schema::definition_view);
}

StorageVolume parse_volume(std::string_view text, PoolType pool, const schema::ReadOptions& options) {
    StorageVolume volume = read_volume(text, options);
    complete(volume, pool);
    schema::Diagnostics problems;
    check(volume, pool, problems);
    problems.throw_if_any();
    return volume;
}

PoolSource read_pool_source(std::string_view text) {
    return schema::read_xml<PoolSource>(text, "source", named({}, "(storage_source_specification)"));
}

std::string write_pool_sources(const std::vector<PoolSource>& sources) {
    std::string text = schema::write_xml(PoolSources{sources}, "sources", {});
    if (sources.empty()) { text = "<sources>\n</sources>\n"; } // as libvirt writes it
    return text;
}

std::vector<PoolSource> read_pool_sources(std::string_view text) {
    return schema::read_xml<PoolSources>(text, "sources").sources;
}

} // namespace yado::model
