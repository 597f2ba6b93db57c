// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/memory_backend.h"

#include "base/error.h"

namespace yado::qemu {

namespace json = boost::json;
using model::BackingSource;
using model::MemoryAccess;

namespace {

constexpr std::uint64_t small_page_kib = 4; // of every architecture with KVM that Debian builds for

class BackendWriter {
  public:
    BackendWriter(const DeviceContext& context, const MemoryWish& wish)
        : context_(context), wish_(wish),
          backing_(context.domain.memory_backing ? *context.domain.memory_backing : model::MemoryBacking()) {
        access_ = wish.access == MemoryAccess::unset ? backing_.access : wish.access;
        find_pages();
    }

    json::object make() {
        type();
        if (wish_.discard || backing_.discard) {
            if (object_["qom-type"] == "memory-backend-file") object_["discard-data"] = true;
        }
        if (access_ != MemoryAccess::unset) object_["share"] = access_ == MemoryAccess::shared;
        if (fills()) {
            object_["prealloc"] = true;
            if (backing_.allocation.threads) object_["prealloc-threads"] = *backing_.allocation.threads;
        }
        if (!wish_.reserve) object_["reserve"] = false;
        object_["size"] = wish_.bytes;
        if (wish_.alignment_kib) object_["align"] = *wish_.alignment_kib * 1024;
        if (wish_.persistent) object_["pmem"] = true;
        nodes();
        return std::move(object_);
    }

  private:
    void find_pages() {
        if (!wish_.path.empty()) return;
        if (wish_.page_size_kib) {
            huge_ = *wish_.page_size_kib != small_page_kib;
            page_kib_ = *wish_.page_size_kib;
        } else if (const model::HugePage* page = model::huge_page_of(backing_, wish_.cell)) {
            huge_ = page->size_kib != small_page_kib;
            page_kib_ = page->size_kib;
        }
    }

    void type() {
        const bool memfd = backing_.source == BackingSource::memfd && wish_.path.empty();
        const bool file = huge_ || !wish_.path.empty() || backing_.source == BackingSource::file ||
                          access_ != MemoryAccess::unset;
        if (memfd) {
            begin("memory-backend-memfd");
            if (!huge_) return;
            object_["hugetlb"] = true;
            if (page_kib_ != 0) object_["hugetlbsize"] = page_kib_ * 1024;
        } else if (file) {
            begin("memory-backend-file");
            object_["mem-path"] = file_path();
        } else {
            begin("memory-backend-ram");
        }
    }

    void begin(std::string_view type) {
        require_object(context_, type);
        object_["qom-type"] = type;
        object_["id"] = wish_.id;
    }

    std::string file_path() const {
        if (!wish_.path.empty()) return wish_.path;
        if (!huge_) {
            return fmt::format("{}/{}-{}/{}", context_.facts.memory_dir, context_.facts.id,
                               context_.domain.name, wish_.name);
        }
        for (const HugePageMount& mount : context_.facts.huge_pages) {
            if (page_kib_ == 0 || mount.size_kib == page_kib_) {
                return fmt::format("{}/libvirt/qemu/{}-{}", mount.path, context_.facts.id,
                                   context_.domain.name);
            }
        }
        if (context_.facts.huge_pages.empty()) {
            fail(ErrorSource::qemu, Code::internal_error,
                 "hugetlbfs filesystem is not mounted or disabled by administrator config");
        }
        fail(ErrorSource::qemu, Code::internal_error, "Unable to find any usable hugetlbfs mount for {} KiB",
             page_kib_);
    }

    bool fills() const {
        if (!wish_.reserve) return false;
        return wish_.fill || huge_ || backing_.allocation.mode == model::AllocationMode::immediate;
    }

    void nodes() {
        if (wish_.host_nodes.empty()) return;
        json::array numbers;
        for (const std::uint32_t node : wish_.host_nodes.numbers()) numbers.emplace_back(node);
        object_["host-nodes"] = std::move(numbers);
        object_["policy"] = wish_.policy;
    }

    const DeviceContext& context_;
    const MemoryWish& wish_;
    model::MemoryBacking backing_;
    MemoryAccess access_{};
    bool huge_ = false;
    std::uint64_t page_kib_ = 0; ///< 0: the host's usual size of huge pages
    json::object object_;
};

} // namespace

json::object memory_backend(const DeviceContext& context, const MemoryWish& wish) {
    return BackendWriter(context, wish).make();
}

} // namespace yado::qemu
