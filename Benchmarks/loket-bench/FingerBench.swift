import ArgumentParser
import BiometricFormats
import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import Foundation
import SampleQuality
import Synchronization

/// What comes after the last byte of a finger's picture: decoding, upright at 500 pixels an inch, quality,
/// minutiae, comparison with another finger, WSQ and record. Waiting takes no time here, so that what is
/// left is computing.
struct FingerBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "finger")
    @Option var rounds = 20

    struct Figures: Encodable {
        /// From the last USB byte to the record.
        let path: Timing
        /// Parts of it, on the picture of the same finger.
        let quality: Timing
        let template: Timing
        let similarity: Timing
        let residue: Timing
        let record: Timing
        /// What each picture costs while a finger lies on the glass, and how many a second that allows.
        let preview: Timing
        let previewsPerSecond: Double
        let width: Int
        let height: Int
    }

    func run() async throws {
        guard let profile = try DeviceProfiles.embedded().profile(id: "digitalpersona-uareu-4500") else { return }
        let examiner = FingerExaminer()
        let other = examiner.template(of: try await Self.take(1, .leftIndex, profile).frame.image)
        var paths: [Double] = []
        var last: FingerFrame?
        for round in 0..<max(1, rounds) {
            let taken = try await Self.take(UInt64(round + 2), .rightIndex, profile)
            paths.append(
                try Self.milliseconds(since: taken.lastByte) {
                    let quality = examiner.quality(of: taken.frame.image)
                    let template = examiner.template(of: taken.frame.image)
                    _ = examiner.similarity(template, other)
                    _ = try Self.record(of: taken.frame.image, quality.score)
                })
            last = taken.frame
        }
        guard let image = last?.image else { return }
        let template = examiner.template(of: image)
        let preview = Timing(rounds: rounds) { _ = examiner.preview(of: image) }
        try report(
            Figures(
                path: Timing(paths), quality: Timing(rounds: rounds) { _ = examiner.quality(of: image) },
                template: Timing(rounds: rounds) { _ = examiner.template(of: image) },
                similarity: Timing(rounds: rounds) { _ = examiner.similarity(template, other) },
                residue: Timing(rounds: rounds) { _ = examiner.residue(in: image, after: image) },
                record: try Timing(rounds: rounds) { _ = try Self.record(of: image, 50) }, preview: preview,
                previewsPerSecond: 1000 / preview.median, width: image.width, height: image.height))
    }

    private static func record(of image: GrayImage, _ quality: Int) throws -> [UInt8] {
        let sample = FingerSample(
            position: .rightIndex, image: image, quality: quality, attempt: 1,
            capturedAt: Timestamp(milliseconds: 1_795_294_026_120), device: DeviceDescription(product: "bench"))
        return try FingerImageRecord([sample]).encoded()
    }

    private static func take(
        _ person: UInt64, _ position: FingerPosition, _ profile: DeviceProfile
    ) async throws -> (frame: FingerFrame, lastByte: ContinuousClock.Instant) {
        let transport = TimedTransport(
            EmulatedUareU(
                presentations: [FingerPresentation(SyntheticFinger(person: person, position: position))],
                pace: .simulated))
        let scanner = try UareUScanner(profile: profile, transport: transport)
        let request = FingerCaptureRequest(position, within: .seconds(30))
        guard case .captured(let frame) = try await scanner.capture(request, progress: { _ in }) else {
            throw ValidationError("the emulated scanner gave no picture")
        }
        return (frame, transport.lastByte)
    }

    private static func milliseconds(since start: ContinuousClock.Instant, _ body: () throws -> Void) rethrows -> Double
    {
        try body()
        let time = start.duration(to: .now)
        return Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1000
    }
}

/// Notes when a picture's last byte came.
private final class TimedTransport: USBTransport {
    private let inner: EmulatedUareU
    private let seen = Mutex(ContinuousClock.now)

    init(_ inner: EmulatedUareU) { self.inner = inner }

    var lastByte: ContinuousClock.Instant { seen.withLock { $0 } }
    var now: Duration { inner.now }

    func identify() throws(TransportError) -> USBDeviceListing { try inner.identify() }
    func open(_ interface: USBInterfaceChoice) throws(TransportError) { try inner.open(interface) }

    func submit(_ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?) throws(TransportError) {
        try inner.submit(transfer, as: id, within: limit)
    }

    func nextCompletion(before deadline: Duration) throws(TransportError) -> USBCompletion? {
        let completion = try inner.nextCompletion(before: deadline)
        // No message and no register is as long.
        if case .success(let bytes)? = completion?.result, bytes.count > 1000 { seen.withLock { $0 = .now } }
        return completion
    }

    func cancel(_ id: USBTransferID) { inner.cancel(id) }
    func wake() { inner.wake() }
    func clearStall(of endpoint: UInt8) throws(TransportError) { try inner.clearStall(of: endpoint) }
    func close() { inner.close() }
}
