import DeviceDrivers
import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Glibc
import Testing

@testable import DeviceTransportLinux

/// Which program of Tests/Witness/card-pin-trace.sh this process is.
private enum PINTraceRole: String {
    /// Serves an emulated card over vpcd.
    case card
    /// Signs with a PIN that lies in a secret.
    case secret
    /// Has a PIN where it should not lie.
    case array

    static let own = getenv("LOKET_PIN_TRACE").flatMap { PINTraceRole(rawValue: String(cString: $0)) }
}

/// The programs of Tests/Witness/card-pin-trace.sh, which looks into the memory of one of them: each runs
/// in a process of its own, tells by named pipes where it stands, and waits there for as long as it is told.
///
/// The PIN comes through descriptor 3 and nowhere else: not by an argument, not by the environment.
@Suite("The trace of a PIN", .enabled(if: PINTraceRole.own != nil, "only for Tests/Witness/card-pin-trace.sh"))
struct CardPINTraceTests {
    private static let descriptor: Int32 = 3

    @Test("An emulated card with a PIN of its own, until it is killed", .enabled(if: PINTraceRole.own == .card))
    func card() throws {
        var behaviour = EIDCardBehaviour()
        behaviour.pin = String(decoding: try Self.digits(), as: UTF8.self)
        let profile = getenv("LOKET_PIN_TRACE_PROFILE").flatMap { CardProfile(rawValue: String(cString: $0)) } ?? .v18
        let image = try #require(try profile.image(photo: [0xFF, 0xD8, 0x11, 0xFF, 0xD9]))
        try VPCDClient().serve(EmulatedEIDCard(image, behaviour: behaviour))
    }

    @Test("A signature with the PIN in a secret", .enabled(if: PINTraceRole.own == .secret))
    func secret() async throws {
        let transport = PCSCTransport()
        let driver = BelgianEIDReader(transport: transport, clock: SystemClock())
        let chip = try Self.chip(transport)
        let pin = try SecretBytes()
        var count = 0
        repeat {
            count =
                pin.fill(count: 13) { read(Self.descriptor, $0.baseAddress?.advanced(by: count), 13 - count) + count }
                ?? 0
        } while count < 12
        _ = pin.fill(count: 12) { _ in }
        close(Self.descriptor)
        let again = try (0..<2).map { _ in try Self.copy(of: pin) }
        try Self.pause("held")
        guard case .done(let state) = try await driver.pinState(of: chip) else { throw Failure(what: "no state") }
        #expect(state.triesLeft == 3)
        let outcome = try await driver.sign(
            .sha384([UInt8](repeating: 0x33, count: 48)), with: .signature, of: chip, pin: .typed(pin))
        guard case .done(let signature) = outcome else { throw Failure(what: "no signature") }
        #expect(signature.bytes.count == 96)
        try Self.leave(signature.bytes, as: "signature")
        // Last of all, since pcscd keeps the last command: the longest that bears a PIN.
        guard
            case .done = try await driver.changePIN(of: chip, from: .typed(again[0]), to: .typed(again[1]))
        else { throw Failure(what: "not changed") }
        try Self.pause("used")
    }

    @Test("The same with the PIN in an array, which is what must be found", .enabled(if: PINTraceRole.own == .array))
    func array() throws {
        let transport = PCSCTransport()
        _ = try Self.chip(transport)
        let digits = try Self.digits()
        try Self.pause("held")
        let nibbles: [UInt8] = [2, 12] + digits.map { $0 & 0x0F } + [15, 15]
        let block = (0..<8).map { nibbles[2 * $0] << 4 | nibbles[2 * $0 + 1] }
        let slot = try #require(try transport.slots().first { $0.atr != nil })
        let connection = try transport.connect(to: slot.reader, within: .seconds(5))
        let answer = try connection.transmit([0x00, 0x20, 0x00, 0x01, 0x08] + block, within: .seconds(5))
        connection.disconnect()
        #expect(answer == [0x90, 0x00])
        try Self.pause("used")
        withExtendedLifetime((digits, nibbles, block)) {}
    }

    private struct Failure: Error { let what: String }

    private struct SystemClock: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 0) }
    }

    /// For the script, which has OpenSSL verify it.
    private static func leave(_ bytes: [UInt8], as name: String) throws {
        let folder = try #require(getenv("LOKET_PIN_TRACE_FOLDER").map { String(cString: $0) })
        let file = creat(folder + "/" + name, 0o600)
        guard file >= 0 else { throw Failure(what: "no file \(name)") }
        defer { close(file) }
        try #require(write(file, bytes, bytes.count) == bytes.count)
    }

    /// From one secret into another.
    private static func copy(of secret: SecretBytes) throws -> SecretBytes {
        let copy = try SecretBytes()
        secret.withBytes { bytes in
            for byte in bytes { copy.append(byte) }
        }
        return copy
    }

    /// Who is in the reader.
    private static func chip(_ transport: PCSCTransport) throws -> [UInt8] {
        let slot = try #require(try transport.slots().first { $0.atr != nil })
        let connection = try transport.connect(to: slot.reader, within: .seconds(5))
        defer { connection.disconnect() }
        let answer = try connection.transmit([0x80, 0xE4, 0x00, 0x00, 0x1C], within: .seconds(5))
        try #require(answer.count == 30)
        return [UInt8](answer.prefix(16))
    }

    /// Up to the end of the line, into an array.
    private static func digits() throws -> [UInt8] {
        var digits: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1, byte != 0x0A { digits.append(byte) }
        close(descriptor)
        try #require(digits.count == 12)
        return digits
    }

    /// Says by a pipe that this point is reached, and waits for its answer.
    private static func pause(_ point: String) throws {
        let folder = try #require(getenv("LOKET_PIN_TRACE_FOLDER").map { String(cString: $0) })
        for (name, mode) in [(point, O_WRONLY), (point + ".go", O_RDONLY)] {
            let pipe = open(folder + "/" + name, mode)
            guard pipe >= 0 else { throw Failure(what: "no pipe \(name)") }
            var byte: UInt8 = 0x2E
            _ = mode == O_WRONLY ? write(pipe, &byte, 1) : read(pipe, &byte, 1)
            close(pipe)
        }
    }
}
