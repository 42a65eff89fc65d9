/// Bech32 (BIP 173) without its length limit, as age writes keys: a hybrid recipient has 1,959
/// characters, for which the checksum is no longer a guarantee but still a good guard against slips.
enum Bech32 {
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]

    /// - Parameter prefix: the human-readable part in lower case.
    static func encode(prefix: String, _ bytes: [UInt8]) -> String {
        let groups = regroup(bytes, from: 8, to: 5, padding: true) ?? []
        let head = Array(prefix.utf8)
        var check = polymod(expand(head) + groups + [0, 0, 0, 0, 0, 0]) ^ 1
        var sum = [UInt8](repeating: 0, count: 6)
        for index in (0..<6).reversed() {
            sum[index] = UInt8(check & 31)
            check >>= 5
        }
        return prefix + "1" + String(decoding: (groups + sum).map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// Gives the human-readable part in lower case, the bytes, and whether the text was upper case.
    static func decode(_ text: String) throws(AgeError) -> (prefix: String, bytes: [UInt8], isUppercase: Bool) {
        let characters = Array(text.utf8)
        guard characters.allSatisfy({ (33...126).contains($0) }) else { throw malformed("character out of range") }
        let hasUpper = characters.contains { (65...90).contains($0) }
        let hasLower = characters.contains { (97...122).contains($0) }
        guard !(hasUpper && hasLower) else { throw malformed("mixed case") }
        let lower = hasUpper ? characters.map { (65...90).contains($0) ? $0 + 32 : $0 } : characters
        guard let separator = lower.lastIndex(of: UInt8(ascii: "1")), separator > 0, lower.count - separator > 6 else {
            throw malformed("no separator")
        }
        var groups: [UInt8] = []
        for character in lower[(separator + 1)...] {
            guard let value = alphabet.firstIndex(of: character) else { throw malformed("character out of range") }
            groups.append(UInt8(value))
        }
        let head = Array(lower[..<separator])
        guard polymod(expand(head) + groups) == 1 else { throw malformed("wrong checksum") }
        guard let bytes = regroup(groups.dropLast(6), from: 5, to: 8, padding: false) else {
            throw malformed("wrong padding")
        }
        return (String(decoding: head, as: UTF8.self), bytes, hasUpper)
    }

    private static func malformed(_ reason: String) -> AgeError { AgeError(.key, "Bech32: \(reason)") }

    private static func expand(_ prefix: [UInt8]) -> [UInt8] {
        prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 }
    }

    private static func polymod(_ values: [UInt8]) -> UInt32 {
        var check: UInt32 = 1
        for value in values {
            let top = check >> 25
            check = (check & 0x1FF_FFFF) << 5 ^ UInt32(value)
            for (bit, term) in generator.enumerated() where top >> UInt32(bit) & 1 == 1 { check ^= term }
        }
        return check
    }

    /// Nil when bits are left over that `padding: false` forbids: five or more, or not zero.
    private static func regroup(
        _ values: some Sequence<UInt8>, from: UInt32, to: UInt32, padding: Bool
    ) -> [UInt8]? {
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        var result: [UInt8] = []
        for value in values {
            pending = pending << from | UInt32(value)
            bits += from
            while bits >= to {
                bits -= to
                result.append(UInt8(pending >> bits & ((1 << to) - 1)))
            }
            pending &= (1 << bits) - 1
        }
        if padding {
            if bits > 0 { result.append(UInt8(pending << (to - bits) & ((1 << to) - 1))) }
        } else if bits >= from || pending != 0 {
            return nil
        }
        return result
    }
}
