import CSodium
import EnrolmentCore

/// Tells whether a row is as the kit wrote it: HMAC-SHA256 of all that it says, under a key of its
/// own.
///
/// A row is readable to whoever has the disk, and stays so; but what somebody changes in it, a bit or a word, is
/// seen when it is read. Not seen is an older row put back whole with its own seal: central, which takes nothing
/// twice, and the journal tell of that.
struct RowSeals: Sendable {
    static let keyLength = 32

    private let key: SecretBytes

    /// - Parameter key: 32 bytes.
    init(key bytes: some Sequence<UInt8>) throws(StoreError) {
        key = try SecretKey.empty()
        for byte in bytes { key.append(byte) }
        guard key.count == Self.keyLength else { throw .unreadable("the key of the store's rows") }
    }

    /// The seal of a row with these fields, in this order.
    func seal(of fields: [String?]) -> [UInt8] {
        // Each behind its length, so that no two rows have the same bytes.
        var text: [UInt8] = []
        text.reserveCapacity(fields.reduce(0) { $0 + 5 + ($1?.utf8.count ?? 0) })
        for field in fields {
            guard let field else {
                text.append(UInt8(ascii: "-"))
                continue
            }
            text.append(UInt8(ascii: "+"))
            text.append(delimited: field.utf8)
        }
        var seal = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        key.withBytes { key in
            guard let key = key.bytes else { return }
            _ = crypto_auth_hmacsha256(&seal, text, UInt64(text.count), key)
        }
        return seal
    }

    func isSeal(_ found: [UInt8], of fields: [String?]) -> Bool {
        let wanted = seal(of: fields)
        return found.count == wanted.count && sodium_memcmp(found, wanted, wanted.count) == 0
    }
}

extension RowSeals {
    /// What the store's mark says under the store key: by which key, and which of its rows are sealed.
    enum Mark {
        /// Of a program that sealed no rows.
        case none
        /// Of one that sealed those of the queue.
        case queue(RowSeals)
        case everyRow(RowSeals)

        /// So that the right store key is known by it.
        static let beginning = Array("this store opens".utf8)
        /// Behind the key: that every row is sealed.
        static let end: [UInt8] = [2]

        /// Nil for what no program wrote.
        init?(_ content: [UInt8]) throws(StoreError) {
            guard content.starts(with: Self.beginning) else { return nil }
            let rest = content.dropFirst(Self.beginning.count)
            let (key, end) = (rest.prefix(keyLength), Array(rest.dropFirst(keyLength)))
            if rest.isEmpty {
                self = .none
            } else if end.isEmpty {
                self = .queue(try RowSeals(key: key))
            } else if end == Self.end {
                self = .everyRow(try RowSeals(key: key))
            } else {
                return nil
            }
        }
    }

    /// A new key, and the mark that holds it.
    static func make() throws(StoreError) -> (seals: RowSeals, mark: [UInt8]) {
        let key = try randomBytes(keyLength)
        return (try RowSeals(key: key), Mark.beginning + key + Mark.end)
    }
}
