import FoundationEssentials
import Glibc

/// A moment by the clock that runs from the machine's start, through its sleep too, and that nobody
/// can set: what a wait is measured by, since a wall clock that is put forward would end it.
package struct Uptime: Hashable, Sendable {
    /// Which start it counts from.
    package let boot: String
    package let elapsed: Duration

    package init(boot: String, elapsed: Duration) {
        self.boot = boot
        self.elapsed = elapsed
    }

    /// The time that has surely gone by since `earlier`: of another start, what has gone by since this
    /// one. Time for which the machine was off is not counted.
    package func atLeast(since earlier: Uptime) -> Duration {
        boot == earlier.boot ? max(.zero, elapsed - earlier.elapsed) : elapsed
    }
}

/// Where uptimes come from; passed in, so that a test decides.
package protocol UptimeClock: Sendable {
    /// - Throws: `unreadable` where the machine does not say.
    func now() throws(StoreError) -> Uptime
}

/// The kernel's own (`CLOCK_BOOTTIME`, boot_id).
package struct BootClock: UptimeClock {
    package init() {}

    package func now() throws(StoreError) -> Uptime {
        var time = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &time) == 0 else { throw StoreError(errno: errno, reading: "the uptime") }
        guard let boot = Self.boot else { throw .unreadable("the boot id") }
        return Uptime(boot: boot, elapsed: .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec)))
    }

    /// No process outlives the start of its machine, so it is read once.
    private static let boot: String? = {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return text.map { $0.filter { !$0.isWhitespace } }.flatMap { $0.isEmpty ? nil : $0 }
    }()
}
