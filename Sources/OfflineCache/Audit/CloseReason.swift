/// Why a day is closed although something is still open, from a list so that the journal holds no free text.
package enum CloseReason: String, CaseIterable, Sendable, Codable {
    /// A visit, or the sending, goes on another day.
    case goesOnTomorrow = "goes-on-tomorrow"
    /// There was no network to send by.
    case noNetwork = "no-network"
    /// The office knows about it and looks into it.
    case officeKnows = "office-knows"
}
