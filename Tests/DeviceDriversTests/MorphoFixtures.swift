import DeviceDrivers
import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import StationTestSupport
import Testing

/// What the suites about MorphoSmart modules share.
enum MorphoFixtures {
    /// Small, so that a campaign of hundreds of captures stays quick; its size is no packet's multiple.
    static let picture = drawn(seed: 1, width: 60, height: 50)
    static let good = MorphoPresentation(picture)
    static let request = FingerCaptureRequest(.rightIndex, within: .seconds(20))
    static let profiles = try? DeviceProfiles.embedded()

    static func drawn(seed: UInt64, width: Int, height: Int) -> GrayImage {
        var generator = SeededGenerator(seed: seed)
        let pixels = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: 500)
    }

    static func scanner(_ emulated: EmulatedMorpho) throws -> MorphoScanner {
        let listing = try emulated.devices()[0]
        let profile = try #require(profiles?.profile(usbVendor: listing.vendor, product: listing.product))
        return try MorphoScanner(profile: profile, transport: emulated)
    }

    static func captured(
        _ emulated: EmulatedMorpho, progress: @escaping ProgressHandler = { _ in }
    ) async throws(DeviceError) -> FingerFrame? {
        let scanner: MorphoScanner
        do {
            scanner = try self.scanner(emulated)
        } catch {
            Issue.record(error)
            return nil
        }
        guard case .captured(let frame) = try await scanner.capture(request, progress: progress) else { return nil }
        return frame
    }

    /// Nothing is open, under way or running, and only permitted commands were given.
    static func isTidy(_ emulated: EmulatedMorpho) -> Bool {
        let traces = emulated.traces
        return !traces.isOpen && traces.pendingTransfers == 0 && !traces.isRunning
            && traces.written.allSatisfy(isPermitted)
    }

    /// A whole frame with one of the three commands, and nothing that a module would store.
    static func isPermitted(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 17, bytes.count == 14 + Int(bytes[4]), bytes.starts(with: Array("SYNC".utf8)) else {
            return false
        }
        let content = bytes[12..<bytes.count - 2]
        switch content.first {
        case 0x70: return content.count == 3
        case 0x05: return content.count == 4
        // Behind identifier, length, database, time, threshold, acquisitions and fingers: does it save?
        case 0x21: return content.count == 31 && bytes[12 + 9] == 0
        default: return false
        }
    }

    /// A whole frame that has been read.
    static func frame(_ content: [UInt8]) -> MorphoProtocol.Event {
        let length = UInt32(content.count)
        let numbers = [length, ~length].flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
        }
        return .readEnded(.success(Array("SYNC".utf8) + numbers + content + Array("EN".utf8)))
    }

    /// Compared apart from the expectation, which would print every pixel.
    static func isSame(_ one: GrayImage?, _ other: GrayImage) -> Bool { one == other }
}
