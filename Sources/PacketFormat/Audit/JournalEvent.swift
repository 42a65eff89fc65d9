/// What a journal line tells.
///
/// A line is for whoever asks later what became of a case, a packet or the kit itself. Each save of a draft
/// is none: there are dozens in a visit, they tell no more than that work went on, and a line that nobody
/// reads hides those that matter. The first save is one, since from then on there is something to lose.
package enum JournalEvent: String, CaseIterable, Sendable {
    // Visits and cases.
    case visitImported = "visit-imported"
    /// The first capture of a case is on disk.
    case caseBegun = "case-begun"
    /// With the code of why as reason.
    case draftDiscarded = "draft-discarded"
    // Packets.
    case packetSealed = "packet-sealed"
    /// Copied to a stick, to be brought to central by hand.
    case packetExported = "packet-exported"
    case receiptStored = "receipt-stored"
    /// Receipts were read from a stick, with their number as reason; each has a `receipt-stored` of its own.
    case receiptsImported = "receipts-imported"
    case packetPurged = "packet-purged"
    case packetRefused = "packet-refused"
    case packetInConflict = "packet-in-conflict"
    case packetRetried = "packet-retried"
    /// Rows that are not as the kit wrote them, and files that no row accounts for; how many of each, and a digest of
    /// their names, as reason. Or files that were open to others, and how many.
    case keptDamaged = "kept-damaged"
    /// No visit was begun because the disk would not have held it.
    case forecastRefused = "forecast-refused"
    // Lists of central.
    /// With the version of the list as reason.
    case rosterStored = "roster-stored"
    case cardRootsStored = "card-roots-stored"
    /// An answer told that the certificate of some card had been revoked.
    case certificateRevoked = "certificate-revoked"
    // Officers.
    /// With the way as reason: `card` or `passphrase`.
    case officerLoggedIn = "officer-logged-in"
    case officerLoggedOut = "officer-logged-out"
    /// With the code of why as reason; without an officer where the card is not on the list.
    case loginRefused = "login-refused"
    /// An officer's own, that may stand in for the card.
    case passphraseSet = "passphrase-set"
    // Keys of the kit.
    case keyRotated = "key-rotated"
    /// The one that opens the kit.
    case passphraseChanged = "passphrase-changed"
    /// Other cards than before open the kit; the reason says how many.
    case cardsChanged = "cards-changed"
    /// The keys were destroyed on purpose.
    case erased
    /// The data folder was found to be an older copy of itself; with `central` or `machine`, who told, as reason.
    case rolledBack = "rolled-back"
    /// A technician took the older copy for the kit; with the number after which its manifests go on as reason.
    case rollbackAccepted = "rollback-accepted"
    // Time.
    /// The wall clock was set; by how many whole seconds as reason, with its sign.
    case clockJumped = "clock-jumped"
    /// With the code of why as reason when something was still open.
    case dayClosed = "day-closed"
}
