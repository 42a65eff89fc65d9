package import EnrolmentCore

/// A round of bringing packets to central.
package enum SyncState: Hashable, Sendable {
    case idle
    case running(SyncProgress)
    case done(SyncResult)
    case failed(FailureReport)
}

/// How far a running round is.
package struct SyncProgress: Hashable, Sendable {
    package var packetsDone: Int
    package var packetsTotal: Int
    package var bytesSent: Int64
    package var bytesTotal: Int64
    /// Nil while it cannot be told.
    package var timeLeft: Duration?

    package init(
        packetsDone: Int, packetsTotal: Int, bytesSent: Int64, bytesTotal: Int64, timeLeft: Duration? = nil
    ) {
        self.packetsDone = packetsDone
        self.packetsTotal = packetsTotal
        self.bytesSent = bytesSent
        self.bytesTotal = bytesTotal
        self.timeLeft = timeLeft
    }
}

/// What a round came to.
package struct SyncResult: Hashable, Sendable {
    /// Receipts that were verified.
    package var received: Int
    package var refused: Int
    /// Still in the queue.
    package var waiting: Int
    package var bytesSent: Int64
    /// The numbers of days' seals that central does not take, or that contradict others.
    package var sealsRefused: [Int]

    package init(received: Int, refused: Int, waiting: Int, bytesSent: Int64, sealsRefused: [Int] = []) {
        self.received = received
        self.refused = refused
        self.waiting = waiting
        self.bytesSent = bytesSent
        self.sealsRefused = sealsRefused
    }
}
