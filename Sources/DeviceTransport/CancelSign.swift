import Synchronization

/// A request, raised on any thread, that the read under way on the device's thread should end.
///
/// C calls that only know a time-out look at it between short slices of waiting.
package final class CancelSign: Sendable {
    private let isRaised = Mutex(false)

    /// The longest time that a raised sign stays unseen.
    package static let slice: Duration = .milliseconds(50)

    package init() {}

    package func raise() {
        isRaised.withLock { $0 = true }
    }

    /// Whether it was raised since it was last taken; taking lowers it.
    package func take() -> Bool {
        isRaised.withLock { raised in
            defer { raised = false }
            return raised
        }
    }
}
