/// One line of the shim's trace: a change to the data folder, or a mark between two.
struct TracedChange: Sendable {
    /// The same numbers as in `shim/file_operations.c`.
    enum Kind: UInt32 {
        case open = 1
        case write, truncate, rename, remove, makeFolder, sync, syncFolder, mark
    }

    let kind: Kind
    /// Of the open file.
    let handle: UInt32
    /// Of a write; the size of a truncation; of an opening 1 for emptying the file, 2 for making it.
    let offset: Int
    /// Below the folder, or the text of a mark.
    let name: String
    /// The new name.
    let second: String
    let data: [UInt8]

    /// Whether power can go before or after it: a mark, and the mere opening of a file, change nothing.
    var isOperation: Bool { kind != .mark && (kind != .open || offset != 0) }

    /// Reads a whole trace; nil when it is none.
    static func read(_ bytes: [UInt8]) -> [TracedChange]? {
        var changes: [TracedChange] = []
        var position = 0
        func number() -> UInt32 {
            defer { position += 4 }
            return bytes[position..<position + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        func take(_ count: UInt32) -> ArraySlice<UInt8> {
            defer { position += Int(count) }
            return bytes[position..<position + Int(count)]
        }
        while position < bytes.count {
            guard position + 24 <= bytes.count, let kind = Kind(rawValue: number()) else { return nil }
            let (handle, offset) = (number(), number())
            let lengths = (number(), number(), number())
            guard position + Int(lengths.0) + Int(lengths.1) + Int(lengths.2) <= bytes.count else { return nil }
            changes.append(
                TracedChange(
                    kind: kind, handle: handle, offset: Int(offset),
                    name: String(decoding: take(lengths.0), as: UTF8.self),
                    second: String(decoding: take(lengths.1), as: UTF8.self), data: Array(take(lengths.2))))
        }
        return changes
    }
}
