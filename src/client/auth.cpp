// SPDX-License-Identifier: Apache-2.0
#include "client/auth.h"

#include "base/error.h"
#include "client/transport.h"
#include "protocol/auth_calls.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sasl/sasl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace yado::client {
namespace {

/// polkit's agent for terminals, as long as the object lives.
class TextAgent {
  public:
    TextAgent() {
        int pipe_ends[2] = {-1, -1};
        if (::pipe2(pipe_ends, O_CLOEXEC) < 0) fail_errno("Unable to create pipe");
        const UniqueFd ours(pipe_ends[0]);
        UniqueFd theirs(pipe_ends[1]);
        constexpr int notify = 3;
        std::vector<std::string> words{"/usr/bin/pkttyagent",      "--process",
                                       std::to_string(::getpid()), "--notify-fd",
                                       std::to_string(notify),     "--fallback"};
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        // dup2 onto itself would leave close-on-exec set; posix_spawn clears it since glibc 2.29
        ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), notify);
        const int result = ::posix_spawn(&child_, argv.front(), &actions, nullptr, argv.data(), environ);
        ::posix_spawn_file_actions_destroy(&actions);
        if (result != 0) throw system_error(result, "Unable to start pkttyagent");
        theirs.reset();
        // it closes its end once it is registered
        pollfd waiting{ours.get(), POLLIN | POLLHUP, 0};
        ::poll(&waiting, 1, 5'000);
    }
    ~TextAgent() {
        if (child_ <= 0) return;
        ::kill(child_, SIGTERM);
        int status = 0;
        while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {}
    }
    TextAgent(const TextAgent&) = delete;
    TextAgent& operator=(const TextAgent&) = delete;

  private:
    pid_t child_ = -1;
};

/// What the SASL library may ask for, and the answers, which it wants to stay where they are.
struct Questions {
    const Credentials& credentials;
    const Target& target;
    const Prompt& prompt;
    std::vector<std::string> answers;

    std::string answer(const sasl_interact_t& question) {
        const char* key = nullptr;
        const char* words = nullptr;
        switch (question.id) {
        case SASL_CB_AUTHNAME:
            key = "authname";
            words = "Please enter your authentication name: ";
            break;
        case SASL_CB_USER:
            key = "username";
            words = "Please enter your username: ";
            break;
        case SASL_CB_PASS:
            key = "password";
            words = "Please enter your password: ";
            break;
        case SASL_CB_GETREALM:
            key = "realm";
            words = "Please enter your realm: ";
            break;
        default: fail(ErrorSource::auth, Code::auth_failed, "unsupported SASL question {}", question.id);
        }
        if (auto known = credentials.find("libvirt", target.host.empty() ? "localhost" : target.host, key))
            return *known;
        // acting as oneself needs no further name, and servers name their realm
        if (question.id == SASL_CB_USER || question.id == SASL_CB_GETREALM)
            return question.defresult == nullptr ? "" : question.defresult;
        if (prompt)
            if (auto said = prompt(words, question.id != SASL_CB_PASS)) return *said;
        fail(ErrorSource::auth, Code::auth_failed, "Failed to make auth callback: no {} known", key);
    }
    void fill(sasl_interact_t* questions) {
        answers.reserve(64);
        for (; questions->id != SASL_CB_LIST_END; ++questions) {
            answers.push_back(answer(*questions));
            questions->result = answers.back().c_str();
            questions->len = static_cast<unsigned>(answers.back().size());
        }
    }
};

struct SaslDeleter {
    void operator()(sasl_conn_t* sasl) const { sasl_dispose(&sasl); }
};
using SaslHandle = std::unique_ptr<sasl_conn_t, SaslDeleter>;

void check(int result, sasl_conn_t* sasl, std::string_view what) {
    if (result != SASL_OK && result != SASL_CONTINUE)
        fail(ErrorSource::auth, Code::auth_failed, "{}: {} ({})", what, result,
             sasl == nullptr ? sasl_errstring(result, nullptr, nullptr) : sasl_errdetail(sasl));
}

/// Encrypts and signs what goes over the transport below.
class SaslTransport final : public Transport {
  public:
    SaslTransport(std::unique_ptr<Transport> below, SaslHandle sasl)
        : below_(std::move(below)), sasl_(std::move(sasl)) {
        const void* most = nullptr;
        if (sasl_getprop(sasl_.get(), SASL_MAXOUTBUF, &most) == SASL_OK && most != nullptr)
            chunk_ = std::min<std::size_t>(chunk_, *static_cast<const unsigned*>(most));
    }
    int fd() const override { return below_->fd(); }
    bool holds_output() const override { return !output_.empty() || below_->holds_output(); }
    bool holds_input() const override { return !input_.empty() || below_->holds_input(); }

    protocol::Received read(std::span<std::uint8_t> into) override {
        protocol::Received received;
        if (input_.empty()) {
            std::vector<std::uint8_t> raw(65536);
            received = below_->read(raw);
            if (received.size == 0) return received;
            const char* plain = nullptr;
            unsigned size = 0;
            check(sasl_decode(sasl_.get(), reinterpret_cast<const char*>(raw.data()),
                              static_cast<unsigned>(received.size), &plain, &size),
                  sasl_.get(), "Failed to decode SASL data");
            input_.assign(plain, plain + size);
            received.size = 0;
            if (input_.empty()) {
                received.would_block = true;
                return received;
            }
        }
        received.size = std::min(into.size(), input_.size());
        std::copy_n(input_.begin(), received.size, into.begin());
        input_.erase(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(received.size));
        return received;
    }

    std::size_t write(std::span<const std::uint8_t> data) override {
        std::size_t taken = 0;
        if (output_.empty() && !data.empty()) {
            taken = std::min(chunk_, data.size());
            const char* coded = nullptr;
            unsigned size = 0;
            check(sasl_encode(sasl_.get(), reinterpret_cast<const char*>(data.data()),
                              static_cast<unsigned>(taken), &coded, &size),
                  sasl_.get(), "Failed to encode SASL data");
            output_.assign(coded, coded + size);
        }
        while (!output_.empty()) {
            const std::size_t sent = below_->write(output_);
            if (sent == 0) break;
            output_.erase(output_.begin(), output_.begin() + static_cast<std::ptrdiff_t>(sent));
        }
        return taken;
    }

  private:
    std::unique_ptr<Transport> below_;
    SaslHandle sasl_;
    std::size_t chunk_ = 8192;
    std::vector<std::uint8_t> input_;
    std::vector<std::uint8_t> output_;
};

SaslHandle new_session(const Target& target) {
    check(sasl_client_init(nullptr), nullptr, "failed to initialize SASL library");
    static const sasl_callback_t callbacks[] = {{SASL_CB_AUTHNAME, nullptr, nullptr},
                                                {SASL_CB_USER, nullptr, nullptr},
                                                {SASL_CB_PASS, nullptr, nullptr},
                                                {SASL_CB_GETREALM, nullptr, nullptr},
                                                {SASL_CB_LIST_END, nullptr, nullptr}};
    sasl_conn_t* sasl = nullptr;
    const std::string host = target.host.empty() ? "localhost" : target.host;
    check(sasl_client_new("libvirt", host.c_str(), nullptr, nullptr, callbacks, SASL_SUCCESS_DATA, &sasl),
          nullptr, "Failed to create SASL client context");
    SaslHandle handle(sasl);
    // only bare TCP needs SASL to hide what is said: 112 bits is what the servers ask for too
    const bool bare = target.transport == TransportKind::tcp;
    sasl_security_properties_t properties{};
    properties.min_ssf = bare ? 112 : 0;
    properties.max_ssf = bare ? 100'000 : 0;
    properties.maxbufsize = 100'000;
    properties.security_flags = bare ? SASL_SEC_NOANONYMOUS | SASL_SEC_NOPLAINTEXT : 0;
    check(sasl_setprop(sasl, SASL_SEC_PROPS, &properties), sasl, "cannot set security props");
    return handle;
}

} // namespace

void authenticate_polkit(Connection& connection, bool agent) {
    try {
        connection.call(protocol::AuthPolkitArgs{});
    } catch (const Error& error) {
        if (error.code() != Code::auth_unavailable || !agent || ::access("/usr/bin/pkttyagent", X_OK) != 0)
            throw;
        const TextAgent running;
        connection.call(protocol::AuthPolkitArgs{});
    }
}

std::unique_ptr<Transport> authenticate_sasl(Connection& connection, std::unique_ptr<Transport>& transport,
                                             const Target& target, const Prompt& prompt) {
    const Credentials credentials = Credentials::load(target.auth_file);
    Questions questions{credentials, target, prompt, {}};
    SaslHandle sasl = new_session(target);
    std::string mechanisms = connection.call(protocol::AuthSaslInitArgs{}).mechlist;

    const char* data = nullptr;
    unsigned size = 0;
    const char* mechanism = nullptr;
    sasl_interact_t* asked = nullptr;
    int result = SASL_INTERACT;
    while (result == SASL_INTERACT) {
        result = sasl_client_start(sasl.get(), mechanisms.c_str(), &asked, &data, &size, &mechanism);
        if (result == SASL_INTERACT) questions.fill(asked);
    }
    check(result, sasl.get(), "Failed to start SASL negotiation");
    const auto blob = [&] { return data == nullptr ? protocol::Blob() : protocol::Blob(data, data + size); };
    const auto started =
        connection.call(protocol::AuthSaslStartArgs{mechanism, data == nullptr ? 1 : 0, blob()});
    protocol::AuthSaslStepResult answer{started.complete, started.nil, started.data};
    // a dozen rounds is more than any mechanism takes
    for (int rounds = 0; answer.complete == 0 || result == SASL_CONTINUE; ++rounds) {
        if (rounds == 32) fail(ErrorSource::auth, Code::auth_failed, "SASL negotiation does not end");
        const std::string input(answer.data.begin(), answer.data.end());
        do {
            result = sasl_client_step(sasl.get(), answer.nil != 0 ? nullptr : input.data(),
                                      static_cast<unsigned>(input.size()), &asked, &data, &size);
            if (result == SASL_INTERACT) questions.fill(asked);
        } while (result == SASL_INTERACT);
        check(result, sasl.get(), "Failed SASL step");
        if (answer.complete != 0 && result == SASL_OK) break;
        answer = connection.call(protocol::AuthSaslStepArgs{data == nullptr ? 1 : 0, blob()});
    }
    const void* strength = nullptr;
    check(sasl_getprop(sasl.get(), SASL_SSF, &strength), sasl.get(), "cannot query SASL ssf");
    const unsigned bits = *static_cast<const unsigned*>(strength);
    if (target.transport != TransportKind::tcp) return std::move(transport);
    if (bits < 56) // 56 for Kerberos's sake, as stock
        fail(ErrorSource::auth, Code::auth_failed, "negotiation SSF {} was not strong enough", bits);
    return std::make_unique<SaslTransport>(std::move(transport), std::move(sasl));
}

} // namespace yado::client
