import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import Synchronization

/// The clocks of an invented machine: true time, which nobody in it knows, the wall clock that somebody sets,
/// and the clock that counts from the machine's start.
final class InventedClocks: WallClock, UptimeClock {
    private struct State {
        var truth: Timestamp
        /// Of the wall clock.
        var error = Duration.zero
        var starts = 1
        var elapsed = Duration.seconds(20)
    }

    private let state: Mutex<State>

    init(_ truth: Timestamp) { state = Mutex(State(truth: truth)) }

    func now() -> Timestamp { state.withLock { $0.truth.advanced(by: $0.error) } }
    func now() throws(StoreError) -> Uptime {
        state.withLock { Uptime(boot: "start \($0.starts)", elapsed: $0.elapsed) }
    }

    var truth: Timestamp { state.withLock { $0.truth } }
    var error: Duration { state.withLock { $0.error } }
    var starts: Int { state.withLock { $0.starts } }

    func pass(_ time: Duration) {
        state.withLock {
            $0.truth = $0.truth.advanced(by: time)
            $0.elapsed += time
        }
    }

    func set(_ change: ClockChange) {
        state.withLock {
            switch change {
            case .by(let jump): $0.error += jump
            case .to(let time): $0.error = time.since($0.truth)
            }
        }
    }

    /// The machine is off for a while and starts again; its wall clock went on, or did not.
    func restart(after time: Duration) {
        state.withLock {
            $0.truth = $0.truth.advanced(by: time)
            $0.starts += 1
            $0.elapsed = .seconds(20)
        }
    }
}

/// What somebody does to a wall clock, or a flat battery.
enum ClockChange: Hashable, Sendable {
    case by(Duration)
    case to(Timestamp)

    static let some: [ClockChange] =
        [1, 3, 59, 3600, 86_400, 30 * 86_400, 366 * 86_400, 3653 * 86_400].flatMap { (seconds: Int) in
            [.by(.seconds(seconds)), .by(.seconds(-seconds))]
        } + [
            .to(Timestamp(milliseconds: 0)), .to(Timestamp(milliseconds: -1)),
            .to(Timestamp(milliseconds: 4_102_444_800_000)),
        ]
}

/// A kit and a central for one run, by such clocks.
struct ClockWorld: Sendable {
    static let day = Duration.seconds(86_400)
    /// 2026-11-24T08:00:00Z.
    static let morning = Timestamp(milliseconds: 1_795_507_200_000)

    let clocks = InventedClocks(Self.morning)
    let kit: KitStore.Kit
    let central: ModelCentral
    let seed: UInt64
    let folder: CampaignFolder
    private let vault: Vault

    init(seed: UInt64, keys: Keys) throws {
        self.seed = seed
        folder = try CampaignFolder(in: CampaignFolder.inMemory)
        kit = keys.kit
        central = ModelCentral(keys.central, kit: keys.kit.kit)
        vault = Vault(
            try StoreKeys(in: folder.path, clock: clocks).create(
                under: try Self.passphrase(), lock: .passphrase(Argon2id.Cost(memoryKiB: 8192, passes: 1))))
    }

    /// Made once for all runs.
    struct Keys: Sendable {
        let central: ModelCentral.Keys
        let kit: KitStore.Kit

        init() throws {
            central = ModelCentral.Keys(receipts: ReceiptSigningKey(), identity: try AgeIdentity.generate(.hybrid))
            kit = KitStore.Kit(
                kit: Kit(id: KitID("TEST-KLOK"), isTraining: false), signingKey: KitSigningKey(), central: central)
        }
    }

    func open() async throws -> Store {
        try await Store.open(
            folder: folder.path, kit: kit.kit, sealing: vault, clock: clocks, timekeeping: Timekeeping(uptime: clocks)
        ).store
    }

    var audit: AuditKeys {
        AuditKeys(
            kit: kit.kit.id, kitKeys: [kit.signingKey.verifyingKey], server: ModelCentral.server,
            receiptKeys: [kit.receiptKey])
    }

    private static func passphrase() throws -> SecretBytes {
        let secret = try SecretBytes()
        for byte in "een goede zin".utf8 { secret.append(byte) }
        return secret
    }
}
