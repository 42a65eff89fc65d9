import Synchronization

/// Lets one live picture at a time on its way to the screen. A camera or a scanner that is faster than the
/// drawing would otherwise fill the queue that the officer's keys wait in; a picture that is skipped is
/// followed by a newer one.
final class PreviewGate: Sendable {
    private let isOccupied = Mutex(false)

    /// Whether this update may go on to the screen now.
    func admits(_ update: CaseSession.Update) -> Bool {
        guard update.isLivePicture else { return true }
        return isOccupied.withLock { occupied in
            defer { occupied = true }
            return !occupied
        }
    }

    /// The update is on the screen.
    func shown(_ update: CaseSession.Update) {
        guard update.isLivePicture else { return }
        isOccupied.withLock { $0 = false }
    }
}
