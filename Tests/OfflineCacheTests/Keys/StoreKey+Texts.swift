@testable import OfflineCache

/// Passphrases of tests are texts: nobody has to be kept from them.
extension StoreKey {
    static func create(
        in folder: String, passphrase: String, cost: Argon2id.Cost = .least
    ) throws -> StoreKey {
        try StoreKeys(in: folder, clock: SteppedClock()).create(under: secret(passphrase), lock: .passphrase(cost))
    }

    static func open(in folder: String, passphrase: String) throws -> StoreKey {
        try StoreKeys(in: folder, clock: SteppedClock()).open(with: secret(passphrase))
    }
}
