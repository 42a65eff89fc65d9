package import DeviceTransport
package import EnrolmentCore

/// Taking a portrait with a camera, without the camera: events in, effects out.
///
/// Previews are shown until the shutter is pressed; the next frame that can be read whole is the
/// portrait. Damaged frames are skipped, a bounded number of times.
package struct PortraitProtocol {
    package enum Event: Hashable, Sendable {
        case begin
        case started
        /// A frame came.
        case frame
        /// No frame came in the time asked for.
        case quiet
        /// The last frame was shown, or kept.
        case shown, kept
        /// The last frame cannot be read.
        case unreadable
        case failed(TransportError)
        /// The officer presses the shutter; heeded at the next frame.
        case shutter
        /// The task was cancelled; heeded at the next event.
        case cancelled
    }

    package enum Effect: Hashable, Sendable {
        case start
        case next(within: Duration)
        /// Decode the last frame small, for the screen.
        case show
        /// Decode the last frame whole, as the portrait.
        case keep
        case end(Outcome)
    }

    package enum Outcome: Hashable, Sendable {
        /// The frame that was kept is the portrait.
        case taken
        case failed(DeviceError)
    }

    private enum Phase {
        case waiting, running, over
    }

    private let trigger: PortraitTrigger
    private let limit: Duration
    private var phase = Phase.waiting
    private var since: Duration = .zero
    private var lastFrame: Duration = .zero
    private var lastShown: Duration?
    private var frames = 0
    private var unreadableInARow = 0
    private var wasReleased = false
    private var wasCancelled = false

    /// How long a frame is waited for before the wish to end is looked at.
    private static let watch: Duration = .milliseconds(250)
    /// A camera gives tens of frames a second; one that gives none for this long hangs.
    private static let silence: Duration = .seconds(5)
    /// A terminal shows no more than a dozen pictures a second.
    private static let previewInterval: Duration = .milliseconds(80)

    /// - Parameter limit: how long to wait for the shutter.
    package init(_ trigger: PortraitTrigger, within limit: Duration) {
        self.trigger = trigger
        self.limit = limit
    }

    /// Takes what happened and says what to do next.
    ///
    /// - Parameter now: on any monotonic clock, the same one at every call.
    package mutating func handle(_ event: Event, at now: Duration) -> [Effect] {
        switch (phase, event) {
        case (_, .shutter): wasReleased = true
        case (_, .cancelled): wasCancelled = true
        case (.waiting, .begin):
            phase = .running
            return [.start]
        case (.waiting, _), (.over, _), (.running, .begin): break
        case (.running, .kept): return end(.taken)
        case (.running, .failed(let error)) where error.reason == .cancelled: return fail(.cancelled)
        case (.running, .failed(let error)): return fail(error.problem, error.detail)
        case (.running, _) where wasCancelled: return fail(.cancelled)
        case (.running, .started):
            (since, lastFrame) = (now, now)
            return [.next(within: Self.watch)]
        case (.running, .frame): return frame(at: now)
        case (.running, .shown):
            unreadableInARow = 0
            return next(at: now)
        case (.running, .unreadable):
            unreadableInARow += 1
            guard unreadableInARow <= trigger.unreadableLimit else { return fail(.unreadable, "no whole picture") }
            return next(at: now)
        case (.running, .quiet):
            guard now - lastFrame < Self.silence else { return fail(.timedOut, "no frames") }
            return next(at: now)
        }
        return []
    }

    private mutating func frame(at now: Duration) -> [Effect] {
        frames += 1
        lastFrame = now
        if wasReleased || trigger.isDue(after: frames) { return [.keep] }
        if let lastShown, now - lastShown < Self.previewInterval { return next(at: now) }
        lastShown = now
        return [.show]
    }

    private mutating func next(at now: Duration) -> [Effect] {
        guard now - since < limit else { return fail(.timedOut, "no shutter") }
        return [.next(within: Self.watch)]
    }

    private mutating func fail(_ problem: DeviceError.Problem, _ detail: String = "") -> [Effect] {
        end(.failed(DeviceError(.camera, problem, detail)))
    }

    private mutating func end(_ outcome: Outcome) -> [Effect] {
        phase = .over
        return [.end(outcome)]
    }
}
