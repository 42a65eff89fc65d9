import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Synchronization
import Testing

@testable import DeviceDrivers

/// The driver against the pad at the wire, in simulated time.
@Suite("A signature pad", .timeLimit(.minutes(2)))
struct SignaturePadTests {
    private struct FixedClock: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_795_000_000_000) }
    }

    private static let script = InkScript(strokes: [
        (0..<4).map { PenPoint(x: 1000 + $0 * 30, y: 2000, pressure: 200, milliseconds: $0 * 5) },
        (0..<3).map { PenPoint(x: 3000, y: 2000 + $0 * 30, pressure: 300, milliseconds: 200 + $0 * 5) },
    ])

    private func pad(_ emulated: EmulatedSTU430) -> STUPad {
        STUPad(transport: emulated, now: { emulated.now }, wallClock: FixedClock())
    }

    private func emulated(_ faults: PadFault..., script: InkScript = Self.script) -> EmulatedSTU430 {
        EmulatedSTU430(signing: script, pace: .simulated, faults: faults)
    }

    private func problem(
        _ emulated: EmulatedSTU430, within limit: Duration = .seconds(60)
    ) async -> DeviceError.Problem? {
        do throws(DeviceError) {
            _ = try await pad(emulated).capture(within: limit) { _ in }
            return nil
        } catch {
            #expect(error.device == .signaturePad)
            return error.problem
        }
    }

    @Test("A written signature comes out as it was written, and the pad is left clean")
    func wholeSignature() async throws {
        let emulated = emulated(script: Handwriting.signature(of: "Voorbeeld Test", seed: 4))
        let outcome = try await pad(emulated).capture(within: .seconds(60)) { _ in }
        guard case .captured(let sample) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(sample.strokes == Handwriting.signature(of: "Voorbeeld Test", seed: 4).strokes)
        #expect(sample.geometry.maximumX == 9600)
        #expect(sample.device == DeviceDescription(product: "STU-430", serial: "EMU0000430"))
        #expect(sample.capturedAt == FixedClock().now())
        #expect(emulated.traces.isClean)
    }

    @Test("The screen is told to invite, then each point, then the end of each stroke")
    func progress() async throws {
        let seen = Mutex<[CaptureProgress]>([])
        _ = try await pad(emulated()).capture(within: .seconds(60)) { step in seen.withLock { $0.append(step) } }
        let steps = seen.withLock { $0 }
        #expect(steps.first == .sign)
        let points = steps.compactMap { if case .ink(let point) = $0 { point } else { nil } }
        #expect(points.filter { $0.pressure > 0 } == Self.script.strokes.flatMap(\.self))
        #expect(points.count(where: { $0.pressure == 0 }) == Self.script.strokes.count)
    }

    @Test("A pad without times in its reports is timed by the host")
    func plainReports() async throws {
        let outcome = try await pad(emulated(.refusesReport(0x32))).capture(within: .seconds(60)) { _ in }
        guard case .captured(let sample) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(sample.strokes.map { $0.map(\.x) } == Self.script.strokes.map { $0.map(\.x) })
    }

    @Test("Nobody signs: the person is asked again, the pad is left clean")
    func nobodySigns() async throws {
        let emulated = emulated(script: InkScript(strokes: []))
        #expect(try await pad(emulated).capture(within: .seconds(20)) { _ in } == .retry(.noInk))
        #expect(emulated.traces.isClean)
    }

    @Test("The officer ends it: what was written so far is kept")
    func finish() async throws {
        let emulated = emulated(script: Handwriting.signature(of: "Lang", seed: 1))
        let pad = pad(emulated)
        let ink = Mutex(0)
        // `finish` from the progress handler, before the actor's thread goes on reading.
        let outcome = try await pad.capture(within: .seconds(60)) { step in
            guard case .ink = step,
                ink.withLock({ count in
                    count += 1
                    return count == 10
                })
            else { return }
            pad.requestFinish()
        }
        guard case .captured(let sample) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect((9...12).contains(sample.strokes.flatMap(\.self).count))
        #expect(emulated.traces.isClean)
    }

    @Test("A cancelled task ends as cancelled, the pad is left clean")
    func cancelled() async {
        let emulated = emulated()
        let pad = pad(emulated)
        let task = Task { () -> DeviceError.Problem? in
            withUnsafeCurrentTask { $0?.cancel() }
            do throws(DeviceError) {
                _ = try await pad.capture(within: .seconds(60)) { _ in }
                return nil
            } catch {
                return error.problem
            }
        }
        #expect(await task.value == .cancelled)
        #expect(emulated.traces.isClean)
    }

    @Test("Cancelling while nobody signs wakes the waiting read, cleans the pad, and spares the next capture")
    func cancelledWhileWaiting() async throws {
        let emulated = EmulatedSTU430(signing: InkScript(strokes: []), pace: .real)
        let pad = STUPad(transport: emulated, now: { emulated.now }, wallClock: FixedClock(), rest: .milliseconds(1))
        let (invitations, invited) = AsyncStream.makeStream(of: Void.self)
        let task = Task { () -> DeviceError.Problem? in
            do throws(DeviceError) {
                _ = try await pad.capture(within: .seconds(600)) { _ in invited.yield() }
                return nil
            } catch {
                return error.problem
            }
        }
        for await _ in invitations { break }
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(emulated.traces.isClean)
        #expect(try await pad.capture(within: .zero) { _ in } == .retry(.noInk))
    }

    @Test("No pad, a pad of another kind, and a pad that may not be opened are named")
    func notThere() async {
        #expect(await problem(emulated(.absent)) == .absent)
        #expect(await problem(emulated(.otherProduct(0x00A9))) == .absent)
        #expect(await problem(emulated(.refusesOpening(.permissionDenied))) == .permissionDenied)
        #expect(await problem(emulated(.refusesOpening(.busy))) == .busy)
    }

    @Test("A pad unplugged at any report of a signature is named, and closed")
    func unpluggedMidStroke() async {
        for report in Self.script.moments.indices {
            let emulated = emulated(.unpluggedAtReport(report))
            #expect(await problem(emulated) == .unplugged, "report \(report)")
            #expect(!emulated.traces.isOpen)
        }
    }

    @Test("A pad unplugged at any transfer is named, unless the signature was complete already")
    func unpluggedAtEveryTransfer() async throws {
        let whole = emulated()
        #expect(await problem(whole) == nil)
        for transfer in 0..<whole.traces.transfers {
            let emulated = emulated(.unpluggedAtTransfer(transfer))
            let problem = await problem(emulated)
            #expect(problem == .unplugged || (problem == nil && emulated.traces.reports == Self.script.moments.count))
            #expect(!emulated.traces.isOpen)
        }
    }

    @Test(
        "Whichever transfer fails, and however: a named error or a whole signature, and a clean pad",
        arguments: [
            TransportError.Reason.stalled, .inputOutput, .timedOut, .overflow, .busy, .permissionDenied, .cancelled,
        ])
    func everyTransferFails(reason: TransportError.Reason) async throws {
        let whole = emulated()
        #expect(await problem(whole) == nil)
        var named = 0
        for transfer in 0..<whole.traces.transfers {
            let emulated = emulated(.failure(transfer: transfer, reason))
            if let problem = await problem(emulated) {
                named += 1
                #expect(problem == TransportError(reason).problem, "transfer \(transfer)")
            }
            #expect(emulated.traces.inkOnScreen == 0, "transfer \(transfer)")
            #expect(!emulated.traces.isOpen, "transfer \(transfer)")
        }
        #expect(named > 0)
    }

    @Test(
        "A pad left with a signature on it, in a picture or in an encrypted capture, is put right first",
        arguments: [0, 1, 2])
    func leftBehind(activity: UInt8) async throws {
        let emulated = emulated(.leftIn(activity))
        let outcome = try await pad(emulated).capture(within: .seconds(60)) { _ in }
        guard case .captured(let sample) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(sample.strokes == Self.script.strokes)
        #expect(emulated.traces.isClean)
    }

    @Test("A pad that takes 600 ms to clear its screen is waited for")
    func slowClearing() async throws {
        let emulated = emulated(.slowClearing(.milliseconds(600)))
        #expect(await problem(emulated) == nil)
        #expect(emulated.traces.isClean)
    }

    @Test("A pad that never becomes ready is given up, whatever it says it does", arguments: [1, 2, 3, 4, 5, 0xFF])
    func stuck(activity: UInt8) async {
        let problem = await problem(emulated(.stuckIn(activity)))
        #expect(problem == .timedOut || problem == .protocolViolation)
    }

    @Test("A screen that cannot be cleared is reset at the end, so that no signature stays on it")
    func clearingRefused() async {
        let emulated = emulated(.result(0x20, 0x04))
        #expect(await problem(emulated) == .protocolViolation)
        #expect(emulated.traces.inkOnScreen == 0 && !emulated.traces.isInking)
    }

    @Test("Cut identity reports are a violation, never a crash", arguments: [0x03, 0x08, 0x09] as [UInt8])
    func cutReplies(id: UInt8) async {
        for length in [0, 1, 2] {
            let problem = await problem(emulated(.replyLength(id, length)))
            #expect(problem == .protocolViolation || (id == 0x03 && problem == .timedOut))
        }
    }

    @Test("Reports of another length are skipped; the signature goes on")
    func wrongLength() async throws {
        for length in [0, 1, 6, 12, 30] {
            let outcome = try await pad(emulated(.inputLength(report: 7, length))).capture(within: .seconds(60)) { _ in
            }
            guard case .captured(let sample) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(sample.strokes.flatMap(\.self).count == 6)
        }
    }

    @Test(
        "A pad that only sends nonsense, or only encrypted data, is a violation",
        arguments: [0x60, 0x10, 0x33] as [UInt8])
    func nonsense(id: UInt8) async {
        let emulated = emulated(.inputID(id), script: Handwriting.signature(of: "Lang Genoeg", seed: 2))
        let problem = await problem(emulated)
        #expect(problem == .protocolViolation)
        #expect(emulated.traces.isClean)
    }

    @Test("A pad that falls silent in a stroke gives what was written")
    func silence() async throws {
        let emulated = emulated(.silentFromReport(8))
        let outcome = try await pad(emulated).capture(within: .seconds(60)) { _ in }
        guard case .captured(let sample) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(sample.strokes.map(\.count) == [2])
        #expect(emulated.traces.isClean)
    }

    @Test("The pad describes itself without being drawn on")
    func describe() async throws {
        let emulated = emulated()
        #expect(try await pad(emulated).describe() == DeviceDescription(product: "STU-430", serial: "EMU0000430"))
        #expect(!emulated.traces.isOpen)
        await #expect(throws: DeviceError(.signaturePad, .absent)) {
            try await pad(self.emulated(.absent)).describe()
        }
    }

    @Test("Two captures after each other give two signatures")
    func twice() async throws {
        let emulated = emulated()
        let pad = pad(emulated)
        for name in ["Een", "Twee"] {
            emulated.sign(Handwriting.signature(of: name))
            let outcome = try await pad.capture(within: .seconds(60)) { _ in }
            guard case .captured(let sample) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(sample.strokes == Handwriting.signature(of: name).strokes)
        }
    }
}
