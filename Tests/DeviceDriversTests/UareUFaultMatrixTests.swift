import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import Testing

/// Each transfer of a session fails in turn with each error that a USB transport can give, and with a pulled
/// cable, and with silence.
@Suite struct UareUFaultMatrixTests {
    private static let patience: Duration = .seconds(30)
    /// Two sessions with every wait at its limit: power-up, the finger, four pictures, the lifting, clean-up.
    private static let deadline: Duration = (patience + .seconds(15 + 4 + 10)) * 2
    private static let picture = FingerprintScannerTests.picture
    /// Any reason that passes by itself or not; `.busy` stands for all that no transfer should end with.
    private static let faults: [ScannerFault] =
        [TransportError.Reason.unplugged, .timedOut, .cancelled, .stalled, .overflow, .inputOutput, .busy]
        .map { .error($0) } + [.silence, .away(.milliseconds(600))]

    enum Case: CaseIterable {
        case uareU4500, uareU4500Series, microsoftReaderV2

        /// A part of the picture is enough, and quicker to scramble.
        var model: UareUModel {
            var model: UareUModel = self == .microsoftReaderV2 ? .microsoftReaderV2 : .uareU4500
            model.blocks = [UareUBlock(2, lines: 40), UareUBlock(0x82, lines: 30)]
            return model
        }

        var trigger: FingerTrigger {
            guard self == .uareU4500Series else { return .firstPicture }
            return .automatic(atMost: 3) { _ in FrameVerdict(score: 50, isGood: false, hints: []) }
        }

        /// A series has the same transfers several times over, so the kinds of fault that differ are enough.
        var faults: [ScannerFault] {
            self == .uareU4500Series ? [.error(.unplugged), .error(.stalled), .silence] : UareUFaultMatrixTests.faults
        }

        var profile: String {
            self == .microsoftReaderV2 ? "microsoft-fingerprint-reader-v2" : "digitalpersona-uareu-4500"
        }
    }

    private struct Figures {
        var pictures = 0
        var retries = 0
        var errors: [DeviceError.Problem: Int] = [:]
        var longest: Duration = .zero

        mutating func add(_ duration: Duration) { longest = max(longest, duration) }

        var runs: Int { pictures + retries + errors.values.reduce(0, +) }
        var text: String {
            let named = errors.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
            return "\(runs) runs: \(pictures) pictures, \(retries) for the person to mend, "
                + named.joined(separator: ", ") + "; longest \(longest)"
        }
    }

    @Test(
        "Whatever fails at whichever transfer: the whole picture or a named error, in time, and nothing is left open",
        arguments: Case.allCases)
    func everyTransferFails(subject: Case) async throws {
        let profile = try #require(try DeviceProfiles.embedded().profile(id: subject.profile))
        let flawless = EmulatedUareU(subject.model, presentations: [finger], pace: .simulated)
        let expected = try #require(try await frame(flawless, profile, subject.trigger)).raw
        #expect(flawless.traces.transfers >= 20)
        var figures = Figures()
        for number in 1...flawless.traces.transfers + 1 {
            for fault in subject.faults {
                let emulated = EmulatedUareU(
                    subject.model, presentations: [finger, finger], pace: .simulated,
                    faults: [.transfer(number): fault])
                let frame: Result<FingerFrame?, DeviceError>
                do throws(DeviceError) {
                    frame = .success(try await self.frame(emulated, profile, subject.trigger))
                } catch {
                    frame = .failure(error)
                }
                figures.add(emulated.now)
                check(frame, expected, &figures, "\(fault) at transfer \(number)")
                check(emulated, "\(fault) at transfer \(number)")
            }
        }
        print("\(subject): \(figures.text)")
        // Most of what fails is mended without anybody noticing.
        #expect(figures.pictures * 2 > figures.runs)
    }

    private func check(
        _ result: Result<FingerFrame?, DeviceError>, _ expected: GrayImage, _ figures: inout Figures,
        _ circumstance: Comment
    ) {
        switch result {
        case .success(let frame?):
            #expect(frame.raw == expected, circumstance)
            figures.pictures += 1
        case .success(nil):
            // A message that never comes looks like a finger that never comes, or never leaves.
            figures.retries += 1
        case .failure(let error):
            #expect(error.device == .scanner && error.problem != .cancelled, circumstance)
            figures.errors[error.problem, default: 0] += 1
        }
    }

    private func check(_ emulated: EmulatedUareU, _ circumstance: Comment) {
        let traces = emulated.traces
        #expect(!traces.isOpen && traces.pendingTransfers == 0, circumstance)
        if (try? emulated.identify()) != nil { #expect(traces.mode == 0x70 || traces.mode == 0, circumstance) }
        #expect(emulated.now <= Self.deadline, circumstance)
    }

    private var finger: FingerPresentation { FingerPresentation(Self.picture) }

    private func frame(
        _ emulated: EmulatedUareU, _ profile: DeviceProfile, _ trigger: FingerTrigger
    ) async throws(DeviceError) -> FingerFrame? {
        let scanner: any FingerprintCapturing
        do throws(ProfileError) {
            scanner = try FingerprintScanners.make(profile, transport: emulated)
        } catch {
            Issue.record(error)
            return nil
        }
        let request = FingerCaptureRequest(.rightIndex, within: Self.patience, trigger: trigger)
        guard case .captured(let frame) = try await scanner.capture(request, progress: { _ in }) else { return nil }
        return frame
    }
}
