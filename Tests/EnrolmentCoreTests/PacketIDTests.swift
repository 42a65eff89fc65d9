import EnrolmentCore
import Testing

@Suite struct PacketIDTests {
    @Test("an identifier is a UUID of version 7 that sorts by its time and survives its text")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        let early = PacketID(at: Timestamp(milliseconds: 1_700_000_000_000), using: &generator)
        let late = PacketID(at: Timestamp(milliseconds: 1_700_000_000_001), using: &generator)
        #expect(early < late)
        #expect(PacketID(early.description) == early)
        #expect(Array(early.description)[14] == "7")
        #expect("89ab".contains(Array(early.description)[19]))
    }

    @Test(
        "other texts are refused",
        arguments: [
            "", "018bcfe5-6800-7000-8000-00000000000", "018bcfe5-6800-4000-8000-000000000000",
            "018bcfe5-6800-7000-c000-000000000000", "018BCFE5-6800-7000-8000-000000000000",
            "018bcfe5068000700080000000000000000-", "018bcfe5-6800-7000-8000-00000000000g",
        ])
    func refused(_ text: String) {
        #expect(PacketID(text) == nil)
    }
}
