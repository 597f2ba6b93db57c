// SPDX-License-Identifier: Apache-2.0
#include "model/network/network.h"

#include <gtest/gtest.h>

#include "model/ip_address.h"
#include "model/network/check.h"
#include "model/network/document.h"

namespace yado::model {
namespace {

std::string usual(std::string_view text) {
    const auto address = IpAddress::parse(text);
    return address ? address->text() : "no address";
}

TEST(IpAddress, ReadsEveryNumericSpelling) {
    EXPECT_EQ(usual("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(usual("10.1"), "10.0.0.1");
    EXPECT_EQ(usual("0x0a000001"), "10.0.0.1");
    EXPECT_EQ(usual("010.0.0.1"), "8.0.0.1");
    EXPECT_EQ(usual("FD00:0:0::0001"), "fd00::1");
    EXPECT_EQ(usual("::ffff:192.0.2.1"), "::ffff:192.0.2.1");
    EXPECT_EQ(usual("fe80::1%eth0"), "fe80::1%eth0");
    for (const char* text :
         {"", " 10.1.1.1", "10.1.1.1 ", "10.1.1.256", "1.2.3.4.5", "fd00", "fd00::1::2", "fe80::1%",
          "fe80::1%a b", "fe80::1%a/b", "fe80::1%an-interface-name", "host", "10.1.1.1/24"}) {
        EXPECT_EQ(usual(text), "no address") << text;
    }
}

TEST(IpAddress, KnowsItsNetwork) {
    const IpAddress address = *IpAddress::parse("10.1.2.3");
    EXPECT_EQ(address.network(24).text(), "10.1.2.0");
    EXPECT_EQ(address.network(0).text(), "0.0.0.0");
    EXPECT_EQ(address.network(32).text(), "10.1.2.3");
    EXPECT_EQ(address.last_of_network(20).text(), "10.1.15.255");
    EXPECT_EQ(IpAddress::parse("fd00::ffff")->network(121).text(), "fd00::ff80");
}

TEST(IpAddress, TakesThePrefixFromWhatIsGiven) {
    const IpAddress a = *IpAddress::parse("10.1.2.3");
    const IpAddress none;
    EXPECT_EQ(prefix_of(a, none, 20), 20U);
    EXPECT_EQ(prefix_of(a, *IpAddress::parse("255.255.255.0"), std::nullopt), 24U);
    EXPECT_EQ(prefix_of(a, *IpAddress::parse("255.0.255.0"), std::nullopt), std::nullopt);
    EXPECT_EQ(prefix_of(a, none, std::nullopt), 8U);
    EXPECT_EQ(prefix_of(*IpAddress::parse("172.16.0.1"), none, 0U), 16U);
    EXPECT_EQ(prefix_of(*IpAddress::parse("192.168.0.1"), none, std::nullopt), 24U);
    EXPECT_EQ(prefix_of(*IpAddress::parse("224.0.0.1"), none, std::nullopt), std::nullopt);
    EXPECT_EQ(prefix_of(*IpAddress::parse("fd00::1"), none, std::nullopt), 64U);
}

TEST(Network, ListsAllProblemsWithItsNameInThem) {
    const std::string text = "<network><name>office</name>"
                             "<bridge delay='soon'/>"
                             "<ip address='here'/>"
                             "<route address='10.0.0.0' prefix='8' gateway='there'/></network>";
    schema::Diagnostics found;
    read_network(text, {}, &found);
    ASSERT_EQ(found.problems().size(), 3U);
    EXPECT_EQ(found.problems()[0].message, "Invalid delay value in network 'office'");
    EXPECT_EQ(found.problems()[0].path, "/network/bridge/@delay");
    EXPECT_EQ(found.problems()[1].message, "Invalid address 'here' in network 'office'");
    EXPECT_EQ(found.problems()[2].message, "office: Bad gateway address 'there' in route definition");
    EXPECT_THROW(read_network(text), Error);
}

TEST(Network, ShowsConnectionsOfRunningOnesOnly) {
    Network network = read_network("<network connections='3'><name>n</name></network>");
    EXPECT_FALSE(network.connections);
    network.connections = 2;
    EXPECT_NE(write_network(network, {.live = true}).find("connections='2'"), std::string::npos);
    EXPECT_EQ(write_network(network, {}).find("connections"), std::string::npos);
}

TEST(Network, GivesTheOptionsOfItsNameServer) {
    const Network network = read_network(
        "<network xmlns:d='http://libvirt.org/schemas/network/dnsmasq/1.0'><name>n</name>"
        "<d:options><d:option value='a=&lt;&apos;'/></d:options><d:options><d:option value='b'/></d:options>"
        "</network>");
    EXPECT_EQ(network.dnsmasq_options(), (std::vector<std::string>{"a=<'", "b"}));
}

TEST(Network, RefusesControlCharactersWhereAServerReadsLines) {
    NetworkContext context;
    context.new_mac = [] { return Mac(); };
    context.new_bridge = [](std::string_view) { return std::string("br"); };
    const std::string head = "<network xmlns:d='http://libvirt.org/schemas/network/dnsmasq/1.0'>"
                             "<name>n</name><description>two\nlines</description>";
    EXPECT_NO_THROW(parse_network(head + "</network>", context));
    for (const char* part : {"<domain name='a&#10;b'/>", "<dns><txt name='a' value='b&#10;c'/></dns>",
                             "<dns><host ip='192.0.2.1'><hostname>a\nb</hostname></host></dns>",
                             "<ip address='192.0.2.1' prefix='24'><tftp root='/a&#10;b'/></ip>",
                             "<d:options><d:option value='a&#10;b'/></d:options>"}) {
        EXPECT_THROW(parse_network(head + part + "</network>", context), Error) << part;
    }
}

/// A user's text must not end the document that other programs read.
TEST(Network, KeepsHostileOptionsInsideTheirAttribute) {
    NetworkContext context;
    context.new_mac = [] { return Mac(); };
    context.new_bridge = [](std::string_view) { return std::string("br"); };
    const std::string text = "<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'>"
                             "<name>n</name><dnsmasq:options><dnsmasq:option value=\"'/>&lt;/network>\"/>"
                             "</dnsmasq:options></network>";
    const Network network = parse_network(text, context);
    const std::string written = write_network(network, {});
    EXPECT_EQ(read_network(written).dnsmasq_options(), network.dnsmasq_options());
}

TEST(Network, RefusesHugeDocumentsQuickly) {
    std::string text = "<network><name>n</name><dns>";
    while (text.size() < 17'000'000) { text += "<txt name='a' value='b'/>"; }
    EXPECT_THROW(read_network(text + "</dns></network>"), Error);
}

} // namespace
} // namespace yado::model
