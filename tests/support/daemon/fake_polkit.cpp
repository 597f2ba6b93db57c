// SPDX-License-Identifier: Apache-2.0
#include "support/daemon/fake_polkit.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/wait.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

namespace yado::test_support {
namespace {

int on_check(sd_bus_message* message, void* data, sd_bus_error*) {
    auto& fake = *static_cast<FakePolkit*>(data);
    FakePolkit::Question question;
    const char* kind = nullptr;
    const char* action = nullptr;
    const char* cancel_id = nullptr;
    std::uint32_t flags = 0;
    sd_bus_message_enter_container(message, 'r', "sa{sv}");
    sd_bus_message_read(message, "s", &kind);
    const char *pid = nullptr, *start = nullptr, *uid = nullptr;
    sd_bus_message_read(message, "a{sv}", 3, &pid, "u", &question.pid, &start, "t", &question.start_time,
                        &uid, "i", &question.uid);
    sd_bus_message_exit_container(message);
    sd_bus_message_read(message, "s", &action);
    sd_bus_message_skip(message, "a{ss}");
    const int read = sd_bus_message_read(message, "us", &flags, &cancel_id);
    if (read < 0) return read;
    question.action = action;
    question.interactive = (flags & 1) != 0;
    question.cancel_id = cancel_id;
    fake.questions.push_back(question);
    if (fake.silent) return 1;
    if (fake.answer.dismissed) {
        return sd_bus_reply_method_return(message, "(bba{ss})", fake.answer.authorized, fake.answer.challenge,
                                          1, "polkit.dismissed", "true");
    }
    return sd_bus_reply_method_return(message, "(bba{ss})", fake.answer.authorized, fake.answer.challenge, 0);
}

int on_cancel(sd_bus_message* message, void* data, sd_bus_error*) {
    const char* id = nullptr;
    if (sd_bus_message_read(message, "s", &id) >= 0)
        static_cast<FakePolkit*>(data)->cancelled.emplace_back(id);
    return sd_bus_reply_method_return(message, "");
}

const sd_bus_vtable methods[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("CheckAuthorization", "(sa{sv})sa{ss}us", "(bba{ss})", on_check,
                  SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("CancelCheckAuthorization", "s", "", on_cancel, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};

} // namespace

FakePolkit::FakePolkit() {
    const std::string address = "unix:path=" + directory_.path() + "/bus";
    const std::string config = directory_.path() + "/bus.conf";
    write_file_atomically(
        config,
        "<busconfig><listen>" + address +
            "</listen><policy context='default'>"
            "<allow send_destination='*' eavesdrop='true'/><allow own='*'/><allow eavesdrop='true'/>"
            "<allow user='*'/></policy></busconfig>",
        0600);
    int ready[2];
    if (::pipe(ready) != 0) return;
    daemon_ = ::fork();
    if (daemon_ == 0) {
        const std::string print = "--print-address=" + std::to_string(ready[1]);
        const std::string file = "--config-file=" + config;
        ::execlp("dbus-daemon", "dbus-daemon", "--nofork", print.c_str(), file.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(ready[1]);
    char byte = 0;
    const bool serving = ::read(ready[0], &byte, 1) == 1; // it listens once it has printed its address
    ::close(ready[0]);
    if (!serving) return;
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", address.c_str(), 1);
    if (sd_bus_open_system(&bus_) < 0) return;
    sd_bus_add_object_vtable(bus_, nullptr, "/org/freedesktop/PolicyKit1/Authority",
                             "org.freedesktop.PolicyKit1.Authority", methods, this);
    sd_bus_request_name(bus_, "org.freedesktop.PolicyKit1", 0);
}

FakePolkit::~FakePolkit() {
    if (bus_ != nullptr) sd_bus_close_unref(bus_);
    if (daemon_ > 0) {
        ::kill(daemon_, SIGKILL);
        ::waitpid(daemon_, nullptr, 0);
    }
    ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
}

void FakePolkit::process() {
    while (sd_bus_process(bus_, nullptr) > 0) {}
}

} // namespace yado::test_support
