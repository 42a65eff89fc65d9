import DeviceTransport
import EnrolmentCore

/// The module behind its cable: commands, messages and answers, in its own time.
///
/// It knows nothing of transfers or threads, so that any way to reach it can share it. It is as strict as a
/// real one is said to be: a second command while one runs is refused, and an unreadable one is told so.
struct MorphoHardware {
    struct Saying {
        let due: Duration
        var bytes: [UInt8]
    }

    /// A command that has not been answered.
    struct Running {
        let order: MorphoOrder
        let end: Duration
        /// When it is answered, as far as is known now.
        var answerDue: Duration
        /// Since when it looks out for a finger that nobody has announced yet.
        var isWaitingSince: Duration?
        var isAborting = false
    }

    static let endless: Duration = .seconds(1 << 40)

    let model: MorphoModel
    /// What it will say, in the order in which it is due.
    private(set) var sayings: [Saying] = []
    /// The identifier of every command that it was ever sent.
    private(set) var received: [UInt8] = []
    var presentations: [MorphoPresentation] = []

    var running: Running?
    /// Until when the finger of the last picture lies on the glass.
    var occupiedUntil: Duration = .zero
    private var inbox: [UInt8] = []
    private var spuriousRefusals: Int

    init(model: MorphoModel) {
        self.model = model
        spuriousRefusals = model.spuriousRefusals
        powerUp()
    }

    /// The cable is put in: nothing is left of before, unless the model says so.
    mutating func powerUp() {
        sayings = []
        inbox = []
        running = nil
        if model.isLeftRunning {
            let order = MorphoOrder(seconds: 0, messages: 3, wantsPicture: true, findsResidue: true)
            running = Running(order: order, end: Self.endless, answerDue: Self.endless, isWaitingSince: nil)
            say(message: 1, MorphoWire.little(Int32(0)), at: .zero)
        }
    }

    func isRunning(at now: Duration) -> Bool {
        running.map { now < $0.answerDue } ?? false
    }

    /// When there is something to read, nil when nothing is foreseen.
    var nextDue: Duration? { sayings.first?.due }

    /// What a read of at most so many bytes gets now.
    mutating func take(_ length: Int, at now: Duration) -> [UInt8] {
        var taken: [UInt8] = []
        var limit = length
        if case .pieces(let size) = model.delivery { limit = min(limit, size) }
        while let first = sayings.first, first.due <= now, taken.count < limit {
            let part = first.bytes.prefix(limit - taken.count)
            taken += part
            if part.count == first.bytes.count {
                sayings.removeFirst()
            } else {
                sayings[0].bytes.removeFirst(part.count)
            }
            if model.delivery != .joined { break }
        }
        return taken
    }

    /// Someone is ready to put a finger on the glass.
    mutating func present(_ presentation: MorphoPresentation, at now: Duration) {
        presentations.append(presentation)
        if let running, running.isWaitingSince != nil, isRunning(at: now) {
            dropSayings(after: now)
            lookOut(for: running.order, until: running.end, from: now)
        }
    }

    /// Bytes on the OUT endpoint.
    mutating func receive(_ bytes: [UInt8], at now: Duration) {
        inbox += bytes
        while let content = MorphoWire.takeFrame(from: &inbox) {
            guard let elements = MorphoWire.elements(content[...]), elements.count == 1 else {
                say(frame: [0x50, 0, 0], at: now)
                continue
            }
            obey(elements[0].identifier, Array(elements[0].value), at: now)
        }
    }

    private mutating func obey(_ identifier: UInt8, _ value: [UInt8], at now: Duration) {
        received.append(identifier)
        if identifier == 0x70 { return abort(at: now) }
        let isRefused = spuriousRefusals > 0
        if isRefused { spuriousRefusals -= 1 }
        guard !isRunning(at: now), !isRefused else { return answer(identifier, status: 0xF4, at: now) }
        switch identifier {
        case 0x05:
            guard value == [0x2F] else { return answer(identifier, status: 0xFE, at: now) }
            let texts: [(UInt8, String)] = [
                (0x29, model.productText), (0x2A, model.softwareText), (0x2B, model.sensorText),
            ]
            let elements = texts.flatMap { MorphoWire.element($0, [UInt8]($1.utf8)) }
            say(frame: MorphoWire.element(identifier, [0] + elements), at: now + .milliseconds(5))
        case 0x21:
            guard let order = MorphoOrder(value) else { return answer(identifier, status: 0xFE, at: now) }
            let end = order.seconds == 0 ? Self.endless : now + .seconds(order.seconds)
            lookOut(for: order, until: end, from: now)
        default: answer(identifier, status: 0x9D, at: now)
        }
    }

    private mutating func abort(at now: Duration) {
        guard isRunning(at: now), running?.isAborting == false else { return }
        dropSayings(after: now)
        switch model.abortion {
        case .slow(let delay):
            running?.answerDue = now + delay
            running?.isWaitingSince = nil
            running?.isAborting = true
            answer(0x21, status: 0xE5, at: now + delay)
        case .late(let delay):
            running = nil
            answer(0x21, status: 0xE5, at: now + delay)
        }
    }

    private mutating func dropSayings(after now: Duration) {
        sayings.removeAll { $0.due > now }
    }

    // MARK: Saying

    /// An error has an internal code after its status.
    mutating func answer(_ identifier: UInt8, status: UInt8, at due: Duration) {
        say(frame: MorphoWire.element(identifier, [status] + MorphoWire.little(Int32(-500))), at: due)
    }

    mutating func say(message kind: UInt8, _ payload: [UInt8], at due: Duration) {
        say(frame: MorphoWire.element(0x71, [0] + MorphoWire.element(kind, payload)), at: due)
    }

    mutating func say(frame content: [UInt8], at due: Duration) {
        let index = sayings.firstIndex { $0.due > due } ?? sayings.endIndex
        sayings.insert(Saying(due: due, bytes: model.noise + MorphoWire.frame(content)), at: index)
    }
}
