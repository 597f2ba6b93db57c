// SPDX-License-Identifier: Apache-2.0
// Images that no machine has open are worked on by qemu-img, a process of its own.
#pragma once

#include "host/processes.h"
#include "model/domain/disk_chain.h"

#include <optional>
#include <string>
#include <vector>

namespace yado::guest {

class ImageTool {
  public:
    /// `processes` null: there is nothing to run it with, and every call fails with no_support.
    explicit ImageTool(host::Processes* processes) : processes_(processes) {}

    /// A new image on top of another.
    Task<void> create_overlay(std::string path, model::ImageFormat format, model::ChainImage below);
    enum class Snapshot { create, apply, remove };
    Task<void> snapshot(Snapshot what, std::string name, model::ChainImage image);
    /// What the image has goes into the one below it; it stays as it is.
    Task<void> commit(model::ChainImage image);
    /// The image lies on `below` from now on. `copy`: what was in between is copied into it; else only its
    /// header changes, because the contents are the same.
    Task<void> rebase(model::ChainImage image, model::ChainImage below, bool copy);

  private:
    Task<void> run(std::vector<std::string> arguments);
    host::Processes* processes_;
};

} // namespace yado::guest
