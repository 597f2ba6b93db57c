// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "model/nwfilter/check.h"
#include "model/nwfilter/complete.h"
#include "model/nwfilter/document.h"
#include "model/nwfilter/value.h"

namespace yado::model {
namespace {

std::string written(const ValueForm& form, std::string_view text) {
    std::string value;
    return read_value(text, form, value) ? value : "refused";
}

TEST(FilterValue, KeepsTheBaseOfNumbers) {
    using namespace value_forms;
    EXPECT_EQ(written(uint16, "17"), "17");
    EXPECT_EQ(written(uint16, "0x11"), "0x11");
    EXPECT_EQ(written(uint16, "ABC"), "0xabc");
    EXPECT_EQ(written(uint16, "65535"), "65535");
    EXPECT_EQ(written(uint16, "65536"), "refused");
    EXPECT_EQ(written(uint8, "0x100"), "refused");
    EXPECT_EQ(written(uint32, "4294967295"), "4294967295");
    EXPECT_EQ(written(uint32, "-1"), "refused");
    EXPECT_EQ(written(decimal16, "0x5"), "refused");
    EXPECT_EQ(written(dscp, "64"), "refused");
    EXPECT_EQ(written(vlan_id, "4095"), "4095");
    EXPECT_EQ(written(uint16, ""), "refused");
}

TEST(FilterValue, NamesWhatHasAName) {
    using namespace value_forms;
    EXPECT_EQ(written(ether_type, "2048"), "ipv4");
    EXPECT_EQ(written(ether_type, "ARP"), "arp");
    EXPECT_EQ(written(ether_type, "1535"), "refused");
    EXPECT_EQ(written(encapsulated_type, "60"), "60");
    EXPECT_EQ(written(encapsulated_type, "59"), "refused");
    EXPECT_EQ(written(ip_protocol, "0x6"), "tcp");
    EXPECT_EQ(written(arp_opcode, "reply"), "Reply");
    EXPECT_EQ(written(arp_opcode, "0x11"), "17");
    EXPECT_EQ(written(boolean, "yes"), "true");
    EXPECT_EQ(written(boolean, "whatever"), "false");
}

TEST(FilterValue, KnowsMasks) {
    using namespace value_forms;
    EXPECT_EQ(written(ipv4_mask, "255.255.0.0"), "16");
    EXPECT_EQ(written(ipv4_mask, "255.0.255.0"), "refused");
    EXPECT_EQ(written(ipv4_mask, "33"), "refused");
    EXPECT_EQ(written(ipv6_mask, "ffff:ffff::"), "32");
    EXPECT_EQ(written(ipv6_mask, "128"), "128");
    EXPECT_EQ(written(mac_mask, "FF:FF:0:0:0:0"), "ff:ff:00:00:00:00");
    EXPECT_EQ(written(mac_mask, "ff:00:ff:00:00:00"), "refused");
}

TEST(FilterValue, KnowsLists) {
    using namespace value_forms;
    EXPECT_EQ(written(states, "established new"), "NEW,ESTABLISHED");
    EXPECT_EQ(written(states, "NONE,NEW"), "NONE");
    EXPECT_EQ(written(states, "OLD"), "refused");
    EXPECT_EQ(written(tcp_flags, "urg,syn/ack"), "SYN,URG/ACK");
    EXPECT_EQ(written(tcp_flags, "FIN,SYN,RST,PSH,ACK,URG/NONE"), "ALL/NONE");
    EXPECT_EQ(written(tcp_flags, "SYN"), "refused");
    EXPECT_EQ(written(ipset_flags, "SRC,dst"), "src,dst");
    EXPECT_EQ(written(ipset_flags, "src,src,src,src,src,src,src"), "refused");
    EXPECT_EQ(written(ipset, "a*"), "refused");
    EXPECT_EQ(written(ipset, std::string(32, 'a')), "refused");
}

TEST(FilterValue, KnowsVariables) {
    using namespace value_forms;
    EXPECT_EQ(written(ipv4, "$IP"), "$IP");
    EXPECT_EQ(written(ipv4, "$IP[ @2 ]"), "$IP[@2]");
    EXPECT_EQ(written(ipv4, "$IP[@0]"), "$IP");
    EXPECT_EQ(written(ipv4, "$IP[7]"), "$IP[7]");
    for (const char* wrong : {"$I-P", "$IP[", "$IP[]", "$IP[x]", "$IP[1", "$IP[99999999999]", "$ IP"}) {
        EXPECT_EQ(written(ipv4, wrong), "refused") << wrong;
    }
}

TEST(FilterValue, DoesNotCutACommentInsideACharacter) {
    const std::string text = std::string(255, 'a') + "ü";
    EXPECT_EQ(written(value_forms::comment, text), std::string(255, 'a'));
}

TEST(FilterMatches, EveryProtocolHasItsRow) {
    NetworkFilter filter = read_filter("<filter name='f'><rule action='drop' direction='in'>"
                                       "<all-ipv6 comment='x'/></rule></filter>");
    const FilterMatch* match = filter.rules[0].match();
    ASSERT_NE(match, nullptr);
    EXPECT_EQ(match->protocol, FilterProtocol::all_ipv6);
    EXPECT_EQ(match->value("comment"), "x");
    EXPECT_EQ(match->value("no-such-attribute"), "");
    EXPECT_EQ(name_of(FilterProtocol::mac), "mac");
}

TEST(Filter, KeepsRulesAndInclusionsInOrder) {
    const std::string text = "<filter name='f' chain='root'>\n"
                             "  <uuid>00000000-0000-4000-8000-000000000001</uuid>\n"
                             "  <filterref filter='a'/>\n"
                             "  <rule action='drop' direction='in' priority='1'/>\n"
                             "  <filterref filter='b'/>\n"
                             "  <filterref filter='c'/>\n"
                             "  <rule action='drop' direction='out' priority='2'/>\n"
                             "</filter>\n";
    EXPECT_EQ(write_filter(read_filter(text)), text);
}

TEST(Filter, ListsAllProblems) {
    schema::Diagnostics found;
    read_filter("<filter name='f'><rule action='x' direction='in'><tcp srcportstart='y'/></rule>"
                "<rule action='drop'/></filter>",
                {}, &found);
    ASSERT_EQ(found.problems().size(), 3U);
    EXPECT_EQ(found.problems()[0].message, "unknown rule action attribute value");
    EXPECT_EQ(found.problems()[1].message, "srcportstart has illegal value y");
    EXPECT_EQ(found.problems()[1].path, "/filter/rule[1]/tcp/@srcportstart");
    EXPECT_EQ(found.problems()[2].message, "rule node requires direction attribute");
}

TEST(FilterReference, SortsAndDropsParameters) {
    FilterReference reference{"f",
                              {{"Z", "1"}, {"A", "2"}, {"Z", "0"}, {"a b", "3"}, {"B", "x/y"}, {"", "4"}}};
    complete(reference);
    ASSERT_EQ(reference.parameters.size(), 3U);
    EXPECT_EQ(reference.parameters[0].name, "A");
    EXPECT_EQ(reference.parameters[1].value, "1");
    EXPECT_EQ(reference.parameters[2].value, "0");
}

} // namespace
} // namespace yado::model
