import CSodium
import EnrolmentCore
import FoundationEssentials

/// Keys in memory that is locked, left out of core files and wiped.
///
/// libsodium takes them by pointer from there, so that no copy is made for a call and none is left by it;
/// swift-crypto would want each in a `SymmetricKey` on the heap.
enum SecretKey {
    static let length = 32

    /// A new one from the kernel's generator.
    static func random() throws(StoreError) -> SecretBytes {
        try make { room in
            if let start = room.baseAddress { randombytes_buf(start, room.count) }
        }
    }

    /// One whose 32 bytes `body` writes.
    static func make(_ body: (UnsafeMutableRawBufferPointer) -> Void) throws(StoreError) -> SecretBytes {
        guard sodium_init() >= 0 else { throw .unwritable("a key (no cipher library)") }
        let key = try empty()
        guard key.fill(count: length, body) != nil else { throw .unwritable("a key (no room)") }
        return key
    }

    static func empty() throws(StoreError) -> SecretBytes {
        do throws(SecretMemoryError) {
            return try SecretBytes()
        } catch {
            throw .unwritable("a key (no memory)")
        }
    }

    /// One key under another, with its nonce in front.
    static func sealed(
        _ key: SecretBytes, under wrapping: SecretBytes, authenticating associated: [UInt8]
    ) throws(StoreError) -> Data {
        let sealed = key.withBytes { RecordCipher.seal($0, under: wrapping, authenticating: associated) }
        guard let sealed else { throw .unwritable("a key (no cipher)") }
        return Data(sealed)
    }

    /// What was sealed so, a key or something longer of at most a page; nil when it is not as it was.
    static func opened(
        _ sealed: Data, under wrapping: SecretBytes, authenticating associated: [UInt8]
    ) throws(StoreError) -> SecretBytes? {
        let count = sealed.count - RecordCipher.nonceLength - RecordCipher.tagLength
        let content = try empty()
        let isOpen = content.fill(count: count) { room in
            RecordCipher.open(Array(sealed)[...], under: wrapping, authenticating: associated, into: room)
        }
        return isOpen == true ? content : nil
    }

    /// HKDF-SHA256 (RFC 5869) of one or more keys, one after the other, to 32 bytes.
    static func derive(
        from keys: SecretBytes..., salt: some Collection<UInt8>, purpose: String
    ) throws(StoreError) -> SecretBytes {
        let salt = Array(salt)
        let info = Array(purpose.utf8) + [1]
        return try make { room in
            guard let output = room.bytes else { return }
            var state = crypto_auth_hmacsha256_state()
            crypto_auth_hmacsha256_init(&state, salt, salt.count)
            for key in keys {
                key.withBytes { key in
                    if let start = key.bytes { crypto_auth_hmacsha256_update(&state, start, UInt64(key.count)) }
                }
            }
            // The output's own page holds the key between the two steps, too.
            crypto_auth_hmacsha256_final(&state, output)
            crypto_auth_hmacsha256_init(&state, output, room.count)
            crypto_auth_hmacsha256_update(&state, info, UInt64(info.count))
            crypto_auth_hmacsha256_final(&state, output)
            sodium_memzero(&state, MemoryLayout.size(ofValue: state))
        }
    }
}

extension UnsafeRawBufferPointer {
    var bytes: UnsafePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawBufferPointer {
    var bytes: UnsafeMutablePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}

extension [UInt8] {
    func lend<Value>(
        _ body: (UnsafeRawBufferPointer) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let result = withUnsafeBytes { bytes in Result { () throws(StoreError) in try body(bytes) } }
        return try result.get()
    }

    mutating func lendRoom<Value>(
        _ body: (UnsafeMutableRawBufferPointer) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let result = withUnsafeMutableBytes { room in Result { () throws(StoreError) in try body(room) } }
        return try result.get()
    }
}

/// From the kernel's generator.
func randomBytes(_ count: Int) throws(StoreError) -> [UInt8] {
    guard sodium_init() >= 0 else { throw .unwritable("a key (no cipher library)") }
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
}
