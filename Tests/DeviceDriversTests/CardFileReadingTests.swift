import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("One file of a card that does it its own way") struct CardFileReadingTests {
    /// A card with one file, which answers commands as its flags say.
    private struct OddCard {
        let file: CardFile
        let content: [UInt8]
        /// What it says to a path in one piece; nil when it takes it.
        var pathStatus: StatusWord?
        /// The most bytes that it hands out at a time, whatever is asked.
        var longestAnswer = 256
        private var walked: [UInt16] = []

        init(_ file: CardFile, _ content: [UInt8]) {
            self.file = file
            self.content = content
        }

        mutating func answer(_ command: [UInt8]) -> [UInt8] {
            switch (command[1], command[2]) {
            case (0xA4, 0x08): status(pathStatus ?? .success)
            case (0xA4, 0x02): status(walk(to: UInt16(command[5]) << 8 | UInt16(command[6])))
            case (0xA4, _): status(.success)
            default: read(command)
            }
        }

        private mutating func walk(to identifier: UInt16) -> StatusWord {
            walked = identifier == 0x3F00 ? [identifier] : walked + [identifier]
            return file.path.starts(with: walked) ? .success : .notFound
        }

        private func read(_ command: [UInt8]) -> [UInt8] {
            let offset = Int(command[2]) << 8 | Int(command[3])
            guard offset < content.count else { return status(.wrongOffset) }
            let length = min(command[4] == 0 ? 256 : Int(command[4]), longestAnswer)
            return content[offset...].prefix(length) + status(.success)
        }

        private func status(_ status: StatusWord) -> [UInt8] { [status.high, status.low] }
    }

    private func outcome(of card: OddCard) -> CardFileReading.Outcome? {
        var card = card
        var reading = CardFileReading(card.file)
        var command = reading.opening
        for _ in 0..<500 {
            switch reading.handle(card.answer(command)) {
            case .send(let next), .sendLater(let next, _): command = next
            case .reset: return nil
            case .finished(let outcome): return outcome
            }
        }
        return nil
    }

    @Test(
        "a card that refuses a path in one piece is walked through",
        arguments: [StatusWord.notFound, .wrongParameters, .lengthAgainstParameters, .wrongOffset])
    func path(_ status: StatusWord) {
        var card = OddCard(.photo, CardFixtures.photo(700))
        card.pathStatus = status
        #expect(outcome(of: card) == .content(card.content, isWhole: true))
    }

    @Test("less than asked is no end where the content goes on", arguments: [1, 100, 128, 252, 255])
    func shortAnswers(_ length: Int) {
        var card = OddCard(.photo, CardFixtures.photo(400))
        card.longestAnswer = length
        #expect(outcome(of: card) == .content(card.content, isWhole: true))
    }

    @Test(
        "a photo that does not end as a JPEG does is the card's when it is the same twice",
        arguments: [[], [0], [UInt8](repeating: 0, count: 40)])
    func oddPhoto(_ tail: [UInt8]) {
        let card = OddCard(.photo, CardFixtures.photo(700).dropLast(2) + tail)
        #expect(outcome(of: card) == .content(card.content, isWhole: true))
    }
}
