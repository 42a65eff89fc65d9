/// How far a clock can be trusted at one moment, by what, and how old that is.
package struct TimeStanding: Hashable, Sendable, Codable {
    package let confidence: TimeConfidence
    /// What the confidence rests on, or what speaks against it.
    package let source: TimeSource
    /// The time that has gone by since that source was heard; nil when nothing tells it, since the clock is
    /// behind what is known to have happened.
    package let evidenceAge: Duration?

    package init(_ confidence: TimeConfidence, by source: TimeSource, evidenceAge: Duration?) {
        self.confidence = confidence
        self.source = source
        self.evidenceAge = evidenceAge
    }
}

/// What has told a kit what time it is.
package enum TimeSource: String, CaseIterable, Sendable, Codable {
    /// The kernel's clock is disciplined by a time server (NTP).
    case network
    /// Central's clock, over a connection that proves it.
    case central
    /// A receipt's own time.
    case receipt
    /// The time at which central made the list of officers.
    case roster
    /// The first day of a card's certificate that was proven.
    case card
    /// The kit's own clock, at an earlier moment.
    case clock
    /// The program was not made before that day.
    case program
}
