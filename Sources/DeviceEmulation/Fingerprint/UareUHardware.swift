import DeviceTransport

/// The scanner behind its cable: registers, messages and pictures, in its own time.
///
/// It knows nothing of transfers or threads, so that any way to reach it can share it.
struct UareUHardware {
    /// One message that the scanner will send unasked.
    struct Message {
        let due: Duration
        let type: UInt16
    }

    private static let pictureTime: Duration = .milliseconds(130)
    private static let powerTime: Duration = .microseconds(300)
    /// The question that a real reader asked, and the answer that it accepted.
    private static let challenge: [UInt8] = [
        0x4D, 0xAE, 0x5A, 0x0B, 0x12, 0x47, 0xA8, 0x6C, 0x9F, 0xBF, 0x29, 0xFD, 0xCC, 0x17, 0x8A, 0x74,
    ]
    private static let answer: [UInt8] = [
        0x32, 0x93, 0x51, 0x37, 0x1E, 0x4A, 0xDF, 0xB1, 0xF3, 0x5F, 0x09, 0xF3, 0x29, 0xC6, 0xAB, 0x46,
    ]
    private static let information: [UInt8] = [
        0x1A, 0x0A, 0x1A, 0x0A, 0x01, 0x15, 0, 0, 0, 0x20, 0, 0x10, 0x8B, 0x21, 0x11, 0x30,
    ]

    let model: UareUModel
    /// In the order in which they are due.
    private(set) var messages: [Message] = []
    /// The packet that is on its way, and from when it can be fetched.
    private(set) var packet: (due: Duration, bytes: [UInt8])?
    /// What was written last to the mode register.
    private(set) var mode: UInt8 = 0
    var presentations: [FingerPresentation] = []

    private var status: UInt8
    private var restartReads = 0
    private var powerWrites = 0
    private var hasAnswered = false
    private var missingPowerMessages: Int
    private var warnsOfFailure: Bool
    private var seed: (number: UInt8, value: UInt32) = (0, 0)
    private var onGlass: FingerPresentation?
    /// Pictures that were taken of what is on the glass.
    private var frames = 0
    private var askedAt: Duration?

    init(model: UareUModel) {
        self.model = model
        status = model.initialStatus
        missingPowerMessages = model.missingPowerMessages
        warnsOfFailure = model.warnsOfFailure
    }

    /// Someone opens the scanner: nothing of an earlier session is left.
    mutating func begin() {
        end()
        status = model.initialStatus
        restartReads = 0
        powerWrites = 0
        hasAnswered = false
        mode = 0
    }

    /// The session is over, or the power is gone: nothing more will be said.
    mutating func end() {
        askedAt = nil
        onGlass = nil
        messages = []
        packet = nil
    }

    /// A request on endpoint 0, answered at once.
    mutating func control(
        _ setup: USBSetup, output: [UInt8], length: Int, at now: Duration
    ) -> Result<[UInt8], TransportError> {
        switch (setup.requestType, setup.request) {
        case (0xC0, 0x04): return .success(read(setup.value, length))
        case (0x40, 0x04):
            write(output, to: setup.value, at: now)
            return .success([])
        default: return .failure(TransportError(.stalled, "no such request"))
        }
    }

    mutating func takeMessage() -> [UInt8] {
        let type = messages.removeFirst().type
        return [UInt8(type >> 8), UInt8(type & 0xFF)] + [UInt8](repeating: 0xA5, count: 62)
    }

    mutating func takePacket() -> [UInt8] {
        defer { packet = nil }
        return packet?.bytes ?? []
    }

    /// Someone is ready to put a finger on the glass.
    mutating func present(_ presentation: FingerPresentation, at now: Duration) {
        presentations.append(presentation)
        if askedAt != nil { answerQuestion(at: now) }
    }

    /// The key of a number; the same number has the same key throughout a session.
    private func key(_ number: UInt8) -> UInt32 {
        var generator = EmulationSeed(model.keySeed &+ UInt64(number))
        return UInt32(truncatingIfNeeded: generator.next()) | 1
    }

    // MARK: Registers

    private mutating func read(_ register: UInt16, _ length: Int) -> [UInt8] {
        let bytes: [UInt8] =
            switch register {
            case 0x07: [readStatus()]
            case 0x34: littleEndian(key(seed.number) ^ seed.value)
            case 0xF0: Self.information
            case 0x2010: Self.challenge
            default: []
            }
        return Array((bytes + [UInt8](repeating: 0, count: length)).prefix(length))
    }

    private mutating func readStatus() -> UInt8 {
        if restartReads > 0 {
            restartReads -= 1
            if restartReads == 0 { status = 0x01 }
            return 0x80
        }
        return status
    }

    private mutating func write(_ bytes: [UInt8], to register: UInt16, at now: Duration) {
        switch (register, bytes.count) {
        case (0x07, 1): writeStatus(bytes[0], at: now)
        case (0x33, 5):
            seed = (bytes[0], bytes[1...].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        case (0x4E, 1): writeMode(bytes[0], at: now)
        case (0x2000, 16): hasAnswered = bytes == Self.answer
        default: break
        }
    }

    private mutating func writeStatus(_ value: UInt8, at now: Duration) {
        if status & 0x84 == 0x84, value & 0x80 == 0 {
            restartReads = 2
            return
        }
        guard value & 0x80 == 0 else {
            status |= 0x80
            return
        }
        powerWrites += 1
        guard powerWrites >= model.powerWrites, hasAnswered || !model.asksChallenge else {
            status |= 0x80
            return
        }
        status = value & 0x0F | 0x01
        guard missingPowerMessages == 0 else {
            missingPowerMessages -= 1
            return
        }
        // A real one says it several times.
        for delay in [Self.powerTime, .milliseconds(8), .milliseconds(16)] { post(0x56AA, at: now + delay) }
    }

    private mutating func writeMode(_ value: UInt8, at now: Duration) {
        mode = value
        switch value {
        case 0x10:
            if onGlass == nil {
                askedAt = now
                answerQuestion(at: now)
            } else {
                post(0x0101, at: now)
            }
        case 0x12: sayWhenLifted(at: now)
        case 0x20: takePicture(at: now)
        case 0x70: end()
        default: break
        }
    }

    // MARK: The finger

    private mutating func answerQuestion(at now: Duration) {
        guard !presentations.isEmpty else { return }
        askedAt = nil
        let next = presentations.removeFirst()
        guard next.isSeen else { return }
        onGlass = next
        frames = 0
        post(0x0101, at: now + next.hesitation)
    }

    private mutating func takePicture(at now: Duration) {
        guard let onGlass else { return }
        let due = now + Self.pictureTime
        if warnsOfFailure {
            warnsOfFailure = false
            post(0x0800, at: now)
            packet = (due, [])
            return
        }
        let picture = onGlass.lifting == .early ? nil : onGlass.picture(frame: frames)
        frames += 1
        packet = (due, UareUPictureEncoder(model: model, key: key).packet(of: picture))
        if picture == nil { post(0x0200, at: now) }
    }

    private mutating func sayWhenLifted(at now: Duration) {
        guard let finger = onGlass else { return }
        switch finger.lifting {
        case .after(let delay): post(0x0200, at: now + delay)
        case .early: post(0x0200, at: now)
        case .never: return
        }
        onGlass = nil
    }

    private mutating func post(_ type: UInt16, at due: Duration) {
        let index = messages.firstIndex { $0.due > due } ?? messages.endIndex
        messages.insert(Message(due: due, type: type), at: index)
    }

    private func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}
