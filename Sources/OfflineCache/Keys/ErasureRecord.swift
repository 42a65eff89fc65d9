import FoundationEssentials
import PacketFormat

/// `erasure.json`: the statement that the keys of a data folder were destroyed, or are about to be. Where it
/// lies, no key of the folder is opened any more.
package struct ErasureRecord: Hashable, Sendable, Codable {
    package static let fileName = "erasure.json"
    static let largestByteCount = 64 << 10

    /// Of this structure; 1.
    private let version: Int
    /// The JWS that `ErasureVerifier` checks.
    package let statement: String

    init(statement: String) {
        version = 1
        self.statement = statement
    }

    /// Nil when it is none.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.largestByteCount,
            let record = try? JSONDecoder().decode(ErasureRecord.self, from: Data(bytes)), record.version == 1
        else { return nil }
        self = record
    }

    func encoded() throws(StoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        guard let data = try? encoder.encode(self) else { throw .unwritable(Self.fileName) }
        return Array(data)
    }
}
