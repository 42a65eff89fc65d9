package import EnrolmentCore
package import Logging

#if canImport(Glibc)
    import Glibc
#endif

/// How one central service runs. Whether it trains is not set here: its keys say so.
package struct CentralConfiguration: Sendable {
    /// Holds the keys, the packets and, unless `databasePath` says otherwise, the database.
    package var directory: String
    package var databasePath: String?
    package var host: String
    /// 0 lets the system choose; `RunningCentral.port` tells which.
    package var port: Int
    package var limits: CentralLimits
    /// Whom central may ask about revocations on a kit's behalf.
    package var responders: [ResponderRule]
    package var clock: any WallClock
    package var logger: Logger

    package init(
        directory: String, databasePath: String? = nil, host: String = "127.0.0.1", port: Int = 0,
        limits: CentralLimits = CentralLimits(), responders: [ResponderRule] = ResponderRule.belgian,
        clock: any WallClock = SystemWallClock(),
        logger: Logger = Logger(label: "loket-central") { StreamLogHandler.standardError(label: $0) }
    ) {
        self.directory = directory
        self.databasePath = databasePath
        self.host = host
        self.port = port
        self.limits = limits
        self.responders = responders
        self.clock = clock
        self.logger = logger
    }

    var database: String { databasePath ?? "\(directory)/central.sqlite" }
    var packetDirectory: String { "\(directory)/packets" }
    /// The age file of a packet, whole once it has been received.
    package func path(of packet: PacketID) -> String { "\(packetDirectory)/\(packet).age" }
    package var keyDirectory: String { "\(directory)/keys" }
}

/// What one kit may ask of central, so that a broken or stolen one cannot fill it.
package struct CentralLimits: Hashable, Sendable {
    /// Bytes of one packet. An enrolment is one to three megabytes.
    package var packetSize = 64 << 20
    /// Unfinished uploads of one kit.
    package var openUploads = 64
    /// An unfinished upload that its kit has not gone on with for this long is forgotten, and begun again from the
    /// first byte when the kit comes back. Kits are in the field for days, not for a season.
    package var uploadLifetime: Duration = .seconds(90 * 86_400)
    /// Refusals that are listed of one kit: a broken one must not fill central's disk. Each is logged in any case.
    package var refusals = 10_000
    /// Seals that are kept of one kit: half a century of days.
    package var seals = 20_000
    /// Bytes of one header field; a manifest of a kilobyte travels in one.
    package var headerFieldSize = 16 << 10
    package var headerListSize = 32 << 10
    package var headerFields = 64
    package var connections = 256
    /// Without a byte from the kit for this long, the connection is closed and the upload waits.
    package var idleTime: Duration = .seconds(30)
    /// Bytes between two fsyncs within one request: what a power failure of central can cost.
    package var syncInterval = 4 << 20
    /// Questions about revocations that are under way, of all kits.
    package var openQuestions = 16
    /// For a responder's whole answer.
    package var responderTime: Duration = .seconds(10)

    package init() {}
}

/// The machine's own clock.
package struct SystemWallClock: WallClock {
    package init() {}

    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
