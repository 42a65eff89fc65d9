import DeviceEmulation
import DeviceProfiles
import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// A device that waits for a person blocks its own thread and nobody else's.
@Suite("Devices that wait")
struct DeviceThreadTests {
    private struct FixedClock: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_795_000_000_000) }
    }

    /// More than the cooperative pool has threads on any machine that runs this.
    private static let many = 80

    /// Starts them all, and returns only when each has said that it waits: were they on the pool, its
    /// few threads would be taken before.
    private func allWait(
        _ capture: @escaping @Sendable (Int, @escaping ProgressHandler) async throws -> Void,
        until isWaiting: @escaping @Sendable (CaptureProgress) -> Bool
    ) async {
        let (waiting, continuation) = AsyncStream.makeStream(of: Void.self)
        let tasks = (0..<Self.many).map { index in
            Task { try await capture(index) { if isWaiting($0) { continuation.yield() } } }
        }
        var count = 0
        for await _ in waiting {
            count += 1
            if count == Self.many { break }
        }
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: DeviceError.self) { try await task.value } }
    }

    @Test("Signature pads hold no thread of the cooperative pool", .timeLimit(.minutes(1)))
    func pads() async {
        let pads = (0..<Self.many).map { _ in
            let hardware = EmulatedSTU430(signing: InkScript(strokes: []), pace: .real)
            return STUPad(transport: hardware, now: { hardware.now }, wallClock: FixedClock())
        }
        await allWait({ _ = try await pads[$0].capture(within: .seconds(3600), progress: $1) }, until: { $0 == .sign })
    }

    @Test("Scanners hold no thread of the cooperative pool", .timeLimit(.minutes(1)))
    func scanners() async throws {
        let profile = try #require(try DeviceProfiles.embedded().profile(id: "digitalpersona-uareu-4500"))
        let scanners = try (0..<Self.many).map { _ in
            try UareUScanner(profile: profile, transport: EmulatedUareU(presentations: [.noFinger], pace: .real))
        }
        await allWait(
            {
                _ = try await scanners[$0].capture(
                    FingerCaptureRequest(.rightIndex, within: .seconds(3600)), progress: $1)
            },
            until: { $0 == .placeFinger(.rightIndex) })
    }
}
