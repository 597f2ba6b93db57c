// SPDX-License-Identifier: Apache-2.0
// The calls about secrets.
#pragma once

#include "protocol/connect_calls.h"
#include "protocol/secret_calls.h"
#include "secret/secrets.h"
#include "service/arguments.h"
#include "service/call.h"

namespace yado::secret {

namespace p = protocol;
using service::CallContext;

class SecretService {
  public:
    explicit SecretService(Secrets& secrets) : secrets_(secrets) {}

    p::ConnectListAllSecretsResult list_all(CallContext&, const p::ConnectListAllSecretsArgs&);
    p::ConnectListSecretsResult list(CallContext&, const p::ConnectListSecretsArgs&);
    p::ConnectNumOfSecretsResult count(CallContext&, const p::ConnectNumOfSecretsArgs&);
    p::SecretLookupByUuidResult lookup_by_uuid(CallContext&, const p::SecretLookupByUuidArgs&);
    p::SecretLookupByUsageResult lookup_by_usage(CallContext&, const p::SecretLookupByUsageArgs&);
    p::SecretGetXmlDescResult get_xml(CallContext&, const p::SecretGetXmlDescArgs&);
    p::SecretGetValueResult get_value(CallContext&, const p::SecretGetValueArgs&);
    Task<p::SecretDefineXmlResult> define(CallContext, p::SecretDefineXmlArgs);
    Task<p::SecretSetValueResult> set_value(CallContext, p::SecretSetValueArgs);
    Task<p::SecretUndefineResult> undefine(CallContext, p::SecretUndefineArgs);

    Secrets& secrets() { return secrets_; }

  private:
    Secrets& secrets_;
};

/// The handle clients get of a secret.
p::SecretRef ref_to(const model::Secret& secret);

} // namespace yado::secret
