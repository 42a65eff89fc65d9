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
        /// The chip failed inside: nothing helps but a reset.
        case reset
        case finished(Outcome)
    }

    enum Outcome: Hashable, Sendable {
        /// - Parameter isWhole: whether this is all: by the content itself, or because a second reading from
        ///   the beginning gave the same bytes.
        case content([UInt8], isWhole: Bool)
        /// No such file, or nothing in it.
        case absent
        case refused(StatusWord)
        /// The card has no eID application, or does not let it be selected.
        case noApplication(StatusWord)
        /// The card answered what no card may.
        case violation
    }

    /// What is known of card and reader beforehand.
    struct Manner: Hashable, Sendable {
        var generation = CardGeneration.unknown
        var extent = CardReadingPlan.Extent.content
        var isSlowToTurn = false
        /// Whether an exchange failed already, perhaps because the reader cannot do what the card can.
        var isCareful = false
    }

    /// READ BINARY of 256 bytes in one go saves one command in some sixty, and fails with some readers.
    private static let longestChunk = 256
    private static let carefulChunk = 0xFC
    /// READ BINARY has 15 bits for the offset.
    private static let longestFile = 0x8000
    /// A public key on P-384, as all cards of applet 1.8 have it.
    private static let basicKeyLength = 120

    private enum Stage: Hashable {
        case selectingApplication
        case selectingPath
        /// The path one identifier after the other, for cards that refuse it in one piece.
        case selectingStep(Int)
        case reading(asked: Int)
    }

    private let file: CardFile
    private let manner: Manner
    private var stage = Stage.selectingPath
    private var exchange: CommandExchange
    private var chunk: Int
    private var content: [UInt8] = []
    private var hasSelectedApplication = false
    private var doubtedEnd: Int?
    /// What a first reading gave whose content does not bear out that it is all.
    private var firstContent: [UInt8]?
    private var hasRepeatedRefusal = false

    init(_ file: CardFile, _ manner: Manner = Manner()) {
        self.file = file
        self.manner = manner
        chunk = manner.isCareful ? Self.carefulChunk : Self.longestChunk
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
        if answer.status == .memoryFailure { return .reset }
        switch stage {
        case .selectingApplication:
            return answer.status == .success ? select() : .finished(.noApplication(answer.status))
        case .selectingPath: return selected(answer.status, next: nil)
        case .selectingStep(let index): return selected(answer.status, next: index + 1)
        case .reading(let asked): return read(answer, asked: asked)
        }
    }

    // MARK: - Selecting

    private mutating func issue(_ command: CardCommand, _ stage: Stage) -> Step {
        self.stage = stage
        exchange = CommandExchange(command, isSlowToTurn: manner.isSlowToTurn)
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
        case _ where !hasSelectedApplication:
            // Another program may have selected something else of the card in between.
            hasSelectedApplication = true
            return issue(.selectApplication, .selectingApplication)
        case _ where next == nil:
            // The manuals want a path without the master file, which a strict card does not find in one.
            return selectStep(0)
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

    private var extent: CardFileShape.Extent {
        manner.extent == .whole ? .unknown : file.shape.extent(ofFileBeginning: content)
    }

    /// How much to ask for at the beginning of a file. A length that turns out too long costs what asking
    /// for 256 bytes costs; one that is too short is only asked for where the content shows that more is to
    /// come, and never when every byte of the file is wanted.
    private var firstLength: Int {
        guard manner.extent == .content else { return chunk }
        return switch file {
        case .address: manner.generation.addressLength
        case .basicKey: Self.basicKeyLength
        default: chunk
        }
    }

    private mutating func readOn() -> Step {
        let offset = content.count
        var length = offset == 0 ? firstLength : chunk
        switch extent {
        case .nothing: return .finished(.absent)
        case .length(let whole) where whole <= offset:
            return .finished(.content([UInt8](content[..<whole]), isWhole: true))
        case .length(let whole): length = min(length, whole - offset)
        case .unknown: break
        }
        guard offset < Self.longestFile else {
            return .finished(file.shape.isWhole(content) ? .content(content, isWhole: true) : .violation)
        }
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
            guard isLast, !reachesExtent else { return readOn() }
            // Less than asked may be all that fits into one answer, unless the card itself gave the length.
            let isSaid = answer.correctedLength != nil || answer.status == .endOfFile
            return isSaid || file.shape.isWhole(content) ? endedFirmly() : readOn()
        case .wrongOffset, .noCurrentFile:
            return ended(answer.status)
        default:
            if hasRepeatedRefusal { return .finished(.refused(answer.status)) }
            hasRepeatedRefusal = true
            chunk = Self.carefulChunk
            return select()
        }
    }

    private var reachesExtent: Bool {
        switch extent {
        case .nothing: true
        case .length(let whole): content.count >= whole
        case .unknown: false
        }
    }

    /// An end that some readers invent: borne out by the content, or said twice at the same place.
    private mutating func ended(_ status: StatusWord) -> Step {
        let couldGoOn = file.shape.mayGoOn || manner.extent == .whole
        if !content.isEmpty, !couldGoOn, file.shape.isWhole(content) {
            return .finished(.content(content, isWhole: true))
        }
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
    /// read once more from its beginning: what is the same twice is what the card holds, however odd.
    private mutating func endedFirmly() -> Step {
        let isWhole = file.shape.isWhole(content) || content == firstContent
        if isWhole || firstContent != nil { return .finished(.content(content, isWhole: isWhole)) }
        firstContent = content
        doubtedEnd = nil
        content = []
        chunk = Self.carefulChunk
        return select()
    }
}
