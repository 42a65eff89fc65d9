import EnrolmentCore
import Logging
import PacketFormat
import SyncProtocol

/// Takes the seals of kits' days in, each verified and put in its place; none of them holds up a packet.
struct SealReception: Sendable {
    let database: CentralDatabase
    let facts: CentralKeys.Facts
    let limits: CentralLimits
    let clock: any WallClock
    let logger: Logger

    init(_ reception: PacketReception) {
        database = reception.database
        facts = reception.facts
        limits = reception.limits
        clock = reception.clock
        logger = reception.logger
    }

    /// Keeps a seal that a kit handed in itself, over its own connection.
    ///
    /// What an earlier key of the kit signed is taken too: the connection says whose it is, and the seals of before
    /// a new key may not have been sent yet.
    ///
    /// - Throws: `Refused`; `sealForked` when it is kept and contradicts another.
    /// - Returns: Whether central had it already.
    func take(_ compact: String, by kit: RegisteredKit) async throws -> Bool {
        try await take(compact, of: kit, keys: database.keys(of: kit.id))
    }

    /// Keeps a seal that came on a stick: only the kit's present key is believed, since anybody may carry one.
    func take(onStick compact: String, by kit: RegisteredKit) async throws -> Bool {
        try await take(compact, of: kit, keys: [try VerifyingKey(pem: kit.signingKey)])
    }

    private func take(_ compact: String, of kit: RegisteredKit, keys: [VerifyingKey]) async throws -> Bool {
        do {
            let signed = try verify(compact, of: kit.id, keys: keys)
            let now = clock.now()
            switch try await database.keep(signed, atMost: limits.seals, at: now) {
            case .known: return true
            case .kept: return false
            case .tooMany: throw Refused(.storageFull, "the limit of a kit is \(limits.seals) seals")
            case .forked(let contradiction):
                logger.critical(
                    "seals forked: two copies of a kit are at work, or one was put back to an older state",
                    metadata: [
                        "kit": "\(kit.id)", "number": "\(signed.seal.number)", "kind": "\(contradiction.rawValue)",
                    ])
                throw Refused(.sealForked, contradiction.rawValue)
            }
        } catch let refused as Refused {
            try await database.noteSealRefusal(refused.code, of: kit.id, at: clock.now())
            throw refused
        }
    }

    private func verify(
        _ compact: String, of kit: KitID, keys: [VerifyingKey]
    ) throws -> SignedAuditSeal {
        let signed: SignedAuditSeal
        do throws(StatementError) {
            signed = try AuditSealVerifier(kit: kit, keys: keys).verify(compact)
        } catch {
            switch error {
            case .otherKit: throw Refused(.wrongKit)
            case .unknownKey, .wrongSignature: throw Refused(.invalidSignature, error.description)
            default: throw Refused(.invalidSeal, error.description)
            }
        }
        guard signed.seal.isWellFormed else { throw Refused(.invalidSeal) }
        guard signed.seal.isTraining == facts.isTraining else {
            throw Refused(signed.seal.isTraining ? .trainingRefused : .trainingOnly)
        }
        return signed
    }
}
