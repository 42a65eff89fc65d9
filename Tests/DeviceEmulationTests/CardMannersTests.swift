import Testing

@testable import DeviceEmulation

/// How cards of some generations, and some single cards, answer in their own way.
@Suite struct CardMannersTests {
    private static let identity = "00 A4 08 0C 06 3F 00 DF 01 40 31"

    @Test("A card of applet 1.0 wants a rest after it has told a length")
    func rest() throws {
        let clock = CardTestClock()
        var bench = try CardBench(.v10, { $0.restAfterExactLength = .milliseconds(50) }, now: { clock.now })
        #expect(bench.status(Self.identity) == "90 00")
        let told = bench.answer("00 B0 00 00 FC")
        #expect(told.first == 0x6C)
        clock.pass(.milliseconds(49))
        #expect(bench.card.answer([0x00, 0xB0, 0x00, 0x00, told[1]]) == told, "it was not left alone long enough")
        clock.pass(.milliseconds(50))
        #expect(bench.card.answer([0x00, 0xB0, 0x00, 0x00, told[1]]).count == Int(told[1]) + 2)
        let change: (inout EIDCardBehaviour) -> Void = {
            $0.restAfterExactLength = .milliseconds(50)
            $0.hasty = .instructionUnknown
        }
        var other = try CardBench(.v10, change, now: { clock.now })
        _ = other.status(Self.identity)
        _ = other.status("00 B0 00 00 FC")
        #expect(other.status("00 B0 00 00", [told[1]]) == "6D 00")
    }

    @Test("A card whose memory fails is mute until its reset")
    func memory() throws {
        var bench = try CardBench(.v17) { $0.memoryFailsAtCommand = 2 }
        #expect(bench.status(Self.identity) == "90 00")
        #expect(bench.status("00 B0 00 00 10") == "65 81")
        #expect(bench.answer("00 B0 00 00 10").isEmpty)
        bench.card.reset()
        #expect(bench.status(Self.identity) == "90 00")
    }

    @Test("Fields are read by their tags on applet 1.8")
    func records() throws {
        var bench = try CardBench(.v18)
        #expect(bench.status("80 B2 01 01 00") == "69 86")
        #expect(bench.status(Self.identity) == "90 00")
        let image = try #require(try CardBench.image(.v18))
        #expect(bench.answer("80 B2 02 02 00") == [0x02, 0x10] + image.cardData.prefix(16) + [0x90, 0x00])
        #expect(bench.answer("80 B2 03 04 00").count == 2 * 12 + 2)
        #expect(bench.status("80 B2 60 7F 00") == "6A 83")
        #expect(bench.status("80 B2 03 03 20") == "6C 0C")
        #expect(bench.status("00 A4 08 0C 06 3F 00 DF 01 40 35") == "90 00")
        #expect(bench.status("80 B2 01 01 00") == "69 81", "a picture has no fields")
        var long = try CardBench(.foreignerEUPlus)
        _ = long.status(Self.identity)
        let fields = try #require(try CardBench.image(.foreignerEUPlus)?.files[.identity])
        try #require(fields.count > 256)
        let first = long.answer("80 B2 00 FF 00")
        #expect(first == fields.prefix(256) + [0x61, UInt8(fields.count - 256)])
        #expect(long.answer("00 C0 00 00", [UInt8(fields.count - 256)]).dropLast(2) == fields.dropFirst(256))
        var old = try CardBench(.v17)
        _ = old.status(Self.identity)
        #expect(old.status("80 B2 01 01 00") == "6D 00")
    }

    @Test("The directory of identity files has a name since applet 1.1")
    func names() throws {
        let name = "00 A4 04 0C 0C A0 00 00 01 77 49 64 46 69 6C 65 73"
        for (profile, status) in [(CardProfile.v10, "6A 82"), (.v10EMV, "6A 82"), (.v11, "90 00"), (.v18, "90 00")] {
            var bench = try CardBench(profile)
            #expect(bench.status(name) == status)
        }
    }

    @Test("GET CHALLENGE gives as many random bytes as are asked for")
    func randomBytes() throws {
        var bench = try CardBench(.v11)
        let first = bench.answer("00 84 00 00 14")
        #expect(first.count == 22)
        #expect(bench.answer("00 84 00 00 14") != first)
        #expect(bench.status("00 84 00 00") == "67 00")
    }

    @Test("A Java card knows no application of ours, a bank card nothing, a mute card does not answer")
    func others() throws {
        var java = CardBench(try CardProfile.javaCard.card(photo: []))
        #expect(java.status("00 A4 04 0C 0F A0 00 00 00 30 29 05 70 00 AD 13 10 01 01 FF") == "6A 82")
        #expect(java.status("80 E4 00 00 1C") == "6D 00")
        var bank = CardBench(try CardProfile.bank.card(photo: []))
        #expect(bank.status("80 E4 00 00 1C") == "6E 00")
        let mute = try CardProfile.mute.card(photo: [])
        #expect(mute.atr.isEmpty)
    }
}
