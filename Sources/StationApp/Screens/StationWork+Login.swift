import EnrolmentCore
import StationUI

/// The officer's login, as the screens ask for it.
extension StationWork {
    /// - Returns: what the screens are to be told at once; the rest comes through the inputs.
    func login(_ wish: LoginWish) async -> [StationEvent] {
        switch doorkeeper {
        case .officers(let desk): await desk.take(wish)
        case .kit(let desk): await desk.take(wish)
        case .nobody: return [.login(.refused(FailureReport(.login(.rosterExpired), kept: .draft)))]
        }
        return []
    }

    /// Takes who is let in: what is begun from now on bears their number.
    mutating func admit(_ session: LoginSession) { station.officer = session.officer }

    /// The officer who may open a case now.
    ///
    /// - Throws: `login.needed`, `login.notOnRoster` or `login.rosterExpired`: a synchronisation may have brought
    ///   a list without them since they logged in.
    func officer() async throws(FailureReport) -> Officer {
        guard case .officers(let desk) = doorkeeper else { return station.officer }
        let standing = try await desk.lists.roster(at: station.clock.now())
        return try OfficerGate.officer(await desk.session, claiming: station.officer.id, by: standing)
    }
}
