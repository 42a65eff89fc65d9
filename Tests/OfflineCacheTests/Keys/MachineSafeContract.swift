import EnrolmentCore
import Testing

/// What every `MachineSafe` does, whatever it is made of: run on the chip and on the fake alike.
struct MachineSafeContract {
    let safe: any MachineSafe

    func check() throws {
        try keepsAndDestroys()
        try tellsPlacesApart()
        try counts()
        try hasOneName()
        try limitsGuesses()
    }

    private func hasOneName() throws {
        let name = try safe.name()
        let slot = try safe.keep(bytes(1), under: bytes(101), bound: [])
        #expect(try isSame(safe.expecting(name).open(slot, with: bytes(101)), bytes(1)))
        let other = safe.expecting(ChipName([UInt8](repeating: 3, count: ChipName.size)))
        #expect(throws: MachineSafeError.otherChip) { try other.open(slot, with: bytes(101)) }
        #expect(throws: MachineSafeError.otherChip) { try other.holds(slot) }
        #expect(throws: MachineSafeError.otherChip) { try other.destroy(slot) }
        #expect(try safe.holds(slot))
        try safe.destroy(slot)
    }

    private func limitsGuesses() throws {
        try safe.closeGuessing(most: 12, forgetting: .seconds(600), under: bytes(50))
        let limit = try safe.guessing()
        #expect(limit.isClosed && limit.most == 12 && limit.wrong == 0)
        try safe.closeGuessing(most: 13, forgetting: .seconds(600), under: bytes(50))
        #expect(throws: MachineSafeError.wrongAuthorisation) {
            try safe.closeGuessing(most: 14, forgetting: .seconds(600), under: bytes(51))
        }
        #expect(try safe.guessing().most == 13)
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
