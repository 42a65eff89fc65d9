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
                + Self.bytes("800642454C504943", "03020430", "9E04")
                + [applet.personalisation.graphical, applet.personalisation.electrical, 0x00, 0x00],
            .authenticationObjects: Self.bytes(
                "3033300F0C0942617369632050494E030206C0", "3003040101", "A11B3019", "0302020C", "0A0100", "020104",
                "020108", "800101", "0401FF", "300404023F00"),
            .privateKeys: privateKeys,
            .certificates: certificates,
        ]
    }

    private var privateKeys: [UInt8] {
        // The key's length: bits of RSA's modulus or of a curve.
        let length =
            switch applet {
            case .v10, .v10EMV, .v11: "0400"
            case .v17, .v17Rekeyed: "0800"
            case .v18: "0180"
            }
        let first = Self.bytes(
            "303A30170C0E41757468656E7469636174696F6E030206C0040101300F04010203020520030203B802020082",
            "A10E300C300604043F00DF000202", length)
        let second = Self.bytes(
            "303930150C095369676E6174757265030206C004010102010130100401030303060040030203B802020083",
            "A10E300C300604043F00DF000202", length)
        guard applet == .v18 else { return first + second }
        // PKCS#15: [0] is a private key on an elliptic curve.
        return [0xA0] + first.dropFirst() + [0xA0] + second.dropFirst()
    }

    /// One entry of the list of certificates.
    private struct Entry {
        let isThere: Bool
        let label: String
        /// Identifier, and whether it is an authority's.
        let attributes: String
        let path: String

        /// - Parameter denial: says that nobody has to trust it without proof; only applet 1.8 says so.
        func bytes(_ denial: String) -> [UInt8] {
            let attributes = PKCS15Directory.bytes(attributes, denial)
            let path = PKCS15Directory.bytes("A10C300A300804063F00DF00", path)
            let content = PKCS15Directory.bytes(label) + [0x30, UInt8(attributes.count)] + attributes + path
            return [0x30, UInt8(content.count)] + content
        }
    }

    private var certificates: [UInt8] {
        let entries = [
            Entry(
                isThere: hasAuthentication, label: "30170C0E41757468656E7469636174696F6E030206C0040101",
                attributes: "040102", path: "5038"),
            Entry(
                isThere: hasSignature, label: "30120C095369676E6174757265030206C0040101", attributes: "040103",
                path: "5039"),
            Entry(
                isThere: true, label: "300B0C024341030206C0040101", attributes: "0401040101FF", path: "503A"),
            Entry(
                isThere: true, label: "300D0C04526F6F74030206C0040101", attributes: "0401060101FF", path: "503B"),
        ]
        let denial = applet == .v18 ? "830100" : ""
        let whole = entries.reduce(0) { $0 + $1.bytes(denial).count }
        let there = entries.filter(\.isThere).flatMap { $0.bytes(denial) }
        return there + [UInt8](repeating: 0, count: whole - there.count)
    }

    fileprivate static func bytes(_ texts: String...) -> [UInt8] {
        texts.flatMap { text in
            let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x37 }
            return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        }
    }
}
