/// How long the card driver waits for what, and how often it tries to mend an exchange.
package struct CardPatience: Hashable, Sendable {
    /// For one command; a slow card takes two seconds, more is a card that will not answer.
    package var command: Duration
    /// For the whole card, once it is there: an old one in a slow reader takes some fifteen seconds, one that
    /// takes two seconds for each command two minutes.
    package var card: Duration
    /// For another program's transaction to end, once there is a card.
    package var transaction: Duration
    /// For the reader to notice that the card has left, after an exchange that broke; 0.4 s measured.
    package var removal: Duration
    /// Between two tries at a card that another program holds, should its release go unseen.
    package var retry: Duration
    /// After an exchange that broke, before the card is reset. Some cards and readers fail again without; and
    /// pcscd, which looks every 400 ms whether a card is there, does not see the next one come when a card
    /// that had left was reset in between.
    package var settling: Duration
    /// Before each command from then on.
    package var pace: Duration
    /// Broken exchanges and resets by other programs in one reading.
    package var recoveries: Int

    package init(
        command: Duration = .seconds(5), card: Duration = .seconds(180), transaction: Duration = .seconds(10),
        removal: Duration = .seconds(1), retry: Duration = .milliseconds(250),
        settling: Duration = .milliseconds(500), pace: Duration = .milliseconds(3), recoveries: Int = 4
    ) {
        self.command = command
        self.card = card
        self.transaction = transaction
        self.removal = removal
        self.retry = retry
        self.settling = settling
        self.pace = pace
        self.recoveries = recoveries
    }
}
