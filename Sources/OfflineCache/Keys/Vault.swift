import EnrolmentCore

/// Seals records under the store key: ChaCha20-Poly1305 (RFC 8439) with a key of its own for each record.
///
/// A sealed record is a 32-byte salt, then a 12-byte nonce, the ciphertext and a 16-byte tag. The
/// record's key is HKDF-SHA256 of the store key and the salt, so that when SQLite overwrites a
/// deleted row with zeros (`secure_delete`) the key goes with it. A record that is sealed under a key in
/// another row has the same form, with that key in the place of the store key.
package struct Vault: RecordSealing {
    private static let saltLength = 32
    private static let purpose = "draagbaar-loket record 1"

    private let ring: KeyRing

    package init(_ key: StoreKey) {
        ring = key.ring
    }

    init(_ ring: KeyRing) {
        self.ring = ring
    }

    package func seal(_ content: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8] {
        try content.lend { (content) throws(StoreError) in try seal(content, as: name) }
    }

    package func open(_ sealed: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8] {
        for entry in ring.all {
            if let content = try Self.open(sealed, as: name, under: entry.key) { return content }
        }
        throw .recordDamaged(name)
    }

    package func makeRecordKey(as name: RecordName) throws(StoreError) -> SealedRecordKey {
        let key = try SecretKey.random()
        defer { key.wipe() }
        return SealedRecordKey(
            try key.withBytes { (key) throws(StoreError) in try seal(key, as: name) }, as: name)
    }

    package func seal(
        _ content: [UInt8], as name: RecordName, under key: SealedRecordKey
    ) throws(StoreError) -> [UInt8] {
        let key = try open(key)
        defer { key.wipe() }
        return try content.lend { (content) throws(StoreError) in
            try Self.seal(content, as: name, under: key)
        }
    }

    package func open(
        _ sealed: [UInt8], as name: RecordName, under key: SealedRecordKey
    ) throws(StoreError) -> [UInt8] {
        let key = try open(key)
        defer { key.wipe() }
        guard let content = try Self.open(sealed, as: name, under: key) else { throw .recordDamaged(name) }
        return content
    }

    /// Whether the record is sealed under the newest store key already.
    func isNewest(_ sealed: [UInt8], as name: RecordName) throws(StoreError) -> Bool {
        guard let newest = ring.all.first else { return false }
        return try Self.open(sealed, as: name, under: newest.key) != nil
    }

    private func seal(_ content: UnsafeRawBufferPointer, as name: RecordName) throws(StoreError) -> [UInt8] {
        guard let newest = ring.all.first else { throw .erased }
        return try Self.seal(content, as: name, under: newest.key)
    }

    private func open(_ key: SealedRecordKey) throws(StoreError) -> SecretBytes {
        for entry in ring.all {
            let opened = try SecretKey.empty()
            let isOpen = opened.fill(count: SecretKey.length) { room in
                (try? Self.open(key.bytes, as: key.name, under: entry.key, into: room)) == true
            }
            if isOpen == true { return opened }
        }
        throw .recordDamaged(key.name)
    }

    private static func seal(
        _ content: UnsafeRawBufferPointer, as name: RecordName, under key: SecretBytes
    ) throws(StoreError) -> [UInt8] {
        let salt = try randomBytes(saltLength)
        let own = try SecretKey.derive(from: key, salt: salt, purpose: purpose)
        defer { own.wipe() }
        guard let sealed = RecordCipher.seal(content, under: own, authenticating: name.authenticated) else {
            throw .unwritable("record \(name)")
        }
        return salt + sealed
    }

    /// Nil when it is not as it was sealed.
    private static func open(
        _ sealed: [UInt8], as name: RecordName, under key: SecretBytes
    ) throws(StoreError) -> [UInt8]? {
        let count = sealed.count - saltLength - RecordCipher.nonceLength - RecordCipher.tagLength
        guard count >= 0 else { return nil }
        var content = [UInt8](repeating: 0, count: count)
        let isOpen = try content.lendRoom { (room) throws(StoreError) in
            try open(sealed, as: name, under: key, into: room)
        }
        return isOpen ? content : nil
    }

    private static func open(
        _ sealed: [UInt8], as name: RecordName, under key: SecretBytes, into room: UnsafeMutableRawBufferPointer
    ) throws(StoreError) -> Bool {
        let own = try SecretKey.derive(from: key, salt: sealed.prefix(saltLength), purpose: purpose)
        defer { own.wipe() }
        return RecordCipher.open(
            sealed.dropFirst(saltLength), under: own, authenticating: name.authenticated, into: room)
    }
}
