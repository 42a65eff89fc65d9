/// How the chip counts wrong authorisations (TPM 2.0 Part 1, section 19.8): one count for all that lies in it.
package struct GuessingLimit: Hashable, Sendable {
    /// Wrong ones that count now. A start after power went away without a shutdown counts as one, too, where
    /// something had been opened.
    package let wrong: Int
    /// At as many the chip refuses the right one as well.
    package let most: Int
    /// After this time one wrong one is forgotten.
    package let forgetting: Duration
    /// Whether an authority is needed to set the count back or the limit up. Where it is not, whoever can start a
    /// system of his own on the machine guesses on without end.
    package let isClosed: Bool

    package init(wrong: Int, most: Int, forgetting: Duration, isClosed: Bool) {
        self.wrong = wrong
        self.most = most
        self.forgetting = forgetting
        self.isClosed = isClosed
    }
}
