import EnrolmentCore
import OfflineCache

extension SecretBytes {
    /// A passphrase of a test, which nobody has to be kept from.
    convenience init(text: String) throws {
        try self.init()
        for byte in text.utf8 { append(byte) }
    }

    func holds(_ text: String) -> Bool { withBytes { $0.elementsEqual(text.utf8) } }
}

extension LockWish {
    /// For stores that are opened again and again; the rest is as in the field.
    static let cheapest = LockWish.passphrase(Argon2id.Cost(memoryKiB: 8192, passes: 1))
}
