/// A Belgian eID card of any applet that answers APDUs as the card does: no file control information,
/// strict lengths, T=0 without anything being completed for the caller.
package struct EmulatedEIDCard: EmulatedSmartCard {
    typealias Status = EIDCardStatus

    /// What MSE SET has chosen: a key, and how it is to sign.
    struct SecurityEnvironment {
        let key: CardKeyNumber
        let algorithm: UInt8
    }

    package let image: EIDCardImage
    package let behaviour: EIDCardBehaviour
    let now: @Sendable () -> ContinuousClock.Instant
    var directory = EIDFile.masterFile
    var selected: EIDFile?
    var pin: [UInt8]
    var pinTriesLeft: UInt8
    var pukTriesLeft: UInt8
    var isPINVerified = false
    /// Commands between the last right PIN and the one that is answered now; nil when there was none.
    var commandsSincePIN: Int?
    var environment: SecurityEnvironment?
    var challengesLeft: Int
    /// What GET RESPONSE will fetch.
    var waiting: [UInt8] = []
    /// When the card last told an exact length.
    var toldLength: ContinuousClock.Instant?
    private var commandCount = 0
    private var isMute = false

    /// - Parameter now: for cards that want to be left alone for a moment.
    package init(
        _ image: EIDCardImage, behaviour: EIDCardBehaviour = EIDCardBehaviour(),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.image = image
        self.behaviour = behaviour
        self.now = now
        pin = CardPINBlock.block(behaviour.pin)
        pinTriesLeft = behaviour.pinTriesLeft
        pukTriesLeft = behaviour.pukTriesLeft
        challengesLeft = behaviour.challengesLeft
    }

    package var atr: [UInt8] { image.atr }

    package mutating func reset() {
        directory = EIDFile.masterFile
        selected = nil
        forgetPIN()
        environment = nil
        waiting = []
        toldLength = nil
        isMute = false
    }

    package mutating func answer(_ command: [UInt8]) -> [UInt8] {
        guard !isMute else { return [] }
        commandCount += 1
        if commandCount == behaviour.memoryFailsAtCommand {
            isMute = true
            return Status.memoryFailure
        }
        guard command.count >= 4 else { return Status.wrongLength }
        let fetched = waiting
        waiting = []
        defer { commandsSincePIN = commandsSincePIN.map { $0 + 1 } }
        return execute(command, fetched: fetched)
    }

    private mutating func execute(_ command: [UInt8], fetched: [UInt8]) -> [UInt8] {
        let parameters = (command[2], command[3])
        let body = [UInt8](command.dropFirst(4))
        switch (command[0], command[1]) {
        case (0x00, 0xA4): return select(parameters, body)
        case (0x00, 0xB0): return readBinary(parameters, body)
        case (0x00, 0xC0): return getResponse(fetched, body)
        case (0x00, 0x84): return challenge(parameters, body)
        case (0x00, 0x20): return verify(parameters, body)
        case (0x00, 0x24): return changePIN(parameters, body)
        case (0x00, 0x2C): return unblockPIN(parameters, body)
        case (0x00, 0x22): return setEnvironment(parameters, body)
        case (0x00, 0x2A): return sign(parameters, body)
        case (0x00, 0x88): return authenticate(parameters, body)
        case (0x80, 0xB2): return readRecord(parameters, body)
        case (0x80, 0xE4): return cardData(parameters, body)
        case (0x80, 0xE6):
            forgetPIN()
            return Status.success
        case (0x00, _), (0x80, _): return Status.instructionUnknown
        default: return Status.classUnknown
        }
    }

    mutating func forgetPIN() {
        isPINVerified = false
        commandsSincePIN = nil
    }
}
