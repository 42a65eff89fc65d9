import EnrolmentCore
import Synchronization

@testable import OfflineCache

/// The clocks of a machine: time passes on both, a person sets one of them, and a start begins the other anew.
final class MachineClocks: WallClock, UptimeClock {
    private struct State {
        var wall: Timestamp
        var uptime: Uptime
    }

    private let state: Mutex<State>

    init(_ wall: Timestamp = .noon) {
        state = Mutex(State(wall: wall, uptime: Uptime(boot: "start 1", elapsed: .seconds(30))))
    }

    func now() -> Timestamp { state.withLock { $0.wall } }
    func now() throws(StoreError) -> Uptime { state.withLock { $0.uptime } }

    func pass(_ time: Duration) {
        state.withLock {
            $0.wall = $0.wall.advanced(by: time)
            $0.uptime = Uptime(boot: $0.uptime.boot, elapsed: $0.uptime.elapsed + time)
        }
    }

    func set(by jump: Duration) { state.withLock { $0.wall = $0.wall.advanced(by: jump) } }
    func set(to time: Timestamp) { state.withLock { $0.wall = time } }

    func restart(_ name: String) { state.withLock { $0.uptime = Uptime(boot: name, elapsed: .seconds(5)) } }
}

/// A store by such clocks.
struct ClockBench: Sendable {
    let folder: DataFolder
    let clocks = MachineClocks()
    private let sealing: any RecordSealing
    let signatures = Signatures()

    init() throws {
        folder = try DataFolder()
        sealing = try StoreMaker(folder).sealing
    }

    func open() async throws -> Store {
        try await Store.open(
            folder: folder.path, kit: .real, sealing: sealing, clock: clocks,
            timekeeping: Timekeeping(uptime: clocks)
        ).store
    }

    func jumps(_ store: Store) async throws -> [String?] {
        try await store.journal.lines().filter { $0.event == .clockJumped }.map(\.reason)
    }

    func note(_ store: Store) async throws {
        try await store.journal.note(.officerLoggedIn, officer: OfficerID("o-1"), reason: "card")
    }
}
