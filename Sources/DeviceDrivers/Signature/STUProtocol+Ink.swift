import EnrolmentCore

/// What is counted while ink is taken.
struct InkSession {
    var trail: PenTrail?
    var since: Duration = .zero
    var foreignInARow = 0
    var encrypted = 0
}

extension STUProtocol {
    /// How often the end is looked for while no pen is near.
    private static let watch: Duration = .milliseconds(100)
    /// A pad that sends a second of nonsense is broken, or is another device.
    private static let foreignLimit = 200
    /// After the encrypted capture was ended, its last reports may still be in the kernel's queue of 64.
    private static let encryptedLimit = 65

    mutating func startInking(at now: Duration) -> [Effect] {
        guard let geometry else { return fail(.protocolViolation, "no capability", at: now) }
        phase = .inking
        if session.trail != nil { return [.read(within: Self.watch)] }
        session.trail = PenTrail(geometry: geometry, threshold: threshold)
        session.since = now
        return [.progress(.sign), .read(within: Self.watch)]
    }

    mutating func ink(_ report: [UInt8], at now: Duration) -> [Effect] {
        switch PenReport(report) {
        case .sample(let sample):
            session.foreignInARow = 0
            let shown = session.trail?.add(sample, at: now) ?? []
            return shown.map { .progress(.ink($0)) } + watch(at: now)
        case .encrypted:
            session.encrypted += 1
            guard session.encrypted <= Self.encryptedLimit else {
                return fail(.protocolViolation, "encrypted pen data", at: now)
            }
            guard session.encrypted == 1 else { return watch(at: now) }
            // Another program left a session open: end it and go on in plain.
            steps.insert(.settle, at: 0)
            return start(at: now)
        case .foreign:
            session.foreignInARow += 1
            guard session.foreignInARow <= Self.foreignLimit else {
                return fail(.protocolViolation, "no pen reports", at: now)
            }
            return watch(at: now)
        }
    }

    mutating func inkingQuiet(at now: Duration) -> [Effect] {
        let shown = session.trail?.quiet(at: now) ?? []
        return shown.map { .progress(.ink($0)) } + watch(at: now)
    }

    /// Goes on reading, or ends: asked to, rested, or out of time.
    private mutating func watch(at now: Duration) -> [Effect] {
        guard case .sign(let limit, let rest) = purpose, let trail = session.trail, let geometry else { return [] }
        let hasRested = trail.lastTouch.map { now - $0 >= rest } ?? false
        guard wasFinished || hasRested || now - session.since >= limit else { return [.read(within: Self.watch)] }
        let strokes = trail.allStrokes
        return conclude(strokes.isEmpty ? .retry(.noInk) : .signed(strokes, geometry, description), at: now)
    }
}
