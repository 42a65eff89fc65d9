import Synchronization

@testable import StationApp

/// What a self-test told while it ran.
final class Told: Sendable {
    private let list = Mutex<[SelfTest.Finding]>([])

    var findings: [SelfTest.Finding] { list.withLock { $0 } }

    func append(_ finding: SelfTest.Finding) { list.withLock { $0.append(finding) } }
}
