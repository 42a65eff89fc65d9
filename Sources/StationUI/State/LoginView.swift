package import EnrolmentCore

/// How a blank screen is opened again.
package enum UnlockMeans: Hashable, Sendable {
    /// By Enter: a kit for training.
    case key
    /// By what opens the kit: its passphrase, and an officer's card where cards open it.
    case kit(byCard: Bool)
    /// By an officer's login; the screens also begin with it.
    case login

    /// What the unlock screen then offers; nil where there is none.
    var offer: UnlockOffer? {
        switch self {
        case .key: nil
        case .kit(let byCard): UnlockOffer(byCard: byCard, passphrase: .ofKit, isStart: false)
        case .login: UnlockOffer(byCard: true, passphrase: .ofOfficer, isStart: false)
        }
    }
}

/// Which ways in the unlock screen offers.
struct UnlockOffer: Hashable, Sendable {
    enum Passphrase: Hashable, Sendable { case ofKit, ofOfficer }

    let byCard: Bool
    let passphrase: Passphrase
    /// At the start of the program, where leaving the screen is leaving the program.
    let isStart: Bool
}

/// What the officer asks for at the unlock screen.
package enum LoginWish: Hashable, Sendable {
    /// Wait for a card and read it.
    case begin
    /// ASCII digits; whoever takes them wipes them.
    case pin(SecretBytes)
    /// The PIN is typed on the reader's own keys.
    case pinpad
    /// Instead of the card; answer with `LoginNews.askPassphrase`.
    case wantPassphrase
    /// UTF-8; whoever takes it wipes it. The officer's, or the kit's own where there is no officer.
    case passphrase(OfficerID?, SecretBytes)
    /// Nobody waits any more; what runs is ended.
    case cancel
}

/// What the app tells of an unlocking, each in its turn.
package enum LoginNews: Sendable {
    case insertCard
    case reading
    /// - Parameter entry: empty; it is typed into.
    case askPIN(CardPINState, entry: SecretBytes, wrongBefore: Bool)
    /// - Parameter entry: empty; it is typed into.
    case askPassphrase(entry: SecretBytes)
    case usePinpad
    case checking
    case refused(FailureReport)
    /// Nil where it is the kit that was opened, and nobody is known.
    case done(Officer?)
    /// At any time.
    case reader(ReaderState)
    /// Before a passphrase is asked for, and before it is refused.
    case tries(PassphraseTries)
}

/// At which step an unlocking is. Names nobody but by the staff number that is typed: else who looks on learns only
/// that somebody is at it.
enum LoginView: Hashable, Sendable {
    case waiting
    case reading
    case pin(CardPINState, SecretBytes, wrongBefore: Bool)
    /// The staff number that was typed so far, which shows, and whether the passphrase is being typed.
    case passphrase(officer: String, SecretBytes, isTypingIt: Bool)
    case kitPassphrase(SecretBytes)
    case pinpad
    case checking
    case refused(FailureReport)
}
