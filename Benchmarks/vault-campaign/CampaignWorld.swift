import EnrolmentCore
import Foundation
import PacketFormat

/// A kit, its central, and what passed between them before a campaign begins; as text, so that a process that is
/// started, or a store of an earlier release, can bring its own.
struct CampaignWorld: Sendable {
    let kit: KitStore.Kit
    let keys: ModelCentral.Keys
    /// What the cases' contents follow from.
    let seed: UInt64
    let unit: Int
    var day = VaultDay()
    /// What the kit had acknowledged.
    private(set) var said: [String] = []
    /// What central had received.
    private(set) var held: [ModelCentral.Held] = []
    /// Numbers of cases that wait for a person.
    private(set) var lanes: Set<Int> = []
    /// Files of the data folder, without the database, and the SQL that makes that.
    private(set) var files: [String: [UInt8]] = [:]
    private(set) var sql = ""

    /// A new kit that has done nothing yet.
    static func make(seed: UInt64) throws -> CampaignWorld {
        let keys = ModelCentral.Keys(receipts: ReceiptSigningKey(), identity: try AgeIdentity.generate(.hybrid))
        return CampaignWorld(
            kit: Kit(id: KitID("kit-07"), isTraining: false), signingKey: KitSigningKey(), keys: keys, seed: seed,
            unit: InventedCase.unit)
    }

    private init(kit: Kit, signingKey: KitSigningKey, keys: ModelCentral.Keys, seed: UInt64, unit: Int) {
        self.kit = KitStore.Kit(kit: kit, signingKey: signingKey, central: keys)
        self.keys = keys
        self.seed = seed
        self.unit = unit
    }

    /// Reads the form of `text`.
    init(contentsOf path: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let marked = text.split(separator: "\n").filter { $0.hasPrefix("-- ") }.map { $0.dropFirst(3) }
        func line(_ name: String) -> Substring { Self.rests(of: name, in: marked).first ?? "" }
        func numbers(_ name: String) -> [Int] { line(name).split(separator: " ").compactMap { Int($0) } }
        let world = line("world").split(separator: " ")
        guard world.count == 3, let seed = UInt64(world[0]), let unit = Int(world[1]) else {
            throw CampaignFailure("\(path) describes no kit")
        }
        self.init(
            kit: Kit(id: KitID(String(world[2])), isTraining: false),
            signingKey: try KitSigningKey(pem: Self.text(line("signing-key"))),
            keys: ModelCentral.Keys(
                receipts: try ReceiptSigningKey(pem: Self.text(line("receipt-key"))),
                identity: try AgeIdentity(Self.text(line("identity")))),
            seed: seed, unit: unit)
        day = VaultDay(enrolled: numbers("enrolled"), discarded: numbers("discarded"))
        lanes = Set(numbers("lanes"))
        said = Self.rests(of: "said", in: marked).map(String.init)
        held = Self.rests(of: "central", in: marked).compactMap { ModelCentral.Held($0) }
        for file in Self.rests(of: "file", in: marked) {
            let words = file.split(separator: " ")
            if words.count == 2 { files[String(words[0])] = Self.bytes(words[1]) }
        }
        sql = text
    }

    /// The keys, the plan and what central holds, for a process that is started.
    var text: String { text(holding: held) }

    /// The same with what central holds by now.
    func text(holding held: [ModelCentral.Held]) -> String {
        let lines =
            [
                "world \(seed) \(unit) \(kit.kit.id.text)", "enrolled " + Self.list(day.enrolled),
                "discarded " + Self.list(day.discarded), "signing-key " + Self.hex(kit.signingKey.pem),
                "receipt-key " + Self.hex(keys.receipts.pem), "identity " + Self.hex(keys.identity.secretText),
            ] + held.map { "central " + $0.text }
        return lines.map { "-- \($0)\n" }.joined()
    }

    func central(holding held: [ModelCentral.Held]) -> ModelCentral {
        ModelCentral(keys, kit: kit.kit, holding: held)
    }

    /// A ledger that knows what had been acknowledged before.
    func ledger() -> KillLedger {
        var ledger = KillLedger(seed: seed, unit: unit, lanes: lanes)
        for line in said { ledger.hear(Substring(line)) }
        return ledger
    }

    private static func rests(of name: String, in lines: [Substring]) -> [Substring] {
        lines.filter { $0.hasPrefix(name + " ") }.map { $0.dropFirst(name.count + 1) }
    }

    private static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: " ") }

    private static func hex(_ text: String) -> String {
        text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func text(_ hex: Substring) -> String { String(decoding: bytes(hex), as: UTF8.self) }

    private static func bytes(_ hex: Substring) -> [UInt8] {
        let digits = hex.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

/// Why a campaign cannot be run.
struct CampaignFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
