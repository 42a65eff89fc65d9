import EnrolmentCore

/// The reading of a whole card as a machine without I/O: which command comes next, what its answer
/// means, and when the card is read.
///
/// An interrupted exchange costs the file it fell in, never the card: the machine asks the card who
/// it is before it goes on, so that what it hands out comes from one card.
struct CardSession: Sendable {
    enum Event: Hashable, Sendable {
        case started(atr: [UInt8])
        case answer([UInt8])
        /// The connection broke and stands again; what was selected is forgotten.
        case interrupted
    }

    enum Effect: Hashable, Sendable {
        case transmit([UInt8])
        case transmitLater([UInt8], after: Duration)
        case report(CaptureProgress)
        case finish(Ending)
    }

    enum Ending: Hashable, Sendable {
        case read(CardContents)
        /// Not a Belgian identity card.
        case otherCard
        /// Another card has taken the place of the one that was begun with.
        case exchanged
        case failed(Failure)
    }

    enum Failure: Hashable, Sendable {
        case refused(CardFile?, StatusWord)
        case violation(CardFile?)
        case unreadable(CardFile, CardFileError?)
        /// The chip number in the identity file is not the chip's.
        case foreignIdentity
        /// Made, and not yet for anybody.
        case blank
    }

    private enum Stage: Hashable {
        case idle
        case selectingApplication
        case askingWho
        case reading(Int)
        /// The last question is the first one again: is it still the same card?
        case askingAgain
        case finished
    }

    private let order: [CardFile]
    private var stage = Stage.idle
    private var exchange = CommandExchange(.cardData)
    private var reading: CardFileReading?
    private var atr: [UInt8] = []
    private var hasSelectedApplication = false
    private var card: CardData?
    private var files: [CardFile: [UInt8]] = [:]
    private var identity: CardIdentity?
    private var address: CardAddress?

    init(reading order: [CardFile] = CardFile.readingOrder) {
        self.order = order
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (event, stage) {
        case (_, .finished): []
        case (.started(let atr), .idle): start(atr)
        case (.answer(let response), .selectingApplication), (.answer(let response), .askingWho),
            (.answer(let response), .askingAgain):
            follow(exchange.handle(response))
        case (.answer(let response), .reading(let index)): advance(index, response)
        case (.interrupted, .idle), (.started, _), (.answer, .idle): finish(.failed(.violation(nil)))
        case (.interrupted, _): resume()
        }
    }

    // MARK: - Who are you

    private mutating func start(_ atr: [UInt8]) -> [Effect] {
        self.atr = atr
        return CardRecognition.isBelgian(atr: atr) ? askWho() : selectApplication()
    }

    private mutating func resume() -> [Effect] {
        reading = nil
        hasSelectedApplication = false
        return askWho()
    }

    private mutating func selectApplication() -> [Effect] {
        hasSelectedApplication = true
        return ask(.selectApplication, .selectingApplication)
    }

    private mutating func askWho() -> [Effect] { ask(.cardData, .askingWho) }

    private mutating func ask(_ command: CardCommand, _ stage: Stage) -> [Effect] {
        self.stage = stage
        exchange = CommandExchange(command)
        return [.transmit(exchange.opening)]
    }

    private mutating func follow(_ step: CommandExchange.Step) -> [Effect] {
        switch step {
        case .send(let bytes): [.transmit(bytes)]
        case .sendLater(let bytes, let pause): [.transmitLater(bytes, after: pause)]
        case .broken: finish(.failed(.violation(nil)))
        case .finished(let answer): learn(answer)
        }
    }

    private mutating func learn(_ answer: CommandExchange.Answer) -> [Effect] {
        if stage == .selectingApplication {
            return answer.status == .success ? askWho() : finish(.otherCard)
        }
        guard answer.status == .success else {
            // Something else may be selected, by another program or since the card has more than one applet.
            if !hasSelectedApplication { return selectApplication() }
            return finish(CardRecognition.isBelgian(atr: atr) ? .failed(.refused(nil, answer.status)) : .otherCard)
        }
        guard let data = CardData(answer.data) else { return finish(.failed(.violation(nil))) }
        if let card, card.chipNumber != data.chipNumber { return finish(.exchanged) }
        guard !data.isBlank else { return finish(.failed(.blank)) }
        card = data
        return stage == .askingAgain ? conclude() : readNext()
    }

    // MARK: - Files

    private var position: Int { order.firstIndex { !isDone.contains($0) } ?? order.count }
    private var isDone: Set<CardFile> = []

    private mutating func readNext() -> [Effect] {
        let index = position
        guard index < order.count else { return ask(.cardData, .askingAgain) }
        let file = CardFileReading(order[index])
        reading = file
        stage = .reading(index)
        return [.report(.cardFile(order[index], index: index + 1, count: order.count)), .transmit(file.opening)]
    }

    private mutating func advance(_ index: Int, _ response: [UInt8]) -> [Effect] {
        switch reading?.handle(response) {
        case .send(let bytes)?: [.transmit(bytes)]
        case .sendLater(let bytes, let pause)?: [.transmitLater(bytes, after: pause)]
        case .finished(let outcome)?: take(outcome, of: order[index])
        case nil: finish(.failed(.violation(order[index])))
        }
    }

    private mutating func take(_ outcome: CardFileReading.Outcome, of file: CardFile) -> [Effect] {
        isDone.insert(file)
        switch outcome {
        case .violation:
            return finish(.failed(.violation(file)))
        case .refused(let status):
            return file.isForHolderOnly ? readNext() : finish(.failed(.refused(file, status)))
        case .absent:
            return file.isIndispensable ? finish(.failed(.unreadable(file, .empty))) : readNext()
        case .content(let bytes, let isWhole):
            files[file] = bytes
            return parse(file, bytes, isWhole: isWhole)
        }
    }

    private mutating func parse(_ file: CardFile, _ bytes: [UInt8], isWhole: Bool) -> [Effect] {
        switch file {
        case .identity:
            do {
                let identity = try CardIdentity(file: bytes)
                if let number = CardIdentity.chipNumber(inFile: bytes), number != card?.chipNumber {
                    return finish(.failed(.foreignIdentity))
                }
                self.identity = identity
                return [.report(.identity(identity))] + readNext()
            } catch {
                return finish(.failed(.unreadable(file, error)))
            }
        case .address:
            // A damaged address is asked for in person; it must not keep the rest from being read.
            address = CardAddress(file: bytes)
        default:
            if !isWhole, file.isIndispensable { return finish(.failed(.unreadable(file, nil))) }
        }
        return readNext()
    }

    private mutating func conclude() -> [Effect] {
        guard let card, let identity else { return finish(.failed(.violation(nil))) }
        return finish(
            .read(CardContents(atr: atr, card: card, files: files, identity: identity, address: address)))
    }

    private mutating func finish(_ ending: Ending) -> [Effect] {
        stage = .finished
        return [.finish(ending)]
    }
}

extension CardFile {
    /// Without it there is nothing to show or to compare a face with.
    fileprivate var isIndispensable: Bool { self == .identity || self == .photo }

    /// Of use to the holder's own doings only; absent on cards of small children.
    fileprivate var isForHolderOnly: Bool {
        self == .authenticationCertificate || self == .signatureCertificate || self == .caCertificate
    }
}
