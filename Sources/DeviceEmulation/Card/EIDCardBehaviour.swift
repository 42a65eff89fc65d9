/// Where cards and readers in the field differ in how they answer.
package struct EIDCardBehaviour: Hashable, Sendable {
    /// What READ BINARY says when asked for more than is left.
    package enum ShortRead: String, Hashable, Sendable, CaseIterable {
        /// `6Cxx` with the exact rest: the card itself over T=0.
        case exactLength
        /// What is left: a reader that has followed `6Cxx` by itself.
        case whatIsLeft
    }

    /// What READ BINARY says to a reader that did not wait.
    package enum HastyAnswer: String, Hashable, Sendable, CaseIterable {
        case exactLengthAgain, instructionUnknown
    }

    /// What a card refuses until it is activated at the town hall.
    package enum Activation: String, Hashable, Sendable, CaseIterable {
        /// Nothing: it is activated.
        case done
        /// Its keys, with `6985`; files can be read.
        case keysOnly
        /// Keys and files, with `6985`.
        case conditionsNotSatisfied
        /// As before, and SELECT says `6283`.
        case deactivated
        /// Keys with `6985`, files with `6D00`.
        case instructionUnknown
    }

    package var shortRead = ShortRead.exactLength
    /// Whether SELECT takes a path in one piece.
    package var selectsByPath = true
    package var activation = Activation.done
    /// Four to twelve digits.
    package var pin = "1234"
    /// Twelve digits, in the order in which they are sent: the second half of the letter, then the first.
    /// Only up to applet 1.7.
    package var puk = "123456654321"
    package var pinTriesLeft: UInt8 = 3
    package var pukTriesLeft: UInt8 = 12
    /// How many challenges the chip still answers before it wants the PIN.
    package var challengesLeft = 5000
    /// And how many once it has had it.
    package var challengesLeftAfterPIN = 5000
    /// How long the card must be left alone after `6Cxx`, as cards of applet 1.0 want it.
    package var restAfterExactLength = Duration.zero
    /// What it says when it is not.
    package var hasty = HastyAnswer.exactLengthAgain
    /// At this command, counted from 1 over the card's whole life, its memory fails (`6581`), and it is
    /// mute until its next reset.
    package var memoryFailsAtCommand: Int?
    /// Whether the keys are only there while their directory is selected, from applet 1.7 on.
    package var wantsKeyDirectory = true

    package init() {}

    /// Whether files can be read.
    package var isActivated: Bool {
        get { activation == .done || activation == .keysOnly }
        set { activation = newValue ? .done : .conditionsNotSatisfied }
    }
}
