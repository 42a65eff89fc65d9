import EnrolmentCore

/// The reading of a whole card as a machine without I/O: which command comes next, what its answer
/// means, and when the card is read.
///
/// The identity file names the chip, and the last question is who the card is: what is handed out comes from
/// one card. An interrupted exchange costs the file it fell in, never the card, and the same question is
/// asked before anything goes on.
struct CardSession: Sendable {
    enum Event: Hashable, Sendable {
        case started(atr: [UInt8])
        case answer([UInt8])
        /// The connection was lost and stands again; what was selected is forgotten.
        case interrupted(Interruption)
    }

    enum Interruption: Hashable, Sendable {
        case resetByAnother
        /// Card and reader did not understand each other, so that they are treated with more care from now on.
        case brokenExchange
    }

    enum Effect: Hashable, Sendable {
        case transmit([UInt8])
        case transmitLater([UInt8], after: Duration)
        /// Reset the card; `interrupted` follows.
        case reset
        case report(CaptureProgress)
        case finish(Ending)
    }

    enum Ending: Hashable, Sendable {
        case read(CardContents)
        /// Not a Belgian identity card.
        case otherCard
        /// Finished, and not handed over yet.
        case notActivated
        /// Another card has taken the place of the one that was begun with.
        case exchanged
        case failed(Failure)
    }

    enum Failure: Hashable, Sendable {
        case refused(CardFile?, StatusWord)
        case violation(CardFile?)
        case unreadable(CardFile, CardFileError?)
        /// Made, and not yet for anybody.
        case blank
    }

    private enum Stage: Hashable {
        case idle
        case selectingApplication
        case askingWho
        case reading(CardFile)
        case askingForProof
        case finished
    }

    private let plan: CardReadingPlan
    /// For the chip to answer, should it be able to.
    private let challenge: [UInt8]
    private var stage = Stage.idle
    private var exchange = CommandExchange(.cardData)
    private var reading: CardFileReading?
    private var atr: [UInt8] = []
    private var generation = CardGeneration.unknown
    private var hasSelectedApplication = false
    private var isCareful = false
    /// What the chip said of itself, at any time.
    private var card: CardData?
    /// Whether it said so after everything else that was read.
    private var isConfirmed = false
    /// The number of the chip that all is read from, once the identity or the chip has told it.
    private var chipNumber: [UInt8]?
    /// Whether chip and identity file once disagreed, so that all was begun anew.
    private var isSuspected = false
    private var proofsLeft = 2
    private var done: Set<CardFile> = []
    private var files: [CardFile: [UInt8]] = [:]
    private var identity: CardIdentity?
    private var address: CardAddress?
    private var proof: CardChallenge?

    init(_ plan: CardReadingPlan = .enrolment, challenge: [UInt8]) {
        self.plan = plan
        self.challenge = challenge
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (event, stage) {
        case (_, .finished): []
        case (.started(let atr), .idle): start(atr)
        case (.answer(let response), .selectingApplication), (.answer(let response), .askingWho),
            (.answer(let response), .askingForProof):
            follow(exchange.handle(response))
        case (.answer(let response), .reading(let file)): advance(file, response)
        case (.interrupted, .idle), (.started, _), (.answer, .idle): finish(.failed(.violation(nil)))
        case (.interrupted(let interruption), _): resume(after: interruption)
        }
    }

    // MARK: - Who are you

    private mutating func start(_ atr: [UInt8]) -> [Effect] {
        self.atr = atr
        generation = CardGeneration(atr: atr)
        if generation.isKnown { return readNext() }
        return generation.isBelgian ? askWho() : selectApplication()
    }

    private mutating func resume(after interruption: Interruption) -> [Effect] {
        reading = nil
        hasSelectedApplication = false
        if interruption == .brokenExchange { isCareful = true }
        return askWho()
    }

    private mutating func selectApplication() -> [Effect] {
        hasSelectedApplication = true
        return ask(.selectApplication, .selectingApplication)
    }

    private mutating func askWho() -> [Effect] { ask(.cardData, .askingWho) }

    private mutating func ask(_ command: CardCommand, _ stage: Stage) -> [Effect] {
        self.stage = stage
        exchange = CommandExchange(command, isSlowToTurn: isSlowToTurn)
        return [.transmit(exchange.opening)]
    }

    private var isSlowToTurn: Bool { card?.isSlowToTurn ?? (generation == .v10) }

    private mutating func follow(_ step: CommandExchange.Step) -> [Effect] {
        switch step {
        case .send(let bytes): [.transmit(bytes)]
        case .sendLater(let bytes, let pause): [.transmitLater(bytes, after: pause)]
        case .broken: stage == .askingForProof ? takeProof([]) : finish(.failed(.violation(nil)))
        case .finished(let answer):
            switch stage {
            case .selectingApplication: answer.status == .success ? askWho() : finish(without(answer.status))
            case .askingForProof: takeProof(answer.status == .success ? answer.data : [])
            default: learn(answer)
            }
        }
    }

    /// What a card is that has no eID application, or does not let it be selected.
    private func without(_ status: StatusWord) -> Ending {
        generation.isBelgian && status.tellsOfActivation ? .notActivated : .otherCard
    }

    private mutating func learn(_ answer: CommandExchange.Answer) -> [Effect] {
        guard answer.status == .success else {
            // Something else may be selected, by another program or since the card has more than one applet.
            if !hasSelectedApplication { return selectApplication() }
            return finish(refusal(of: answer.status))
        }
        guard let data = CardData(answer.data) else { return finish(.failed(.violation(nil))) }
        guard !data.isBlank else { return finish(.failed(.blank)) }
        if let chipNumber, chipNumber != data.chipNumber {
            if isSuspected { return finish(.exchanged) }
            startAnew()
        }
        chipNumber = data.chipNumber
        card = data
        isConfirmed = true
        return readNext()
    }

    /// Either another card has taken the place of the first, or the card bears another's identity file. All
    /// that was read is dropped, and the second reading of the file will tell.
    private mutating func startAnew() {
        isSuspected = true
        done = []
        files = [:]
        identity = nil
        address = nil
        proof = nil
    }

    private func refusal(of status: StatusWord) -> Ending {
        guard generation.isBelgian else { return .otherCard }
        return identity == nil && status.tellsOfActivation ? .notActivated : .failed(.refused(nil, status))
    }

    // MARK: - Files

    /// Whether the chip has a key of its own: by what it says, by its answer to reset, by its identity file.
    private var hasBasicKey: Bool {
        card?.hasBasicKey == true || generation == .v18 || identity?.basicKeyDigest.isEmpty == false
    }

    private var order: [CardFile] { plan.files.filter { $0 != .basicKey || hasBasicKey } }

    private mutating func readNext() -> [Effect] {
        if isProofOwed { return askForProof() }
        let order = order
        guard let index = order.firstIndex(where: { !done.contains($0) }) else { return conclude() }
        let file = order[index]
        // What is evidence is kept byte for byte; of a certificate its own length says what is.
        let extent = plan.asksForProof && file == .address ? .whole : plan.extent
        let reading = CardFileReading(
            file,
            CardFileReading.Manner(
                generation: generation, extent: extent, isSlowToTurn: isSlowToTurn, isCareful: isCareful))
        self.reading = reading
        stage = .reading(file)
        isConfirmed = false
        return [.report(.cardFile(file, index: index + 1, count: order.count)), .transmit(reading.opening)]
    }

    private mutating func advance(_ file: CardFile, _ response: [UInt8]) -> [Effect] {
        switch reading?.handle(response) {
        case .send(let bytes)?: return [.transmit(bytes)]
        case .sendLater(let bytes, let pause)?: return [.transmitLater(bytes, after: pause)]
        case .reset?: return [.reset]
        case .finished(let outcome)?:
            done.insert(file)
            return take(outcome, of: file)
        case nil: return finish(.failed(.violation(file)))
        }
    }

    private mutating func take(_ outcome: CardFileReading.Outcome, of file: CardFile) -> [Effect] {
        switch outcome {
        case .violation:
            return finish(.failed(.violation(file)))
        case .noApplication(let status):
            return finish(identity == nil ? without(status) : .failed(.refused(file, status)))
        case .refused(let status):
            guard file.isIndispensable else { return readNext() }
            // An empty file is refused as an unknown command is.
            let isEmpty = identity != nil && status == .instructionUnknown
            return finish(status.tellsOfActivation && !isEmpty ? .notActivated : .failed(.refused(file, status)))
        case .absent:
            return file.isIndispensable ? finish(.failed(.unreadable(file, .empty))) : readNext()
        case .content(let bytes, let isWhole):
            if !isWhole, file.isIndispensable, file != .identity { return finish(.failed(.unreadable(file, nil))) }
            files[file] = bytes
            return show(file, bytes)
        }
    }

    private mutating func show(_ file: CardFile, _ bytes: [UInt8]) -> [Effect] {
        switch file {
        case .identity:
            do {
                return meet(try CardIdentity(file: bytes))
            } catch {
                return finish(.failed(.unreadable(file, error)))
            }
        case .address:
            // A damaged address is asked for in person; it must not keep the rest from being read.
            address = CardAddress(file: bytes)
            return (address.map { [.report(.address($0))] } ?? []) + readNext()
        case .photo:
            return [.report(.cardPhoto(bytes))] + readNext()
        default:
            return readNext()
        }
    }

    private mutating func meet(_ identity: CardIdentity) -> [Effect] {
        let named = identity.chipNumber.isEmpty ? nil : identity.chipNumber
        // The chip has said who it is, and the file says the same now: before, it was another card's.
        if isSuspected, named == chipNumber { return finish(.exchanged) }
        self.identity = identity
        if chipNumber == nil { chipNumber = named }
        // Where the file names no chip, the chip itself must do so before anything else is read.
        return [.report(.identity(identity))] + (chipNumber == nil ? askWho() : readNext())
    }

    // MARK: - The proof of the chip

    private var isProofOwed: Bool { plan.asksForProof && files[.basicKey] != nil && proof == nil }

    /// Without a key at hand nobody could check the answer; a chip that breaks off twice gives none.
    private mutating func askForProof() -> [Effect] {
        guard proofsLeft > 0 else { return takeProof([]) }
        proofsLeft -= 1
        isConfirmed = false
        return ask(.authenticate(challenge), .askingForProof)
    }

    private mutating func takeProof(_ response: [UInt8]) -> [Effect] {
        proof = CardChallenge(challenge: challenge, response: response)
        return readNext()
    }

    // MARK: - The end

    private mutating func conclude() -> [Effect] {
        guard isConfirmed else { return askWho() }
        guard let card, let identity else { return finish(.failed(.violation(nil))) }
        return finish(
            .read(
                CardContents(
                    atr: atr, card: card, files: files, identity: identity, address: address, challenge: proof)))
    }

    private mutating func finish(_ ending: Ending) -> [Effect] {
        stage = .finished
        return [.finish(ending)]
    }
}
