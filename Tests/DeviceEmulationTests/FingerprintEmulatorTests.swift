import DeviceEmulation
import DeviceTransport
import Testing

/// The emulated scanner on its own, against what is published of the real one.
@Suite struct FingerprintEmulatorTests {
    private let control = USBTransferID(1)
    private let message = USBTransferID(2)
    private let picture = USBTransferID(3)

    @Test("It says that its power is on when it is switched on, and not before")
    func power() throws {
        let scanner = try opened(EmulatedUareU(pace: .simulated))
        try scanner.submit(.read(USBPipe(.interrupt, endpoint: 0x81), length: 64), as: message, within: nil)
        #expect(try read(scanner, 0x07, 1) == [0x01])
        try write(scanner, 0x07, [0x81])
        #expect(try read(scanner, 0x07, 1) == [0x81])
        // As recorded: the message is there before the write has ended.
        let said = try #require(try write(scanner, 0x07, [0x01]).first)
        #expect(said.id == message)
        let bytes = try said.result.get()
        #expect(bytes.count == 64 && bytes.starts(with: [0x56, 0xAA]))
    }

    @Test("A picture is 111 040 bytes with a recorded header's marks, and its key is mixed with the host's seed")
    func packet() throws {
        let finger = SyntheticFinger(seed: 3).picture(on: .uareU)
        let scanner = try opened(
            EmulatedUareU(presentations: [FingerPresentation(finger)], pace: .simulated))
        try write(scanner, 0x4E, [0x10])
        try scanner.submit(.read(USBPipe(.bulk, endpoint: 0x82), length: 111_424), as: picture, within: nil)
        try write(scanner, 0x4E, [0x20])
        let sent = try #require(try scanner.nextCompletion(before: scanner.now + .seconds(1))?.result.get())
        #expect(sent.count == 111_040)
        #expect(sent.starts(with: [0x10, 0x40, 0x80, 0x01, 0x21, 0x01, 0x00]))
        var keys: [UInt32] = []
        for seed: [UInt8] in [[0, 0, 0, 0], [0x24, 0x21, 0xEA, 0x51], [0x78, 0x56, 0x34, 0x12]] {
            try write(scanner, 0x33, [0] + seed)
            let mixed = try read(scanner, 0x34, 4)
            keys.append(zip(mixed, seed).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1.0 ^ $1.1) })
        }
        #expect(Set(keys).count == 1)
    }

    @Test("A request that a real one does not know stalls")
    func unknownRequest() throws {
        let scanner = try opened(EmulatedUareU(pace: .simulated))
        try scanner.submit(
            .controlIn(USBSetup(requestType: 0xA1, request: 4, value: 7), length: 1), as: control, within: nil)
        let end = try #require(try scanner.nextCompletion(before: scanner.now + .seconds(1)))
        #expect(throws: TransportError.self) { try end.result.get() }
    }

    @Test("It stays in low power until the question of the Microsoft reader is answered right")
    func challenge() throws {
        let scanner = try opened(EmulatedUareU(.microsoftReaderV2, pace: .simulated))
        for _ in 0..<3 { try write(scanner, 0x07, [0x03]) }
        #expect(try read(scanner, 0x07, 1)[0] & 0x80 != 0)
        try write(scanner, 0x2000, [UInt8](repeating: 0, count: 16))
        try write(scanner, 0x07, [0x03])
        #expect(try read(scanner, 0x07, 1)[0] & 0x80 != 0)
    }

    @Test("Ten minutes without a finger pass at once when time is simulated")
    func simulatedTime() throws {
        let scanner = try opened(EmulatedUareU(pace: .simulated))
        let before = ContinuousClock.now
        #expect(try scanner.nextCompletion(before: scanner.now + .seconds(600)) == nil)
        #expect(scanner.now >= .seconds(600))
        #expect(before.duration(to: .now) < .seconds(60))
    }

    // MARK: Parts

    private func opened(_ scanner: EmulatedUareU) throws -> EmulatedUareU {
        try scanner.open(.vendorSpecific)
        return scanner
    }

    private func read(_ scanner: EmulatedUareU, _ register: UInt16, _ count: Int) throws -> [UInt8] {
        let setup = USBSetup(requestType: 0xC0, request: 4, value: register)
        try scanner.submit(.controlIn(setup, length: count), as: control, within: .seconds(1))
        return try #require(try scanner.nextCompletion(before: scanner.now + .seconds(1))).result.get()
    }

    /// What else ended until the write did.
    @discardableResult
    private func write(_ scanner: EmulatedUareU, _ register: UInt16, _ bytes: [UInt8]) throws -> [USBCompletion] {
        let setup = USBSetup(requestType: 0x40, request: 4, value: register)
        try scanner.submit(.controlOut(setup, bytes), as: control, within: .seconds(1))
        var others: [USBCompletion] = []
        while let end = try scanner.nextCompletion(before: scanner.now + .seconds(1)), end.id != control {
            others.append(end)
        }
        return others
    }
}
