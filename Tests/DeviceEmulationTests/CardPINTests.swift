import Testing

@testable import DeviceEmulation

@Suite struct CardPINTests {
    private static let newPIN = "00 20 00 01 08 25 12 34 5F FF FF FF FF"
    private static let change = "00 24 00 01 10 24 12 34 FF FF FF FF FF 25 12 34 5F FF FF FF FF"
    private static let unblock = "00 2C 00 01 08 2C 12 34 56 65 43 21 FF"
    private static let wrongUnblock = "00 2C 00 01 08 2C 99 99 99 99 99 99 FF"

    @Test("A PIN is changed with the old one, and a reset does not bring it back", arguments: [CardProfile.v11, .v18])
    func changing(_ profile: CardProfile) throws {
        var bench = try CardBench(profile)
        #expect(bench.status(Self.change) == "90 00")
        bench.card.reset()
        #expect(bench.status(CardBench.pin) == "63 C2")
        #expect(bench.status(Self.newPIN) == "90 00")
    }

    @Test("A wrong old PIN costs a try, a new one that is no PIN costs none")
    func changingWrongly() throws {
        var bench = try CardBench(.v17)
        #expect(bench.status("00 24 00 01 10 24 99 99 FF FF FF FF FF 25 12 34 5F FF FF FF FF") == "63 C2")
        for new in [
            "23 12 3F FF FF FF FF FF", "24 1A 34 FF FF FF FF FF", "14 12 34 FF FF FF FF FF", "24 12 34 5F FF FF FF FF",
        ] {
            #expect(bench.status("00 24 00 01 10 24 12 34 FF FF FF FF FF \(new)") == "6A 80")
        }
        #expect(bench.status("00 24 00 01 08 24 12 34 FF FF FF FF FF") == "67 00")
        #expect(bench.status("00 20 00 01") == "63 C2")
    }

    @Test("A blocked PIN is freed by the PUK up to applet 1.7, and stays blocked on 1.8")
    func unblocking() throws {
        for profile in [CardProfile.v10, .v17] {
            var bench = try CardBench(profile)
            for _ in 0..<3 { _ = bench.status(CardBench.wrongPIN) }
            #expect(bench.status(CardBench.pin) == "69 83")
            #expect(bench.status(Self.change) == "69 83")
            #expect(bench.status(Self.wrongUnblock) == "63 CB")
            #expect(bench.status(Self.unblock) == "90 00")
            #expect(bench.status(CardBench.pin) == "90 00")
        }
        var newest = try CardBench(.v18)
        for _ in 0..<3 { _ = newest.status(CardBench.wrongPIN) }
        #expect(newest.status(Self.unblock) == "6D 00")
        #expect(newest.status(CardBench.pin) == "69 83")
        #expect(newest.answer("80 E4 00 01 1F")[28] == 0, "GET CARD DATA tells it")
    }

    @Test("Twelve wrong PUKs end it")
    func pukBlocked() throws {
        var bench = try CardBench(.v17) { $0.pukTriesLeft = 2 }
        for status in ["63 C1", "69 83"] { #expect(bench.status(Self.wrongUnblock) == status) }
        #expect(bench.status(Self.unblock) == "69 83")
    }

    @Test("PINs of four and of twelve digits, also of an odd number, are taken as they are padded")
    func lengths() throws {
        for (pin, block) in [
            ("1234", "24 12 34 FF FF FF FF FF"), ("12345", "25 12 34 5F FF FF FF FF"),
            ("123456789012", "2C 12 34 56 78 90 12 FF"),
        ] {
            var bench = try CardBench(.v18) { $0.pin = pin }
            #expect(bench.status("00 20 00 01 08 \(block)") == "90 00")
        }
    }

    @Test("A wrong PIN takes back what a right one had opened")
    func wrongAfterRight() throws {
        var bench = try CardBench(.v18)
        _ = bench.status(CardBench.keyDirectory)
        _ = bench.status(CardBench.authenticationKey)
        #expect(bench.status(CardBench.pin) == "90 00")
        #expect(bench.status(CardBench.wrongPIN) == "63 C2")
        #expect(bench.status("00 2A 9E 9A 30", [UInt8](repeating: 1, count: 48)) == "69 82")
    }

    @Test(
        "A card that is not activated refuses its keys and PIN, and what its variant refuses of files",
        arguments: [
            (CardProfile.notActivated, "90 00", "90 00"), (.notActivated6985, "90 00", "69 85"),
            (.notActivated6283, "62 83", "69 85"), (.notActivated6D00, "90 00", "6D 00"),
        ])
    func notActivated(_ profile: CardProfile, _ select: String, _ read: String) throws {
        var bench = try CardBench(profile)
        #expect(bench.status("00 A4 08 0C 06 3F 00 DF 01 40 31") == select)
        #expect(bench.status("00 B0 00 00 10") == read)
        #expect(bench.status(CardBench.keyDirectory) == "90 00")
        #expect(bench.status(CardBench.authenticationKey) == "69 85")
        #expect(bench.status(CardBench.pin) == "69 85")
        #expect(bench.status("00 20 00 01") == "63 C3", "no try was used")
        #expect(bench.answer("80 E4 00 00 1C").count == 30, "it says who it is all the same")
    }
}
