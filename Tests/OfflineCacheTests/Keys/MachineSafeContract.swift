import EnrolmentCore
import Testing

/// What every `MachineSafe` does, whatever it is made of: run on the chip and on the fake alike.
struct MachineSafeContract {
    let safe: any MachineSafe

    func check() throws {
        try keepsAndDestroys()
        try tellsPlacesApart()
        try counts()
    }

    private func keepsAndDestroys() throws {
        let slot = try safe.keep(bytes(1), under: bytes(101), bound: [])
        #expect(try safe.holds(slot))
        #expect(try isSame(safe.open(slot, with: bytes(101)), bytes(1)))
        #expect(throws: MachineSafeError.wrongAuthorisation) { try safe.open(slot, with: bytes(102)) }
        #expect(try isSame(safe.open(slot, with: bytes(101)), bytes(1)), "a wrong one changes nothing")
        try safe.destroy(slot)
        #expect(try !safe.holds(slot))
        #expect(throws: MachineSafeError.unknownSlot) { try safe.open(slot, with: bytes(101)) }
        try safe.destroy(slot)
    }

    private func tellsPlacesApart() throws {
        let (one, two) = (
            try safe.keep(bytes(1), under: bytes(101), bound: []), try safe.keep(bytes(2), under: bytes(102), bound: [])
        )
        #expect(one != two)
        try safe.destroy(one)
        #expect(try isSame(safe.open(two, with: bytes(102)), bytes(2)))
        #expect(try !safe.holds(one))
        try safe.destroy(two)
    }

    private func counts() throws {
        let counter = try safe.makeCounter()
        let first = try safe.value(of: counter)
        #expect(try safe.advance(counter) == first + 1)
        #expect(try safe.value(of: counter) == first + 1)
        try safe.destroy(counter)
        #expect(throws: MachineSafeError.unknownSlot) { try safe.value(of: counter) }
        let next = try safe.makeCounter()
        #expect(try safe.value(of: next) >= first + 1, "a new one goes on above the old")
        try safe.destroy(next)
    }

    private func bytes(_ seed: UInt8) throws -> SecretBytes {
        let secret = try SecretBytes()
        for place in 0..<32 { secret.append(seed &+ UInt8(place)) }
        return secret
    }

    private func isSame(_ one: SecretBytes, _ two: SecretBytes) -> Bool {
        one.withBytes { one in two.withBytes { one.elementsEqual($0) } }
    }
}
