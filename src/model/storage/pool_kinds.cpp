// SPDX-License-Identifier: Apache-2.0
#include "model/storage/pool_kinds.h"

#include <algorithm>
#include <array>

#include "model/image_format.h"

namespace yado::model {
namespace {

using Word = std::string_view;

constexpr std::array<Word, 14> file_systems{"auto", "ext2", "ext3", "ext4", "ufs", "iso9660", "udf",
                                            "gfs",  "gfs2", "vfat", "hfs+", "xfs", "ocfs2",   "vmfs"};
constexpr std::array<Word, 4> shares{"auto", "nfs", "glusterfs", "cifs"};
constexpr std::array<Word, 2> volume_groups{"unknown", "lvm2"};
constexpr std::array<Word, 9> partition_tables{"unknown", "dos",  "dvh", "gpt", "mac",
                                               "bsd",     "pc98", "sun", "lvm2"};
constexpr std::array<Word, 8> partitions{"none",       "linux",     "fat16",      "fat32",
                                         "linux-swap", "linux-lvm", "linux-raid", "extended"};
/// All image formats but the empty word of "not given".
constexpr std::span<const Word> images = std::span(schema::EnumNames<ImageFormat>::values).subspan(1);

constexpr FormatWords image_files{images, "raw"};
/// RBD images are raw, and libvirt tells so without listing words.
constexpr FormatWords raw_images{{}, "raw"};

constexpr std::array<PoolKind, 14> kinds{{
    /* dir */ {.features = true, .volume_format = image_files},
    /* fs */
    {.device = true,
     .needs_device = true,
     .features = true,
     .source_format = {file_systems, "auto"},
     .volume_format = image_files,
     .options = "fs"},
    /* netfs */
    {.host = true,
     .dir = true,
     .source_format = {shares, "auto"},
     .volume_format = image_files,
     .options = "fs"},
    /* logical */
    {.device = true,
     .name = true,
     .target = PoolTarget::derived,
     .target_prefix = "/dev/",
     .source_format = {volume_groups, "lvm2"}},
    /* disk */
    {.device = true,
     .needs_device = true,
     .source_format = {partition_tables, "unknown"},
     .volume_format = {partitions, "none"}},
    /* iscsi */ {.host = true, .device = true, .initiator = true},
    /* iscsi-direct */
    {.host = true, .device = true, .initiator = true, .target = PoolTarget::none},
    /* scsi */ {.adapter = true},
    /* mpath */ {},
    /* rbd */
    {.host = true, .name = true, .target = PoolTarget::none, .volume_format = raw_images, .options = "rbd"},
    /* sheepdog */ {.host = true, .name = true, .target = PoolTarget::none},
    /* gluster */
    {.host = true, .dir = true, .name = true, .target = PoolTarget::none, .volume_format = image_files},
    /* zfs */
    {.device = true, .name = true, .target = PoolTarget::derived, .target_prefix = "/dev/zvol/"},
    /* vstorage */ {.name = true, .volume_format = image_files},
}};

} // namespace

bool FormatWords::known(std::string_view word) const { return std::ranges::find(words, word) != words.end(); }

const PoolKind& kind_of(PoolType type) { return kinds[static_cast<std::size_t>(type)]; }

} // namespace yado::model
