package import EnrolmentCore

/// How a blank screen is opened again.
package enum UnlockMeans: String, CaseIterable, Sendable {
    /// By Enter: a kit for training.
    case key
    /// By the passphrase of the kit.
    case passphrase
    /// By an officer's login; the screens also begin with it.
    case login
}

/// What the officer asks for at the login.
package enum LoginWish: Hashable, Sendable {
    /// Wait for a card and read it.
    case begin
    /// ASCII digits; whoever takes them wipes them.
    case pin(SecretBytes)
    /// The PIN is typed on the reader's own keys.
    case pinpad
    /// Instead of the card; answer with `LoginNews.askPassphrase`.
    case wantPassphrase
    /// UTF-8; whoever takes it wipes it.
    case passphrase(OfficerID, SecretBytes)
    /// Back to a blank screen; what runs is ended.
    case cancel
}

/// What the app tells of a login, each in its turn.
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
    case done(Officer)
}

/// What the login shows. Names nobody: who looks on learns only that somebody logs in.
enum LoginView: Hashable, Sendable {
    case waiting
    case reading
    case pin(CardPINState, SecretBytes, wrongBefore: Bool)
    /// The staff number that was typed so far, and whether the passphrase is being typed.
    case passphrase(officer: String, SecretBytes, isTypingIt: Bool)
    case pinpad
    case checking
    case refused(FailureReport)

    init?(_ news: LoginNews) {
        switch news {
        case .insertCard: self = .waiting
        case .reading: self = .reading
        case .askPIN(let state, let entry, let wrongBefore): self = .pin(state, entry, wrongBefore: wrongBefore)
        case .askPassphrase(let entry): self = .passphrase(officer: "", entry, isTypingIt: false)
        case .usePinpad: self = .pinpad
        case .checking: self = .checking
        case .refused(let report): self = .refused(report)
        case .done: return nil
        }
    }
}
