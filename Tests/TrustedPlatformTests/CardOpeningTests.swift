import EnrolmentCore
import Testing

@testable import TrustedPlatform

@Suite(
    "A secret that a card opens",
    .enabled(
        if: SoftwareChip.isInstalled && SoftwareCard.isInstalled, "swtpm, tpm2-tools or openssl is not installed"))
struct CardOpeningTests {
    let chip: SoftwareChip
    let safe: TrustedPlatform

    init() throws {
        chip = try SoftwareChip()
        safe = TrustedPlatform(transport: chip.transport)
    }

    private func card(_ kind: SoftwareCard.Kind = .p384) throws -> SoftwareCard {
        try SoftwareCard(kind, in: chip.folder)
    }

    @Test(
        "A card's signature over the chip's number opens it, also after the machine was off",
        arguments: SoftwareCard.Kind.allCases)
    func oneCard(kind: SoftwareCard.Kind) throws {
        let card = try card(kind)
        let slot = try safe.keep(TestSecret.make(1), openedBy: [card.key], bound: [])
        try chip.restart()
        let opening = try safe.beginOpening(slot)
        let secret = try opening.open(with: card.sign(opening.message), of: card.key)
        #expect(secret.contents == TestSecret.bytes(1))
    }

    @Test("Each of several cards opens it, of whichever kind, with the registers as they were; no other card does")
    func severalCards() throws {
        let cards = [try card(.rsa2048), try card(), try card()]
        let slot = try safe.keep(TestSecret.make(1), openedBy: cards.map(\.key), bound: [7])
        for card in cards {
            let opening = try safe.beginOpening(slot)
            let secret = try opening.open(with: card.sign(opening.message), of: card.key)
            #expect(secret.contents == TestSecret.bytes(1))
        }
        let other = try card()
        let opening = try safe.beginOpening(slot)
        let signature = try other.sign(opening.message)
        let refused = refusal { try opening.open(with: signature, of: other.key) }
        #expect(refused == .wrongAuthorisation)
        // Refused once, it waits for the right one.
        let second = try opening.open(with: cards[1].sign(opening.message), of: cards[1].key)
        #expect(second.contents == TestSecret.bytes(1))
    }

    @Test("A signature from before, over something else, of another card or of another length is refused")
    func signatures() throws {
        let card = try card()
        let other = try self.card()
        let slot = try safe.keep(TestSecret.make(1), openedBy: [card.key], bound: [])
        let earlier = try safe.beginOpening(slot)
        let old = try card.sign(earlier.message)
        let opening = try safe.beginOpening(slot)
        #expect(earlier.message != opening.message)
        let wrong = [
            old, try card.sign(Array(opening.message.dropLast())), try other.sign(opening.message), [],
            [UInt8](repeating: 0, count: 96), [UInt8](repeating: 0xFF, count: 96), [UInt8](repeating: 1, count: 256),
        ]
        for signature in wrong {
            let refused = refusal { try opening.open(with: signature, of: card.key) }
            #expect(refused == .wrongAuthorisation)
        }
        let secret = try opening.open(with: card.sign(opening.message), of: card.key)
        #expect(secret.contents == TestSecret.bytes(1))
    }

    @Test("Once a register was extended the right card does not open it either")
    func measurements() throws {
        let card = try card()
        let slot = try safe.keep(TestSecret.make(1), openedBy: [card.key], bound: [16])
        #expect(try chip.tool("tpm2_pcrextend", ["16:sha256=" + String(repeating: "5a", count: 32)]).code == 0)
        let opening = try safe.beginOpening(slot)
        let signature = try card.sign(opening.message)
        let refused = refusal { try opening.open(with: signature, of: card.key) }
        #expect(refused == .measurementsChanged)
    }

    @Test("Neither owner nor empty authorisation reads it, and a slot with another card's part written in stays shut")
    func noOtherWay() throws {
        let card = try card()
        let thief = try self.card()
        let slot = try safe.keep(TestSecret.make(1), openedBy: [card.key], bound: [])
        for authority in ["0x01500000", "o"] {
            let answer = try chip.tool("tpm2_nvread", ["0x01500000", "-C", authority])
            #expect(answer.code != 0 && answer.output.isEmpty)
        }
        let his = try safe.keep(TestSecret.make(2), openedBy: [thief.key], bound: [])
        for branches in [his.branches, slot.branches + his.branches] {
            let opening = try safe.beginOpening(
                MachineCardSlot(index: slot.index, measurements: [], branches: branches))
            let signature = try thief.sign(opening.message)
            let refused = refusal { try opening.open(with: signature, of: thief.key) }
            #expect(refused == .measurementsChanged)
        }
    }

    @Test("What is destroyed is unknown; an opening that is let go leaves nothing in the chip")
    func letGo() throws {
        let card = try card()
        let slot = try safe.keep(TestSecret.make(1), openedBy: [card.key], bound: [])
        do { _ = try safe.beginOpening(slot) }
        for kind in ["handles-transient", "handles-loaded-session", "handles-saved-session"] {
            #expect(try chip.tool("tpm2_getcap", [kind]).text.isEmpty, "\(kind)")
        }
        #expect(try safe.holds(slot))
        let opening = try safe.beginOpening(slot)
        try safe.destroy(slot)
        let signature = try card.sign(opening.message)
        let refused = refusal { try opening.open(with: signature, of: card.key) }
        #expect(refused == .unknownSlot)
        #expect(try !safe.holds(slot))
        let again = refusal { _ = try safe.beginOpening(slot) }
        #expect(again == .unknownSlot)
    }

    @Test("Keys and numbers of keys that cannot be are refused")
    func refused() throws {
        let card = try card().key
        let short = CardKey.rsa2048(modulus: [1, 2, 3])
        let nowhere = CardKey.p384(x: [UInt8](repeating: 1, count: 48), y: [UInt8](repeating: 2, count: 48))
        for keys in [[], [card, card], [short], [nowhere], [card, short]] {
            #expect(throws: MachineSafeError.self) { try safe.keep(TestSecret.make(1), openedBy: keys, bound: []) }
        }
        #expect(try chip.tool("tpm2_getcap", ["handles-nv-index"]).text.isEmpty)
        #expect(try chip.tool("tpm2_getcap", ["handles-transient"]).text.isEmpty)
    }

    /// A closure that borrows what cannot be copied, which the macros cannot take.
    private func refusal<Result>(_ work: () throws -> Result) -> MachineSafeError? {
        do {
            _ = try work()
            return nil
        } catch {
            return error as? MachineSafeError
        }
    }
}
