import EnrolmentCore

/// One file of the card, from SELECT to its end.
///
/// A card ends a file in one of three ways: `6Cxx` with the exact rest, an answer shorter than asked,
/// or `6B00` behind the last byte. An end in the middle of the content is only believed when the
/// card says so twice.
struct CardFileReading: Sendable {
    enum Step: Hashable, Sendable {
        case send([UInt8])
        case sendLater([UInt8], after: Duration)
        case finished(Outcome)
    }

    enum Outcome: Hashable, Sendable {
        /// - Parameter isWhole: whether the content itself bears out that this is all.
        case content([UInt8], isWhole: Bool)
        /// No such file, or nothing in it.
        case absent
        case refused(StatusWord)
        /// The card answered what no card may.
        case violation
    }

    /// READ BINARY of more than this fails with some readers.
    static let chunk = 0xFC
    /// READ BINARY has 15 bits for the offset.
    private static let longestFile = 0x8000

    private enum Stage: Hashable {
        case selectingApplication
        case selectingPath
        /// The path one identifier after the other, for cards that refuse it in one piece.
        case selectingStep(Int)
        case reading(asked: Int)
    }

    private let file: CardFile
    private var stage = Stage.selectingPath
    private var exchange: CommandExchange
    private var content: [UInt8] = []
    private var hasSelectedApplication = false
    private var doubtedEnd: Int?
    private var hasStartedAgain = false
    private var hasRepeatedRefusal = false

    init(_ file: CardFile) {
        self.file = file
        exchange = CommandExchange(.select(path: file.path))
    }

    /// The first thing to send.
    var opening: [UInt8] { exchange.opening }

    mutating func handle(_ response: [UInt8]) -> Step {
        switch exchange.handle(response) {
        case .send(let bytes): .send(bytes)
        case .sendLater(let bytes, let pause): .sendLater(bytes, after: pause)
        case .broken: .finished(.violation)
        case .finished(let answer): advance(answer)
        }
    }

    private mutating func advance(_ answer: CommandExchange.Answer) -> Step {
        switch stage {
        case .selectingApplication:
            answer.status == .success ? select() : .finished(.refused(answer.status))
        case .selectingPath: selected(answer.status, next: nil)
        case .selectingStep(let index): selected(answer.status, next: index + 1)
        case .reading(let asked): read(answer, asked: asked)
        }
    }

    // MARK: - Selecting

    private mutating func issue(_ command: CardCommand, _ stage: Stage) -> Step {
        self.stage = stage
        exchange = CommandExchange(command)
        return .send(exchange.opening)
    }

    private mutating func select() -> Step {
        issue(.select(path: file.path), .selectingPath)
    }

    private mutating func selected(_ status: StatusWord, next: Int?) -> Step {
        switch status {
        case .success:
            if let next, next < file.path.count { return selectStep(next) }
            return readOn()
        case .wrongParameters where next == nil, .lengthAgainstParameters where next == nil:
            return selectStep(0)
        case .notFound where !hasSelectedApplication:
            // Another program may have selected something else of the card in between.
            hasSelectedApplication = true
            return issue(.selectApplication, .selectingApplication)
        case .notFound:
            return .finished(.absent)
        default:
            return .finished(.refused(status))
        }
    }

    private mutating func selectStep(_ index: Int) -> Step {
        issue(.select(file: file.path[index]), .selectingStep(index))
    }

    // MARK: - Reading

    private mutating func readOn() -> Step {
        let offset = content.count
        var length = Self.chunk
        switch file.shape.extent(ofFileBeginning: content) {
        case .nothing: return .finished(.absent)
        case .length(let whole) where whole <= offset:
            return .finished(.content([UInt8](content[..<whole]), isWhole: true))
        case .length(let whole): length = min(length, whole - offset)
        case .unknown: break
        }
        guard offset < Self.longestFile else { return .finished(.violation) }
        return issue(.read(offset: offset, length: length), .reading(asked: length))
    }

    private mutating func read(_ answer: CommandExchange.Answer, asked: Int) -> Step {
        switch answer.status {
        case .success, .endOfFile:
            let expected = answer.correctedLength ?? asked
            guard answer.data.count <= expected else { return .finished(.violation) }
            if answer.data.isEmpty { return ended(.wrongOffset) }
            content += answer.data
            let isLast = answer.data.count < asked || answer.status == .endOfFile
            return isLast && !reachesExtent ? endedFirmly() : readOn()
        case .wrongOffset, .noCurrentFile:
            return ended(answer.status)
        case .instructionUnknown, .deactivated, .conditionsNotSatisfied:
            return .finished(.refused(answer.status))
        default:
            if hasRepeatedRefusal { return .finished(.refused(answer.status)) }
            hasRepeatedRefusal = true
            return select()
        }
    }

    private var reachesExtent: Bool {
        switch file.shape.extent(ofFileBeginning: content) {
        case .nothing: true
        case .length(let whole): content.count >= whole
        case .unknown: false
        }
    }

    /// An end that some readers invent: borne out by the content, or said twice at the same place.
    private mutating func ended(_ status: StatusWord) -> Step {
        if !content.isEmpty, file.shape.isWhole(content) { return .finished(.content(content, isWhole: true)) }
        if doubtedEnd == content.count {
            guard !content.isEmpty else {
                return .finished(status == .wrongOffset ? .absent : .refused(status))
            }
            return endedFirmly()
        }
        doubtedEnd = content.count
        return select()
    }

    /// An end that readers do not invent. Should the content still not bear it out, the file is
    /// read once more from its beginning.
    private mutating func endedFirmly() -> Step {
        let isWhole = file.shape.isWhole(content)
        if isWhole || hasStartedAgain { return .finished(.content(content, isWhole: isWhole)) }
        hasStartedAgain = true
        doubtedEnd = nil
        content = []
        return select()
    }
}
