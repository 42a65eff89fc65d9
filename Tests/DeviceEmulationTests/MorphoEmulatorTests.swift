import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

/// The emulated module on its own, with frames written out by hand.
@Suite struct MorphoEmulatorTests {
    private let reading = USBTransferID(1)
    private let writing = USBTransferID(2)

    /// One acquisition of one finger within 20 s, all messages, uncompressed, residue found.
    private static let order: [UInt8] = [
        0x21, 28, 0, 0, 20, 0, 0, 1, 1, 0, 0, 0x34, 4, 0, 0xCF, 0, 0, 0, 0x3D, 6, 0, 0, 0x3E, 2, 0, 0x2C, 0, 0x39, 1,
        0, 1,
    ]
    private static let picture = GrayImage(width: 8, height: 4, pixels: (0..<32).map { UInt8($0) })

    @Test("The published request for its description is answered with its texts")
    func description() throws {
        let module = try opened(EmulatedMorpho(pace: .simulated))
        try send(
            [0x53, 0x59, 0x4E, 0x43, 4, 0, 0, 0, 0xFB, 0xFF, 0xFF, 0xFF, 0x05, 1, 0, 0x2F, 0x45, 0x4E], to: module)
        let answer = try #require(try content(module))
        #expect(answer.starts(with: [0x05]) && answer[3] == 0 && answer[4] == 0x29)
        #expect(String(decoding: answer, as: UTF8.self).contains("MSO 1300 E3, emulated"))
    }

    @Test("An order for a picture tells hints, a preview, its course and the last picture, then gives the picture")
    func order() throws {
        let module = try opened(
            EmulatedMorpho(presentations: [MorphoPresentation(Self.picture)], pace: .simulated))
        try send(frame(Self.order), to: module)
        var kinds: [UInt8] = []
        var answer: [UInt8] = []
        while answer.isEmpty {
            let next = try #require(try content(module))
            if next[0] == 0x71 { kinds.append(next[4]) } else { answer = next }
        }
        #expect(Set(kinds) == [0x01, 0x02, 0x04, 0x08, 0x40, 0x80])
        // Status, how it ended, index, then the picture with its header.
        #expect(answer.starts(with: [0x21, 53, 0, 0, 0, 0, 0, 0, 0, 0x3D, 44, 0]))
        #expect(Array(answer[12..<24]) == [1, 10, 4, 0, 8, 0, 0xF4, 1, 0xF4, 1, 0x2C, 8])
        #expect(Array(answer[24...]) == Self.picture.pixels)
    }

    @Test("Every command but a cancel is refused while one runs; a cancel has no answer, the command has")
    func strictness() throws {
        let module = try opened(EmulatedMorpho(pace: .simulated))
        try send(frame(Self.order), to: module)
        #expect(try content(module)?.first == 0x71)
        for command: [UInt8] in [[0x05, 1, 0, 0x2F], Self.order, [0x30, 0, 0]] {
            try send(frame(command), to: module)
            let answer = try #require(try content(module))
            #expect(answer[0] == command[0] && answer[3] == 0xF4)
        }
        #expect(module.traces.isRunning)
        try send(frame([0x70, 0, 0]), to: module)
        let answer = try #require(try content(module))
        #expect(answer[0] == 0x21 && answer[3] == 0xE5)
        try send(frame([0x70, 0, 0]), to: module)
        #expect(try content(module) == nil)
        #expect(!module.traces.isRunning)
    }

    @Test("What it cannot read is answered as invalid; a damaged frame is not answered at all")
    func invalid() throws {
        let module = try opened(EmulatedMorpho(pace: .simulated))
        for command: [UInt8] in [[], [0x05], [0x05, 9, 0, 0x2F], [0x05, 1, 0, 0x2F, 0]] {
            try send(frame(command), to: module)
            #expect(try content(module) == [0x50, 0, 0])
        }
        for index in [0, 4, 8, 16, 17] {
            var damaged = frame([0x05, 1, 0, 0x2F])
            damaged[index] ^= 0x55
            try send(damaged, to: module)
        }
        #expect(try content(module) == nil)
    }

    @Test("What would touch its database is not done, and stays on record")
    func database() throws {
        let module = try opened(EmulatedMorpho(pace: .simulated))
        let commands: [UInt8] = [0x20, 0x22, 0x30, 0x32, 0x33, 0x35, 0x36, 0x3B]
        for command in commands {
            try send(frame([command, 0, 0]), to: module)
            #expect(try content(module)?.dropFirst(3).first == 0x9D)
        }
        // An order that would save what it takes.
        var saving = Self.order
        saving[9] = 1
        try send(frame(saving), to: module)
        #expect(try content(module)?.dropFirst(3).first == 0xFE)
        #expect(module.traces.commands == commands + [0x21])
    }

    @Test("A command outlives the closing of the interface, and ends when the cable is pulled")
    func closing() throws {
        let module = try opened(EmulatedMorpho(pace: .simulated))
        try send(frame(Self.order), to: module)
        module.close()
        #expect(module.traces.isRunning)
        module.unplug()
        #expect(throws: TransportError.self) { try module.open(.number(1)) }
        module.plugIn()
        #expect(!module.traces.isRunning)
    }

    @Test("Its frames go over interface 1, on one model over interface 0; nothing else can be opened")
    func interfaces() throws {
        let module = EmulatedMorpho(pace: .simulated)
        #expect(throws: TransportError(.absent, "emulated")) { try module.open(.number(0)) }
        #expect(throws: TransportError(.absent, "emulated")) { try module.open(.vendorSpecific) }
        try module.open(.number(1))
        try EmulatedMorpho(.mso350, pace: .simulated).open(.number(0))
    }

    @Test("Its descriptors are whole: every part as long as it says, the total too, the endpoints where frames go")
    func descriptors() {
        for (model, interfaces, endpoints) in [
            (MorphoModel.mso1300, UInt8(2), [UInt8(0x81), 0x83, 0x02]), (.mso350, 1, [0x81, 0x02]),
        ] {
            let bytes = USBDescriptors(of: model).configuration
            #expect(Int(bytes[2]) | Int(bytes[3]) << 8 == bytes.count && bytes[4] == interfaces)
            var found: [UInt8] = []
            var offset = 0
            while offset < bytes.count {
                #expect(bytes[offset] >= 2 && offset + Int(bytes[offset]) <= bytes.count)
                if bytes[offset + 1] == 5 { found.append(bytes[offset + 2]) }
                offset += max(2, Int(bytes[offset]))
            }
            #expect(found == endpoints)
        }
    }

    // MARK: Parts

    private func opened(_ module: EmulatedMorpho) throws -> EmulatedMorpho {
        try module.open(.number(1))
        return module
    }

    private func frame(_ content: [UInt8]) -> [UInt8] {
        let length = UInt8(content.count)
        return [0x53, 0x59, 0x4E, 0x43, length, 0, 0, 0, ~length, 0xFF, 0xFF, 0xFF] + content + [0x45, 0x4E]
    }

    private func send(_ bytes: [UInt8], to module: EmulatedMorpho) throws {
        try module.submit(.write(USBPipe(.bulk, endpoint: 0x02), bytes), as: writing, within: .seconds(1))
        _ = try #require(try module.nextCompletion(before: module.now + .seconds(1))).result.get()
    }

    /// The content of what it says next, nil when it says nothing for a second.
    private func content(_ module: EmulatedMorpho) throws -> [UInt8]? {
        try module.submit(.read(USBPipe(.bulk, endpoint: 0x83), length: 4096), as: reading, within: .seconds(1))
        let end = try #require(try module.nextCompletion(before: module.now + .seconds(2)))
        guard case .success(let bytes) = end.result else { return nil }
        #expect(bytes.starts(with: Array("SYNC".utf8)) && bytes.suffix(2) == Array("EN".utf8)[...])
        return Array(bytes.dropFirst(12).dropLast(2))
    }
}
