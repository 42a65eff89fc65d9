import EnrolmentCore

/// What a card does for its holder, as a machine without I/O: is it the chip that is meant, what does its
/// PIN stand at, and then, with the PIN, a signature or another PIN.
///
/// A PIN goes to the card at most once. What is interrupted before is begun anew; what is interrupted after
/// ends, with as much as the card tells without using up a try.
struct HolderSession: Sendable {
    enum Task: Hashable, Sendable {
        case state
        case sign(CardDigest, CardHolderKey)
        case changePIN
        case logOff
    }

    enum PINSource: Hashable, Sendable {
        case none
        /// The whole command that bears it.
        case typed(SecretBytes)
        case pinpad(Language)
    }

    enum Event: Hashable, Sendable {
        case started(atr: [UInt8])
        case answer([UInt8])
        /// The reader does not know what it was asked.
        case refusedByReader
        /// The connection broke and stands again; what was selected is forgotten.
        case interrupted
    }

    enum Effect: Hashable, Sendable {
        case transmit([UInt8])
        case transmitLater([UInt8], after: Duration)
        case transmitSecret(SecretBytes)
        /// To the reader itself.
        case control(UInt32, [UInt8])
        /// To the reader itself, and a person is asked to type.
        case controlPerson(UInt32, [UInt8])
        case finish(Ending)
    }

    enum Ending: Hashable, Sendable {
        case outcome(CardPINOutcome<Yield>)
        case failed(Failure)
    }

    enum Yield: Hashable, Sendable {
        case state(CardPINState)
        case signature(CardSignature)
        case nothing
    }

    enum Failure: Hashable, Sendable {
        case refused(Step, StatusWord)
        case violation(Step)
        /// The reader has no keys to type a PIN on.
        case noPinpad
        /// The digest that is to be signed has not the length of its kind.
        case badDigest
    }

    /// What was asked last.
    enum Step: String, Hashable, Sendable {
        case idle, readerFeatures, application, chip, tries, status, directory, directoryByIdentifier, key, pin,
            pinOnReader, signature, logOff, finished
    }

    let task: Task
    let chip: [UInt8]
    let source: PINSource
    var step = Step.idle
    var exchange = CommandExchange(.cardData)
    var features: PinpadFeatures?
    var atr: [UInt8] = []
    var card: CardData?
    private var hasSelectedApplication = false
    /// Whether the PIN was given out of hand; it is not given twice.
    private(set) var isPINSent = false
    /// Whether the card may have taken the PIN for right, and should be told to forget it.
    private(set) var mayBeVerified = false
    /// Whether only the tries are asked for, after an exchange that broke while the card had the PIN.
    private var isSettling = false

    init(_ task: Task, of chip: [UInt8], pin source: PINSource = .none) {
        self.task = task
        self.chip = chip
        self.source = source
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (event, step) {
        case (_, .finished): []
        case (.started(let atr), .idle): start(atr)
        case (.interrupted, .idle), (.started, _), (_, .idle): fail(.violation(step))
        case (.interrupted, _): resume()
        case (.answer(let answer), .readerFeatures): know(PinpadFeatures(answer))
        case (.refusedByReader, .readerFeatures): know(.none)
        case (.refusedByReader, _): fail(.violation(step))
        case (.answer(let answer), .pin): pinAnswered(answer)
        case (.answer(let answer), .pinOnReader): pinTyped(answer)
        case (.answer(let answer), _): follow(exchange.handle(answer))
        }
    }

    // MARK: - Which card, and which reader

    private mutating func start(_ atr: [UInt8]) -> [Effect] {
        self.atr = atr
        guard asksReader else { return begin() }
        step = .readerFeatures
        return [.control(PinpadFeatures.request, [])]
    }

    private var asksReader: Bool {
        if case .pinpad = source { true } else { task == .state }
    }

    private mutating func know(_ features: PinpadFeatures) -> [Effect] {
        self.features = features
        if case .pinpad = source, pinpadWay == nil { return fail(.noPinpad) }
        return begin()
    }

    var pinpadWay: PinpadFeatures.Way? { task == .changePIN ? features?.modify : features?.verify }

    private mutating func begin() -> [Effect] {
        hasSelectedApplication = false
        return CardGeneration(atr: atr).isBelgian ? ask(.cardData, .chip) : selectApplication()
    }

    private mutating func selectApplication() -> [Effect] {
        hasSelectedApplication = true
        return ask(.selectApplication, .application)
    }

    private mutating func resume() -> [Effect] {
        guard isPINSent else {
            guard step == .readerFeatures else { return begin() }
            return start(atr)
        }
        guard !isSettling else { return interrupted(triesLeft: nil) }
        isSettling = true
        return begin()
    }

    mutating func ask(_ command: CardCommand, _ step: Step) -> [Effect] {
        self.step = step
        exchange = CommandExchange(command, isSlowToTurn: card?.isSlowToTurn ?? false)
        return [.transmit(exchange.opening)]
    }

    private mutating func follow(_ next: CommandExchange.Step) -> [Effect] {
        switch next {
        case .send(let bytes): [.transmit(bytes)]
        case .sendLater(let bytes, let pause): [.transmitLater(bytes, after: pause)]
        case .broken: isSettling ? interrupted(triesLeft: nil) : fail(.violation(step))
        case .finished(let answer): learn(answer.data, answer.status)
        }
    }

    private mutating func learn(_ data: [UInt8], _ status: StatusWord) -> [Effect] {
        switch step {
        case .application: applicationSelected(status)
        case .chip: met(data, status)
        case .tries: triesTold(data, status)
        case .status: statusTold(status)
        case .directory, .directoryByIdentifier: directorySelected(status)
        case .key: keyChosen(status)
        case .signature: signed(data, status)
        case .logOff: finish(.outcome(.done(.nothing)))
        case .idle, .readerFeatures, .pin, .pinOnReader, .finished: fail(.violation(step))
        }
    }

    private mutating func applicationSelected(_ status: StatusWord) -> [Effect] {
        guard status == .success else {
            return isSettling ? interrupted(triesLeft: nil) : finish(.outcome(.otherCard))
        }
        // The directory is looked for a second time, from the top of the tree.
        return card != nil && !isSettling ? ask(.select(file: Self.directory), .directoryByIdentifier) : askWho()
    }

    private mutating func askWho() -> [Effect] { ask(.cardData, .chip) }

    private mutating func met(_ data: [UInt8], _ status: StatusWord) -> [Effect] {
        guard status == .success, let known = CardData(data) else {
            // Something else may be selected, by another program or on a card with more than one applet.
            if !hasSelectedApplication { return selectApplication() }
            return isSettling ? interrupted(triesLeft: nil) : finish(.outcome(.otherCard))
        }
        guard known.chipNumber == chip else {
            // The PIN went with the card that had it.
            return finish(.outcome(isSettling ? .removed : .otherCard))
        }
        guard !known.isBlank else { return finish(.outcome(.notActivated)) }
        card = known
        return isSettling || task == .state ? askTries() : work()
    }

    // MARK: - Tries

    private mutating func askTries() -> [Effect] {
        switch card?.appletVersion ?? 0 {
        case 0x18...: ask(.cardDataWithTries, .tries)
        case 0x17: ask(.pinStatus, .status)
        // There the question itself costs a try.
        default: told(triesLeft: nil)
        }
    }

    private mutating func triesTold(_ data: [UInt8], _ status: StatusWord) -> [Effect] {
        guard status == .success else { return stateRefused(status) }
        let tries = data.count > CardData.length ? Int(data[CardData.length]) : nil
        return told(triesLeft: tries.flatMap { $0 <= StatusWord.mostTries ? $0 : nil })
    }

    private mutating func statusTold(_ status: StatusWord) -> [Effect] {
        switch status {
        // A PIN that is right gives all tries back.
        case .success: told(triesLeft: 3)
        case .blocked: told(triesLeft: 0)
        default: status.triesLeft.map { told(triesLeft: $0) } ?? stateRefused(status)
        }
    }

    private mutating func stateRefused(_ status: StatusWord) -> [Effect] {
        if isSettling { return interrupted(triesLeft: nil) }
        if status.tellsOfActivation { return finish(.outcome(.notActivated)) }
        return status == .unknownReference ? finish(.outcome(.noKey)) : told(triesLeft: nil)
    }

    private mutating func told(triesLeft: Int?) -> [Effect] {
        if isSettling { return interrupted(triesLeft: triesLeft) }
        let state = CardPINState(
            triesLeft: triesLeft, appletVersion: card?.appletVersion ?? 0, hasPinpad: features?.verify != nil)
        return finish(.outcome(.done(.state(state))))
    }

    private mutating func interrupted(triesLeft: Int?) -> [Effect] {
        finish(.outcome(.interrupted(triesLeft: triesLeft)))
    }

    // MARK: - The end

    /// The PIN goes out of hand now.
    mutating func sendPIN(_ step: Step) {
        self.step = step
        isPINSent = true
        mayBeVerified = true
    }

    /// The card has surely not taken the PIN for right.
    mutating func doubtNoMore() { mayBeVerified = false }

    mutating func finish(_ ending: Ending) -> [Effect] {
        step = .finished
        return [.finish(ending)]
    }

    mutating func fail(_ failure: Failure) -> [Effect] { finish(.failed(failure)) }
}
