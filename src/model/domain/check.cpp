// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check.h"
namespace yado::model {
void check(const Domain&, schema::Diagnostics&) {}
}
