import Testing

@testable import CentralServer

@Suite("Whom central may ask")
struct ResponderRuleTests {
    @Test("The Belgian servers are known, and every address on a card is below one of them")
    func belgian() throws {
        #expect(ResponderRule.belgian.count == 4)
        for text in [
            "http://ocsp.eid.belgium.be", "http://ocsp.eid.belgium.be/", "http://OCSP.eid.belgium.be/eid/0",
            "http://ocsp.eidpki.belgium.be/eid/brca6", "http://crl.eid.belgium.be:80/eidc201508.crl",
            "http://crl.eidpki.belgium.be/eid/brca6.crl",
        ] {
            let url = try #require(ResponderURL(text))
            #expect(ResponderRule.belgian.contains { url.isBelow($0.above) && !$0.allowsPrivateAddresses }, "\(text)")
        }
    }

    @Test(
        "What is no plain http address is refused",
        arguments: [
            "", "http://", "http:///x", "https://a.example", "ftp://a.example", "//a.example", "a.example",
            "http://a..example", "http://-a.example", "http://a.example:0", "http://a.example:65536",
            "http://a.example:080", "http://a.example:80:80", "http://a.example//x", "http://a.example/./x",
            "http://a.example/x/..", "http://a_b.example", "http://a.example/x y", "http://a.example/é",
            "http://u@a.example", "http://a.example/%41", "http://a.example/x;y", "http://a.example\n/x",
        ])
    func refused(text: String) {
        #expect(ResponderURL(text) == nil)
        #expect(throws: CentralError.self) { try ResponderRule(configured: text) }
    }

    @Test("A rule allows its own address and those below it, by whole path segments")
    func below() throws {
        let rule = try #require(ResponderURL("http://a.example:8080/eid"))
        for (text, isBelow) in [
            ("http://a.example:8080/eid", true), ("http://A.EXAMPLE:8080/eid/x/y.crl", true),
            ("http://a.example:8080/eid/", true), ("http://a.example:8080/eidx", false),
            ("http://a.example:8080/", false), ("http://a.example/eid", false), ("http://b.example:8080/eid", false),
            ("http://a.example:8080/EID", false),
        ] {
            #expect(try #require(ResponderURL(text)).isBelow(rule) == isBelow, "\(text)")
        }
    }

    @Test("Addresses of private networks, of this machine and of no machine are not public")
    func addresses() {
        let cases: [([UInt8], Bool)] = [
            ([193, 191, 240, 1], true), ([8, 8, 8, 8], true), ([172, 32, 0, 1], true), ([100, 128, 0, 1], true),
            ([127, 0, 0, 1], false), ([10, 1, 2, 3], false), ([172, 16, 0, 1], false), ([172, 31, 255, 255], false),
            ([192, 168, 1, 1], false), ([169, 254, 169, 254], false), ([100, 64, 0, 1], false), ([0, 0, 0, 0], false),
            ([224, 0, 0, 1], false), ([255, 255, 255, 255], false), ([198, 19, 0, 1], false),
            (sixteen(0x20, 0x01, 0x48, 0x60), true), (sixteen(0x2A, 0x02), true),
            (sixteen(), false), (sixteen(last: 1), false), (sixteen(0xFC), false), (sixteen(0xFD, 1), false),
            (sixteen(0xFE, 0x80), false), (sixteen(0xFF, 0x02), false), (sixteen(0x20, 0x01, 0x0D, 0xB8), false),
            (sixteen(0x20, 0x02, 0x7F, 0), false), (sixteen(0x20, 0x01, 0, 0), false),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1], false),
            ([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1], false),
            ([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8], true), ([], false), ([1, 2, 3], false),
        ]
        for (bytes, isPublic) in cases { #expect(NetworkAddress(bytes: bytes).isPublic == isPublic, "\(bytes)") }
    }

    private func sixteen(_ first: UInt8..., last: UInt8 = 0) -> [UInt8] {
        first + [UInt8](repeating: 0, count: 15 - first.count) + [last]
    }

    @Test("This machine's own name stands for its own addresses")
    func resolving() {
        let found = NetworkAddress.resolve("localhost")
        #expect(found.contains { $0.text == "127.0.0.1" || $0.text == "::1" })
        #expect(found.allSatisfy { !$0.isPublic })
        #expect(NetworkAddress.resolve("127.0.0.1").map(\.bytes) == [[127, 0, 0, 1]])
    }

    @Test("A DER value is whole when it is exactly as long as it says, in the shortest form")
    func lengths() {
        let whole: [[UInt8]] = [
            [0x30, 0], [0x30, 1, 9], [0x30, 0x81, 0x80] + zeros(0x80), [0x30, 0x82, 1, 0] + zeros(256),
        ]
        for bytes in whole {
            #expect(DERLength.isWhole(bytes))
            for count in bytes.indices { #expect(!DERLength.isWhole(Array(bytes[..<count]))) }
            #expect(!DERLength.isWhole(bytes + [0]))
        }
        for bytes: [UInt8] in [
            [0x31, 0], [0x30, 0x80, 0, 0], [0x30, 0x81, 1, 9], [0x30, 0x82, 0, 0x80] + zeros(0x80),
            [0x30, 0x85, 1, 0, 0, 0, 0], [0x30, 0xFF], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
        ] {
            #expect(!DERLength.isWhole(bytes), "\(bytes.prefix(6))")
        }
    }

    private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}
