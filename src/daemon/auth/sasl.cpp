// SPDX-License-Identifier: Apache-2.0
#include "daemon/auth/sasl.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"

#include <algorithm>
#include <mutex>
#include <sasl/sasl.h>
#include <vector>

namespace yado::daemon {
namespace {

constexpr unsigned layer_buffer = 100'000; ///< bytes of one block, as libvirt asks for
constexpr unsigned strength_max = 100'000;

/// What a client may be told; the reason goes to the log only.
[[noreturn]] void refuse(std::string_view why) {
    log_warning("auth", "SASL: {}", why);
    fail(ErrorSource::rpc, Code::auth_failed, "authentication failed");
}

int log_callback(void*, int level, const char* message) {
    if (level <= SASL_LOG_WARN) {
        log_warning("auth", "SASL: {}", message == nullptr ? "" : message);
    } else if (level <= SASL_LOG_NOTE) {
        log_debug("auth", "SASL: {}", message == nullptr ? "" : message);
    }
    return SASL_OK;
}

using Procedure = int (*)();
// The library's callback table holds functions of any type behind this one.
template <class Function> Procedure as_procedure(Function* function) {
    return reinterpret_cast<Procedure>(reinterpret_cast<void (*)()>(function));
}

sasl_callback_t callbacks[] = {
    {SASL_CB_LOG, as_procedure(log_callback), nullptr},
    {SASL_CB_LIST_END, nullptr, nullptr},
};

void* mutex_new() { return new std::mutex(); }
int mutex_lock(void* mutex) {
    static_cast<std::mutex*>(mutex)->lock();
    return SASL_OK;
}
int mutex_unlock(void* mutex) {
    static_cast<std::mutex*>(mutex)->unlock();
    return SASL_OK;
}
void mutex_free(void* mutex) { delete static_cast<std::mutex*>(mutex); }

} // namespace

void initialize_sasl(const std::string& config_dir) {
    static std::once_flag once;
    std::call_once(once, [&] {
        sasl_set_mutex(mutex_new, mutex_lock, mutex_unlock, mutex_free);
        if (!config_dir.empty()) {
            std::string path = config_dir;
            sasl_set_path(SASL_PATH_TYPE_CONFIG, path.data());
        }
        const int result = sasl_server_init(callbacks, "libvirt");
        if (result != SASL_OK) {
            fail(Code::auth_failed, "Failed to initialize SASL: {} ({})", result,
                 sasl_errstring(result, nullptr, nullptr));
        }
    });
}

struct SaslNegotiation::State {
    sasl_conn_t* connection = nullptr;
    SaslRule rule;
    bool started = false;
    bool complete = false;
};

SaslNegotiation::SaslNegotiation(const SaslRule& rule) : state_(std::make_unique<State>()) {
    state_->rule = rule;
    const auto address = [](const std::string& text) { return text.empty() ? nullptr : text.c_str(); };
    const int made =
        sasl_server_new("libvirt", nullptr, nullptr, address(rule.local_address), address(rule.peer_address),
                        nullptr, SASL_SUCCESS_DATA, &state_->connection);
    if (made != SASL_OK) refuse(sasl_errstring(made, nullptr, nullptr));
    if (rule.outer_strength > 0) {
        const sasl_ssf_t outer = rule.outer_strength;
        if (sasl_setprop(state_->connection, SASL_SSF_EXTERNAL, &outer) != SASL_OK) {
            refuse("cannot set the external strength");
        }
    }
    sasl_security_properties_t properties{};
    if (rule.needs_layer) {
        properties.min_ssf = rule.minimum_strength;
        properties.max_ssf = strength_max;
        properties.maxbufsize = layer_buffer;
        properties.security_flags = SASL_SEC_NOANONYMOUS | SASL_SEC_NOPLAINTEXT;
    } // else the transport protects the bytes, or they do not leave the host: any mechanism, no layer
    if (sasl_setprop(state_->connection, SASL_SEC_PROPS, &properties) != SASL_OK) {
        refuse("cannot set security properties");
    }
}

SaslNegotiation::~SaslNegotiation() {
    if (state_->connection != nullptr) sasl_dispose(&state_->connection);
}

std::string SaslNegotiation::mechanisms() {
    const char* list = nullptr;
    const int result = sasl_listmech(state_->connection, nullptr, "", ",", "", &list, nullptr, nullptr);
    if (result != SASL_OK) refuse(sasl_errdetail(state_->connection));
    return list == nullptr ? "" : list;
}

SaslNegotiation::Answer SaslNegotiation::finish(int result, const char* out, unsigned size) {
    if (result != SASL_OK && result != SASL_CONTINUE) refuse(sasl_errdetail(state_->connection));
    Answer answer;
    answer.complete = result == SASL_OK;
    if (out != nullptr) answer.data.emplace(out, out + size);
    state_->complete = answer.complete;
    return answer;
}

namespace {
const char* bytes(const SaslNegotiation::Data& data) {
    // an empty vector may have no address, which would mean "no data"
    return !data ? nullptr : data->empty() ? "" : reinterpret_cast<const char*>(data->data());
}
unsigned length(const SaslNegotiation::Data& data) { return data ? static_cast<unsigned>(data->size()) : 0; }
} // namespace

SaslNegotiation::Answer SaslNegotiation::start(const std::string& mechanism, const Data& data) {
    if (state_->started) refuse("started twice");
    state_->started = true;
    const char* out = nullptr;
    unsigned size = 0;
    const int result =
        sasl_server_start(state_->connection, mechanism.c_str(), bytes(data), length(data), &out, &size);
    return finish(result, out, size);
}

SaslNegotiation::Answer SaslNegotiation::step(const Data& data) {
    if (!state_->started || state_->complete) refuse("a step that does not belong to a negotiation");
    const char* out = nullptr;
    unsigned size = 0;
    const int result = sasl_server_step(state_->connection, bytes(data), length(data), &out, &size);
    return finish(result, out, size);
}

std::string SaslNegotiation::user_name() const {
    if (state_->rule.needs_layer) {
        const void* value = nullptr;
        if (sasl_getprop(state_->connection, SASL_SSF, &value) != SASL_OK || value == nullptr) {
            refuse("no strength is known");
        }
        const sasl_ssf_t strength = *static_cast<const sasl_ssf_t*>(value);
        if (strength < state_->rule.minimum_strength) {
            refuse(fmt::format("negotiation SSF {} was not strong enough", strength));
        }
    }
    const void* name = nullptr;
    if (sasl_getprop(state_->connection, SASL_USERNAME, &name) != SASL_OK || name == nullptr) {
        refuse("no client username was found");
    }
    return static_cast<const char*>(name);
}

bool SaslNegotiation::has_layer() const {
    const void* value = nullptr;
    if (!state_->rule.needs_layer) return false;
    if (sasl_getprop(state_->connection, SASL_SSF, &value) != SASL_OK || value == nullptr) return false;
    return *static_cast<const sasl_ssf_t*>(value) > 0;
}

namespace {

class SaslTransport final : public Transport {
  public:
    SaslTransport(sasl_conn_t* connection, std::shared_ptr<SaslNegotiation> owner,
                  std::unique_ptr<Transport> inner)
        : connection_(connection), owner_(std::move(owner)), inner_(std::move(inner)) {
        const void* value = nullptr;
        if (sasl_getprop(connection_, SASL_MAXOUTBUF, &value) == SASL_OK && value != nullptr) {
            block_ = *static_cast<const unsigned*>(value);
        }
        if (block_ == 0 || block_ > layer_buffer) block_ = 4096;
    }
    int socket() const override { return inner_->socket(); }
    unsigned strength() const override { return inner_->strength(); }
    std::string certificate_name() const override { return inner_->certificate_name(); }

    protocol::Received read(std::span<std::uint8_t> into) override {
        if (position_ == plain_.size()) {
            raw_.resize(block_);
            protocol::Received received = inner_->read(raw_);
            if (received.size == 0) return received;
            const char* out = nullptr;
            unsigned size = 0;
            const int result = sasl_decode(connection_, reinterpret_cast<const char*>(raw_.data()),
                                           static_cast<unsigned>(received.size), &out, &size);
            if (result != SASL_OK) fail(Code::internal_error, "failed to decode SASL data");
            plain_.assign(out, out + size);
            position_ = 0;
            if (plain_.empty()) { // part of a block
                received.size = 0;
                received.would_block = !inner_->has_buffered();
                return received;
            }
        }
        protocol::Received received;
        received.size = std::min(into.size(), plain_.size() - position_);
        std::copy_n(plain_.data() + position_, received.size, into.data());
        position_ += received.size;
        return received;
    }
    bool has_buffered() const override { return position_ < plain_.size() || inner_->has_buffered(); }

    std::size_t write(std::span<const std::uint8_t> data) override {
        drain();
        if (wants_write() || data.empty()) return 0;
        const std::size_t size = std::min<std::size_t>(data.size(), block_);
        const char* out = nullptr;
        unsigned encoded = 0;
        const int result = sasl_encode(connection_, reinterpret_cast<const char*>(data.data()),
                                       static_cast<unsigned>(size), &out, &encoded);
        if (result != SASL_OK) fail(Code::internal_error, "failed to encode SASL data");
        encoded_.assign(out, out + encoded);
        written_ = 0;
        drain();
        return size;
    }
    bool wants_write() const override { return written_ < encoded_.size(); }
    void close() override { inner_->close(); }

  private:
    void drain() {
        while (wants_write()) {
            const std::size_t sent = inner_->write({encoded_.data() + written_, encoded_.size() - written_});
            if (sent == 0) return;
            written_ += sent;
        }
    }

    sasl_conn_t* connection_;
    std::shared_ptr<SaslNegotiation> owner_;
    std::unique_ptr<Transport> inner_;
    unsigned block_ = 0;
    std::vector<std::uint8_t> raw_;
    std::vector<std::uint8_t> plain_;
    std::size_t position_ = 0;
    std::vector<std::uint8_t> encoded_;
    std::size_t written_ = 0;
};

} // namespace

std::unique_ptr<Transport> SaslNegotiation::wrap(std::shared_ptr<SaslNegotiation> self,
                                                 std::unique_ptr<Transport> inner) {
    sasl_conn_t* connection = self->state_->connection;
    return std::make_unique<SaslTransport>(connection, std::move(self), std::move(inner));
}

} // namespace yado::daemon
