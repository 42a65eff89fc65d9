import BiometricFormats
import DeviceDrivers
import DeviceProfiles
import DeviceTransport
import DeviceTransportLinux
import EnrolmentCore
import Foundation
import Testing

/// The driver on real libusb against the recorded session of a real U.are.U 4500, which we did not make, and
/// against sessions derived from it.
///
/// umockdev replays a recording to a program, so this test program starts itself once more, under
/// `umockdev-run`, and there runs only `replayed()`.
@Suite struct USBReplayTests {
    @Test(
        "A recorded session of a U.are.U 4500 gives the picture that libfprint made of it, to the pixel",
        .enabled(
            if: Replay.isPossible, "SKIPPED: no ../shared/witness/uru4000-4500 or LOKET_WITNESS, or no umockdev-run"))
    func recording() throws {
        let expected = try Self.expectedPicture()
        let outcome = try Replay.run(device: Replay.deviceFile(), recording: Replay.recording().file)
        #expect(outcome.differences(from: expected) == 0)
    }

    @Test(
        "A scanner unplugged while it sends the picture is an error with that name",
        .enabled(if: Replay.isPossible, "SKIPPED: see the first replay"))
    func unplugged() throws {
        var recording = try Replay.recording()
        let picture = try #require(recording.index(of: .bulk, isCompletion: true))
        recording.packets[picture].status = -108
        recording.packets[picture].length = 0
        recording.packets[picture].setData([])
        let outcome = try Replay.run(device: Replay.deviceFile(), recording: recording.file)
        #expect(outcome.text == "scanner.unplugged")
    }

    @Test(
        "A stalled, a short and then a whole picture give the whole one",
        .enabled(if: Replay.isPossible, "SKIPPED: see the first replay"))
    func pictureTakenAgain() throws {
        var recording = try Replay.recording()
        let request = try #require(recording.index(of: .bulk, isCompletion: false))
        let picture = try #require(recording.index(of: .bulk, isCompletion: true))
        // Picture request, mode write, its completion, picture.
        let session = Array(recording.packets[request...picture])
        var stalled = session
        stalled[stalled.count - 1].status = -32
        stalled[stalled.count - 1].length = 0
        stalled[stalled.count - 1].setData([])
        var short = session
        short[short.count - 1].length = 64 + 100 * 384
        short[short.count - 1].setData(Array(session[session.count - 1].data.prefix(64 + 100 * 384)))
        recording.packets.insert(contentsOf: stalled + short, at: request)
        let outcome = try Replay.run(device: Replay.deviceFile(), recording: recording.file)
        #expect(outcome.differences(from: try Self.expectedPicture()) == 0)
    }

    @Test(
        "A Microsoft reader v2 that asks for its password and powers up at the second try is served",
        .enabled(if: Replay.isPossible, "SKIPPED: see the first replay"))
    func challengeResponse() throws {
        var recording = try Replay.recording()
        // As published of that reader: low power after the first try, its question, the answer, the second try.
        let check = try #require(
            recording.packets.indices.filter { recording.packets[$0].value == 7 && !recording.packets[$0].isCompletion }
                .last)
        var extra = recording.register(0x07, read: [0x81], identity: 1)
        extra += recording.register(
            0x2010,
            read: [
                0x4D, 0xAE, 0x5A, 0x0B, 0x12, 0x47, 0xA8, 0x6C, 0x9F, 0xBF, 0x29, 0xFD, 0xCC, 0x17, 0x8A, 0x74,
            ], identity: 2)
        extra += recording.register(
            0x2000,
            write: [
                0x32, 0x93, 0x51, 0x37, 0x1E, 0x4A, 0xDF, 0xB1, 0xF3, 0x5F, 0x09, 0xF3, 0x29, 0xC6, 0xAB, 0x46,
            ], identity: 3)
        extra += recording.register(0x07, write: [0x01], identity: 4)
        recording.packets.insert(contentsOf: extra, at: check)
        var device = try Replay.deviceFile()
        for (old, new) in [
            ("BA050A00", "5E04CA00"), ("idVendor=05ba", "idVendor=045e"), ("idProduct=000a", "idProduct=00ca"),
        ] {
            device = device.replacingOccurrences(of: old, with: new)
        }
        let outcome = try Replay.run(device: device, recording: recording.file)
        // This model's picture is not turned.
        let expected = try Self.expectedPicture()
        let turned = GrayImage(width: expected.width, height: expected.height, pixels: expected.pixels.reversed())
        #expect(outcome.differences(from: turned) == 0)
    }

    @Test(
        "A capture that is cancelled or that no finger comes to ends with the scanner switched off",
        .enabled(if: Replay.isPossible, "SKIPPED: see the first replay"),
        arguments: [(Replay.Person.cancels, "scanner.cancelled"), (.staysAway, "retry.noFinger")])
    func noFinger(person: Replay.Person, expected: String) throws {
        var recording = try Replay.recording()
        // After the question for a finger nothing happens until the order to switch off.
        let question = try #require(recording.packets.firstIndex { $0.value == 0x4E && $0.data == [0x10] })
        let arrival = try #require(
            recording.packets[question...].firstIndex { $0.kind == .interrupt && $0.isCompletion })
        let off = try #require(recording.packets.firstIndex { $0.value == 0x4E && $0.data == [0x70] })
        recording.packets.removeSubrange(arrival..<off)
        let outcome = try Replay.run(device: Replay.deviceFile(), recording: recording.file, person: person)
        #expect(outcome.text == expected + ", off")
    }

    @Test(
        "Under replay: one capture, its picture or its error to a file",
        .enabled(if: Replay.outputPath != nil, "runs only when another test starts it under umockdev-run"))
    func replayed() async throws {
        let output = URL(filePath: try #require(Replay.outputPath))
        let profiles = try DeviceProfiles.embedded()
        for listing in try LibUSBDeviceLister().devices() {
            guard let profile = profiles.profile(usbVendor: listing.vendor, product: listing.product) else { continue }
            let transport = WatchedTransport(LibUSBTransport(to: listing))
            let scanner = try UareUScanner(profile: profile, transport: transport, returnLimit: .zero)
            let limit: Duration = Replay.person == .staysAway ? .milliseconds(100) : .seconds(20)
            let (waits, wait) = AsyncStream.makeStream(of: Void.self)
            transport.whenFingerIsAwaited { wait.yield() }
            let capture = Task {
                defer { wait.finish() }
                return try await scanner.capture(FingerCaptureRequest(.rightIndex, within: limit), progress: { _ in })
            }
            if Replay.person == .cancels {
                for await _ in waits { break }
                capture.cancel()
            }
            do {
                switch try await capture.value {
                case .captured(let frame): try Data(frame.raw.pixels).write(to: output)
                case .retry(let retry): try Data("retry.\(retry.rawValue)\(transport.suffix)".utf8).write(to: output)
                }
            } catch let error as DeviceError {
                let text = "\(error.device.rawValue).\(error.problem.rawValue)\(transport.suffix)"
                try Data(text.utf8).write(to: output)
            }
            return
        }
        Issue.record("no scanner in the replayed bus")
    }

    private static func expectedPicture() throws -> GrayImage {
        try PNGCodec().decodeGray([UInt8](Data(contentsOf: Replay.folder.appending(path: "capture.png"))))
    }
}
