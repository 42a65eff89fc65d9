import EnrolmentCore
import PacketFormat

/// An invented person's case: what its draft holds at each revision follows from a seed, so that whoever reads
/// it back knows every byte that must be there.
struct InventedCase: Hashable, Sendable {
    /// The number of saves before the case is complete.
    static let lastRevision = 3
    static let visit = VisitID("visit-1")
    /// Contents have 10 to 50 of these, as an enrolment grows with each capture: 10 to 50 kB.
    static let unit = 1024

    let seed: UInt64
    let number: Int
    private let unit: Int

    var id: CaseID { CaseID("case-\(number)") }

    init(seed: UInt64, number: Int, unit: Int = InventedCase.unit) {
        self.seed = seed
        self.number = number
        self.unit = unit
    }

    /// The case of an identifier that this program gave.
    init?(_ id: CaseID, seed: UInt64, unit: Int = InventedCase.unit) {
        guard let number = Int(id.text.dropFirst("case-".count)) else { return nil }
        self.init(seed: seed, number: number, unit: unit)
    }

    func content(_ revision: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: seed &+ UInt64(number) << 8 &+ UInt64(revision))
        let count = (revision * 10 + Int(generator.next() % 20)) * unit
        var bytes = Array("TEST case \(number) revision \(revision)\n".utf8)
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The number of the case whose content this seems to be; compare before believing it.
    static func number(in content: [UInt8]) -> Int? {
        let line = String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }.prefix(80), as: UTF8.self)
        let words = line.split(separator: " ")
        guard words.count == 5, words[0] == "TEST", words[1] == "case" else { return nil }
        return Int(words[2])
    }
}

/// A complete case as a packet's content.
struct InventedContent: PacketContent {
    let bytes: [UInt8]

    var contentType: String { "application/octet-stream" }

    func write(to sink: ByteSink) throws { try sink(bytes) }
}

/// A short name of some bytes, to compare them by (FNV-1a).
func fingerprint(of bytes: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}
