// SPDX-License-Identifier: Apache-2.0
#include "model/secret/complete.h"

namespace yado::model {

void complete(Secret& secret, const SecretContext& context) {
    if (secret.uuid.is_null()) { secret.uuid = context.new_uuid(); }
    secret.ephemeral = schema::yes_no(secret.is_ephemeral());
    secret.private_flag = schema::yes_no(secret.is_private());
}

} // namespace yado::model
