/// The files that tell other programs where keys and certificates are (PKCS#15), the same on every
/// card but for the chip number and the certificates that are not there.
struct PKCS15Directory {
    let chipNumber: [UInt8]
    let applet: CardApplet
    let hasAuthentication: Bool
    let hasSignature: Bool

    var files: [EIDFile: [UInt8]] {
        [
            .directoryList: Self.bytes(
                "61234F0CA000000177504B43532D3135500642454C504943", "51043F00DF0073050603603802"),
            .objectDirectory: Self.bytes(
                "A00A300804063F00DF005035", "A40A300804063F00DF005037", "A80A300804063F00DF005034"),
            .tokenInfo: Self.bytes("30270201000410") + chipNumber
                + Self.bytes("800642454C504943", "03020430", "9E0404020000"),
            .authenticationObjects: Self.bytes(
                "3033300F0C0942617369632050494E030206C0", "3003040101", "A11B3019", "0302020C", "0A0100", "020104",
                "020108", "800101", "0401FF", "300404023F00"),
            .privateKeys: privateKeys,
            .certificates: certificates,
        ]
    }

    private var privateKeys: [UInt8] {
        // The key's length: 2048 bits of RSA or 384 of a curve.
        let length = applet == .v18 ? "02020180" : "02020800"
        let first = Self.bytes(
            "303A30170C0E41757468656E7469636174696F6E030206C0040101300F04010203020520030203B802020082",
            "A10E300C300604043F00DF000202", String(length.dropFirst(4)))
        let second = Self.bytes(
            "303930150C095369676E6174757265030206C004010102010130100401030303060040030203B802020083",
            "A10E300C300604043F00DF000202", String(length.dropFirst(4)))
        guard applet == .v18 else { return first + second }
        return [0xA0] + first.dropFirst() + [0xA0] + second.dropFirst()
    }

    private var certificates: [UInt8] {
        let entries: [(isThere: Bool, bytes: String)] = [
            (
                hasAuthentication,
                "302C30170C0E41757468656E7469636174696F6E030206C00401013003040102A10C300A300804063F00DF005038"
            ),
            (hasSignature, "302730120C095369676E6174757265030206C00401013003040103A10C300A300804063F00DF005039"),
            (true, "3023300B0C024341030206C004010130060401040101FFA10C300A300804063F00DF00503A"),
            (true, "3025300D0C04526F6F74030206C004010130060401060101FFA10C300A300804063F00DF00503B"),
        ]
        let whole = entries.reduce(0) { $0 + $1.bytes.utf8.count / 2 }
        let there = entries.filter(\.isThere).flatMap { Self.bytes($0.bytes) }
        return there + [UInt8](repeating: 0, count: whole - there.count)
    }

    private static func bytes(_ texts: String...) -> [UInt8] {
        texts.flatMap { text in
            let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x37 }
            return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        }
    }
}
