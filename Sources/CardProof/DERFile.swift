/// A file of the card that begins with a DER value and may be filled up with zero bytes.
enum DERFile {
    /// The value without what fills the file.
    ///
    /// - Returns: nil when there is no SEQUENCE, when it is longer than the file, or when other bytes than
    ///   zero follow it.
    static func cut(_ file: [UInt8]) -> [UInt8]? {
        guard file.count >= 2, file[0] == 0x30 else { return nil }
        var length = Int(file[1])
        var start = 2
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...3).contains(count), file.count >= 2 + count else { return nil }
            length = file[2..<2 + count].reduce(0) { $0 << 8 | Int($1) }
            start += count
        }
        guard length <= file.count - start, file[(start + length)...].allSatisfy({ $0 == 0 }) else { return nil }
        return [UInt8](file[..<(start + length)])
    }
}
