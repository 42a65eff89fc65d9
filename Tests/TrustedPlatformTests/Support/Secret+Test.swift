import EnrolmentCore

/// Secrets that a test looks for, and what to compare them with.
enum TestSecret {
    /// 32 bytes that begin with `seed` and go on without repeating, so that they are found wherever they are.
    static func bytes(_ seed: UInt8) -> [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: Int(seed) &+ $0 &* 37) }
    }

    static func make(_ bytes: [UInt8]) throws -> SecretBytes {
        let secret = try SecretBytes()
        for byte in bytes { secret.append(byte) }
        return secret
    }

    static func make(_ seed: UInt8) throws -> SecretBytes { try make(bytes(seed)) }
}

extension SecretBytes {
    /// What is in it, for comparing.
    var contents: [UInt8] { withBytes { Array($0) } }
}
