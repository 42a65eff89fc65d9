package import EnrolmentCore

/// Who may take applications and deliver cards on a kit.
///
/// A kit that has a list of officers, or had one, wants a login, in training too. A kit that never had one
/// takes a staff number for what it is: claimed.
package enum OfficerGate: Hashable, Sendable {
    case login
    case claim

    package init(_ standing: RosterStanding) {
        self = if case .none = standing { .claim } else { .login }
    }

    /// - Parameters:
    ///   - session: of the officer who logged in, if one did.
    ///   - claimed: who they say they are; does not count where there is a list.
    /// - Throws: `login.needed`; `login.notOnRoster` when the list does not hold the officer any more;
    ///   `login.rosterExpired` when it has run out since they logged in.
    package static func officer(
        _ session: LoginSession?, claiming claimed: OfficerID, by standing: RosterStanding
    ) throws(FailureReport) -> Officer {
        guard OfficerGate(standing) == .login else { return Officer(id: claimed, proof: .claimed) }
        guard let session else { throw FailureReport(.login(.needed), kept: .draft) }
        guard case .valid(let roster) = standing else {
            throw FailureReport(.login(.rosterExpired), kept: .draft)
        }
        guard session.isHeld(by: standing) else {
            throw FailureReport(.login(.notOnRoster), detail: "version \(roster.version)", kept: .draft)
        }
        return session.officer
    }
}
