import EnrolmentCore
import GRDB

/// Sees that the wall clock was set, by the clock that counts from the machine's start and that nobody can set.
///
/// It looks at each transaction, and writes only when there is something to say: at the first look after a
/// start, and when the two clocks no longer stand as they stood. A clock that is slewed to the right time moves
/// both; summer time moves neither.
struct ClockWatch {
    let clock: any WallClock
    let uptime: any UptimeClock
    let rules: ClockRules

    /// The latest readings that are kept; the journal keeps every jump.
    private static let kept = 256

    private struct Reading {
        let uptime: Uptime
        let wall: Timestamp
    }

    /// Must run inside a transaction; what it finds stands in the journal before what the transaction tells.
    func look(_ database: Database) throws {
        let now = Reading(uptime: try uptime.now(), wall: clock.now())
        guard let last = try last(database) else { return try keep(now, jump: nil, database) }
        let jump =
            last.uptime.boot == now.uptime.boot
            ? now.wall.since(last.wall) - (now.uptime.elapsed - last.uptime.elapsed)
            : try since(last, now, database)
        if jump > rules.jumpTolerance || jump < .zero - rules.jumpTolerance {
            try keep(now, jump: jump, database)
            try Journal.add(.clockJumped, at: now.wall, reason: Self.code(of: jump), to: database)
        } else if last.uptime.boot != now.uptime.boot {
            try keep(now, jump: nil, database)
        }
    }

    /// Whole seconds with their sign, as the journal has them: `+3600`, `-86400`.
    static func code(of jump: Duration) -> String {
        let milliseconds = jump.inMilliseconds
        let seconds = (abs(milliseconds) + 500) / 1000
        return "\(milliseconds < 0 ? "-" : "+")\(min(seconds, 999_999_999_999))"
    }

    /// Across a restart only a step back can be told: nobody knows for how long the machine was off.
    private func since(_ last: Reading, _ now: Reading, _ database: Database) throws -> Duration {
        let line = try Int64.fetchOne(database, sql: "SELECT at FROM journal ORDER BY position DESC LIMIT 1")
        let known = max(last.wall, line.map(ClockMark.instant) ?? last.wall)
        return min(.zero, now.wall.since(known))
    }

    private func last(_ database: Database) throws -> Reading? {
        let sql = """
            SELECT boot, uptime, wall FROM clock_reading WHERE \(SealedTable.clockReading.isWhole)
            ORDER BY id DESC LIMIT 1
            """
        return try Row.fetchOne(database.cachedStatement(sql: sql)).map { row in
            Reading(
                uptime: Uptime(boot: try row.value("boot"), elapsed: ClockMark.span(try row.value("uptime"))),
                wall: ClockMark.instant(try row.value("wall")))
        }
    }

    private func keep(_ reading: Reading, jump: Duration?, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO clock_reading (boot, uptime, wall, jump) VALUES (?, ?, ?, ?)",
            arguments: [
                reading.uptime.boot, reading.uptime.elapsed.inMilliseconds, reading.wall.milliseconds,
                jump?.inMilliseconds,
            ])
        let number = database.lastInsertedRowID
        try SealedTable.clockReading.seal(database, number)
        try database.execute(
            sql: "DELETE FROM clock_reading WHERE id <= ?", arguments: [number - Int64(Self.kept)])
    }
}

extension Store {
    /// Sees, in the transaction that is under way, whether the wall clock was set.
    func lookAtClock(_ database: Database) throws {
        guard let uptime = timekeeping.uptime else { return }
        try ClockWatch(clock: clock, uptime: uptime, rules: clockRules).look(database)
    }
}
