/// One command until its real answer: follows `61xx` with GET RESPONSE and `6Cxx` with the same
/// command at the right length, as T=0 wants it (ISO/IEC 7816-3 10.3.2).
struct CommandExchange: Sendable {
    /// The answer that is left when nothing is to be followed any more.
    struct Answer: Hashable, Sendable {
        let data: [UInt8]
        let status: StatusWord
        /// The length that the command had in the end, when the card had it corrected.
        let correctedLength: Int?
    }

    enum Step: Hashable, Sendable {
        case send([UInt8])
        /// Wait, then send: some cards are not ready for the corrected command at once.
        case sendLater([UInt8], after: Duration)
        case finished(Answer)
        /// The answer has no status, or the card asks for the same thing again and again.
        case broken
    }

    /// What oldest cards need between `6Cxx` and the repeated command.
    static let settling: Duration = .milliseconds(50)
    /// No file of the card and no answer is longer.
    static let longestAnswer = 1 << 16
    private static let mostCorrections = 8
    private static let mostPauses = 3
    private static let mostFetches = 300

    private var command: CardCommand
    private let isSlowToTurn: Bool
    private var collected: [UInt8] = []
    private var correctedLength: Int?
    private var corrections = 0
    private var pauses = 0
    private var fetches = 0

    /// - Parameter isSlowToTurn: whether every corrected command must wait, not only one that the card was
    ///   not ready for.
    init(_ command: CardCommand, isSlowToTurn: Bool = false) {
        self.command = command
        self.isSlowToTurn = isSlowToTurn
    }

    /// The first thing to send.
    var opening: [UInt8] { command.bytes }

    mutating func handle(_ response: [UInt8]) -> Step {
        guard response.count >= 2 else { return .broken }
        let status = StatusWord(UInt16(response[response.count - 2]) << 8 | UInt16(response[response.count - 1]))
        if let length = status.exactLength, command.expectedLength != nil { return correct(to: length) }
        if status == .instructionUnknown, correctedLength != nil, collected.isEmpty { return repeatLater() }
        collected += response.dropLast(2)
        guard collected.count <= Self.longestAnswer else { return .broken }
        if let waiting = status.bytesWaiting { return fetch(waiting) }
        return .finished(Answer(data: collected, status: status, correctedLength: correctedLength))
    }

    private mutating func correct(to length: Int) -> Step {
        let again = command.expectedLength == length
        command = command.expecting(length)
        if fetches == 0 { correctedLength = length }
        return again ? repeatLater() : sendCorrected()
    }

    private mutating func sendCorrected() -> Step {
        corrections += 1
        guard corrections <= Self.mostCorrections else { return .broken }
        return isSlowToTurn ? .sendLater(command.bytes, after: Self.settling) : .send(command.bytes)
    }

    private mutating func repeatLater() -> Step {
        pauses += 1
        return pauses > Self.mostPauses ? .broken : .sendLater(command.bytes, after: Self.settling)
    }

    private mutating func fetch(_ length: Int) -> Step {
        fetches += 1
        guard fetches <= Self.mostFetches else { return .broken }
        command = .getResponse(length)
        return .send(command.bytes)
    }
}
