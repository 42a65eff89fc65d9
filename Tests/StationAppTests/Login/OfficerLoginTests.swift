import EnrolmentCore
import Testing

@testable import StationApp

@Suite("The login as a machine")
struct OfficerLoginTests {
    private typealias Event = OfficerLogin.Event

    private static let time = Timestamp(milliseconds: 1_795_262_400_000)
    private static let number = NationalNumber("85073003328")
    private static let digest = CardDigest.sha256([UInt8](repeating: 1, count: 32))
    private static let signature = CardSignature(bytes: [1], isEllipticCurve: false)
    private static let state = CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: true)

    private static let roster = OfficerRoster(
        version: 4, kit: KitID("k"), issuedAt: time, validUntil: time,
        officers: [RosterOfficer(id: OfficerID("o-1"), nationalNumber: number)])

    private static let reading = CardReading(
        files: [:], chipNumber: [1, 2], appletVersion: 0x18, atr: [],
        identity: CardIdentity(
            cardNumber: CardNumber("TEST"), validFrom: nil, validUntil: nil, deliveryMunicipality: "",
            nationalNumber: number, surname: "", givenNames: "", thirdNameInitial: "", nationality: "",
            birthPlace: "", birthDateText: "", birthDate: nil, sex: .female, nobleCondition: "",
            documentType: CardDocumentType("1"), specialStatus: "", photoDigest: [], otherFields: [:]),
        address: nil, readAt: time)

    /// One of each, those that lead on among them.
    private static let events: [(name: String, event: Event)] = [
        ("began", .began(.valid(roster))), ("card", .card(reading, certificate(.revocationNotChecked))),
        ("noCard", .noCard(.noCard)), ("pinState", .pinState(.done(state))), ("pin", .pin(.pinpad, digest)),
        ("signed", .signed(.done(signature))), ("checked", .checked(true, at: time)),
        ("deviceFailed", .deviceFailed(DeviceError(.cardReader, .unplugged))), ("cancelled", .cancelled),
    ]

    /// Which events each state takes; all others are late and do nothing.
    private static let taken: [(state: String, events: Set<String>)] = [
        ("idle", ["began"]), ("reading", ["card", "noCard", "deviceFailed", "cancelled"]),
        ("askingState", ["pinState", "deviceFailed", "cancelled"]),
        ("waitingForPIN", ["pin", "deviceFailed", "cancelled"]), ("signing", ["signed", "deviceFailed", "cancelled"]),
        ("checking", ["checked", "deviceFailed", "cancelled"]), ("ended", []),
    ]

    /// The way through, one event a state.
    private static let way = ["began", "card", "pinState", "pin", "signed", "checked"]

    @Test("every pair of state and event: what belongs to the state does something, what is late does nothing")
    func table() {
        for (depth, entry) in Self.taken.enumerated() {
            for (name, event) in Self.events {
                var login = Self.login(after: depth)
                let effects = login.handle(event)
                // A login that is cancelled before a PIN has nothing to clean up; it shows by its end.
                let isTaken = !effects.isEmpty || Self.hasEnded(login) != (entry.state == "ended")
                #expect(isTaken == entry.events.contains(name), "\(entry.state) \(name): \(effects)")
            }
        }
    }

    @Test("after a PIN was asked for, every way out makes the card forget it first")
    func cleaning() {
        for depth in 4...5 {
            for (name, event) in Self.events where ["deviceFailed", "cancelled"].contains(name) {
                var login = Self.login(after: depth)
                guard case .forgetPIN(let chip)? = login.handle(event).first else {
                    Issue.record("\(depth) \(name)")
                    continue
                }
                #expect(chip == [1, 2])
            }
        }
        for event: Event in [.signed(.blocked(.byPUK)), .signed(.otherCard), .signed(.wrongPIN(triesLeft: 0))] {
            var login = Self.login(after: 4)
            let effects = login.handle(event)
            guard case .forgetPIN? = effects.first, case .refuse? = effects.last else {
                Issue.record("\(effects)")
                continue
            }
        }
        for isRight in [true, false] {
            var login = Self.login(after: 5)
            guard case .forgetPIN? = login.handle(.checked(isRight, at: Self.time)).first else {
                Issue.record("\(isRight)")
                continue
            }
        }
    }

    @Test(
        "a certificate that is expired, revoked, unknown or wrong is refused before the PIN is asked for",
        arguments: [HolderVerdict.expired, .revoked, .cannotBeChecked, .wrong])
    func verdicts(verdict: HolderVerdict) {
        var login = Self.login(after: 1)
        guard
            case .refuse(let report, OfficerID("o-1"))? = login.handle(.card(Self.reading, Self.certificate(verdict)))
                .first
        else {
            Issue.record("not refused")
            return
        }
        #expect(report.code == .login(.cardNotProven))
        #expect(report.detail == verdict.rawValue)
    }

    @Test("a certificate of another person than the card's is refused, and names nobody")
    func mixed() {
        for number in [NationalNumber("79021199769"), nil] {
            var login = Self.login(after: 1)
            let certificate = OfficerCertificate(nationalNumber: number, validUntil: nil, verdict: .proven)
            guard case .refuse(let report, nil)? = login.handle(.card(Self.reading, certificate)).first else {
                Issue.record("not refused")
                continue
            }
            #expect(report.code == .login(.cardNotProven))
        }
    }

    @Test("what a person can mend at the PIN asks again; what they cannot ends the login")
    func outcomes() {
        let again: [(CardPINOutcome<CardSignature>, Int?, Bool)] = [
            (.badPIN, 3, false), (.cancelled, 3, false), (.timedOut, 3, false), (.wrongPIN(triesLeft: 1), 1, true),
            (.wrongPIN(triesLeft: nil), nil, true), (.interrupted(triesLeft: 2), 2, false),
        ]
        for (outcome, left, wrong) in again {
            var login = Self.login(after: 4)
            guard case .askPIN(let state, let wrongBefore)? = login.handle(.signed(outcome)).first else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(state.triesLeft == left && wrongBefore == wrong, "\(outcome)")
        }
        let over: [(CardPINOutcome<CardSignature>, FailureCode)] = [
            (.blocked(.byMunicipality), .login(.pinBlocked)), (.interrupted(triesLeft: 0), .login(.pinBlocked)),
            (.notActivated, .person(.cardNotActivated)), (.noKey, .login(.cardNotProven)),
            (.noCard, .person(.noCard)), (.removed, .person(.cardRemoved)), (.otherCard, .person(.cardRemoved)),
            (.newPINsDiffer, .device(.cardReader, .protocolViolation)),
        ]
        for (outcome, code) in over {
            var login = Self.login(after: 4)
            guard case .refuse(let report, _)? = login.handle(.signed(outcome)).last else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(report.code == code, "\(outcome)")
        }
    }

    @Test("a signature that is not the certificate's lets nobody in; the certificate is asked about each time")
    func admission() {
        var wrong = Self.login(after: 5)
        guard case .refuse(let report, _)? = wrong.handle(.checked(false, at: Self.time)).last else {
            Issue.record("let in")
            return
        }
        #expect(report.code == .login(.cardNotProven))
        for verdict in [HolderVerdict.proven, .revocationNotChecked] {
            var login = Self.login(after: 5, verdict)
            guard case .admit(let session, let asking)? = login.handle(.checked(true, at: Self.time)).last else {
                Issue.record("not let in")
                continue
            }
            #expect(session.officer == Officer(id: OfficerID("o-1"), proof: .card))
            #expect(asking.chipNumber == Self.reading.chipNumber)
            #expect(session.revocation == (verdict == .proven ? .notRevoked : .notChecked))
        }
    }

    private static func certificate(_ verdict: HolderVerdict) -> OfficerCertificate {
        OfficerCertificate(nationalNumber: number, validUntil: time, verdict: verdict)
    }

    private static func login(
        after steps: Int, _ verdict: HolderVerdict = .revocationNotChecked
    ) -> OfficerLogin {
        var login = OfficerLogin()
        for name in way.prefix(steps) {
            guard let event = events.first(where: { $0.name == name })?.event else { continue }
            if case .card = event {
                _ = login.handle(.card(reading, certificate(verdict)))
            } else {
                _ = login.handle(event)
            }
        }
        return login
    }

    /// A login that has ended takes nothing any more.
    private static func hasEnded(_ login: OfficerLogin) -> Bool {
        events.allSatisfy { event in
            var copy = login
            return copy.handle(event.event).isEmpty
        }
    }
}
