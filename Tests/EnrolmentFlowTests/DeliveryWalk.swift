import EnrolmentCore
import Foundation
import Testing

@testable import EnrolmentFlow

/// One thing that happens on the way to a card that is handed over.
enum DeliveryMove {
    case event(DeliveryEvent)
    /// The program dies and comes back with what was last saved.
    case crash
    /// The next save fails.
    case fullDisk
}

/// Goes through one delivery and writes down what is to be seen.
///
/// At every save it checks that what was saved would be gone on with at the same place.
struct DeliveryWalk {
    private(set) var machine: DeliveryMachine
    private(set) var lines: [String] = []
    private(set) var saved: DeliveryDraft
    private(set) var effects: [DeliveryEffect] = []
    private var time: Timestamp
    private var diskIsFull = false
    private var quietEntries = 0

    init(_ machine: DeliveryMachine) {
        self.machine = machine
        saved = machine.draft
        time = machine.record.startedAt
    }

    /// What was done until now is not written down.
    mutating func forgetLines() {
        guard !lines.isEmpty else { return }
        lines = ["    (at the step \(machine.step.rawValue))"]
        quietEntries = machine.record.log.count
    }

    mutating func go(_ move: DeliveryMove) throws {
        switch move {
        case .event(let event): note(Self.words(event), run(event))
        case .fullDisk: diskIsFull = true
        case .crash:
            machine = DeliveryMachine(
                resuming: try Self.rewritten(saved), today: EnrolmentFixtures.today, at: time)
            note("crash, and again", [])
        }
    }

    /// Feeds an event and answers each save.
    private mutating func run(_ event: DeliveryEvent) -> [DeliveryEffect] {
        time = time.advanced(by: .seconds(1))
        var pending = machine.handle(event, at: time)
        var others: [DeliveryEffect] = []
        while !pending.isEmpty {
            let effect = pending.removeFirst()
            switch effect {
            case .saveDraft(let draft):
                if diskIsFull {
                    diskIsFull = false
                    pending += machine.handle(.draftNotSaved(EnrolmentFixtures.diskFull), at: time)
                    continue
                }
                saved = draft
                pending += machine.handle(.draftSaved(revision: draft.revision), at: time)
                checkResumed(draft)
            case .changePIN(_, _, _, let draft):
                others.append(effect)
                if diskIsFull {
                    diskIsFull = false
                    pending += machine.handle(.draftNotSaved(EnrolmentFixtures.diskFull), at: time)
                } else {
                    saved = draft
                }
            default: others.append(effect)
            }
        }
        effects += others
        return others
    }

    private func checkResumed(_ draft: DeliveryDraft) {
        guard let draft = try? Self.rewritten(draft) else {
            Issue.record("the draft cannot be read back")
            return
        }
        let again = DeliveryMachine(resuming: draft, today: EnrolmentFixtures.today, at: time)
        #expect(again.step == machine.step)
        #expect(again.activity == machine.activity)
        #expect(again.record == machine.record)
        #expect(again.findings == machine.findings)
        #expect(again.draft.signer == machine.draft.signer)
        #expect(again.draft.isPINInDoubt == machine.draft.isPINInDoubt)
    }

    static func rewritten(_ draft: DeliveryDraft) throws -> DeliveryDraft {
        try JSONDecoder().decode(DeliveryDraft.self, from: JSONEncoder().encode(draft))
    }
}

/// The words of the table.
extension DeliveryWalk {
    private mutating func note(_ what: String, _ effects: [DeliveryEffect]) {
        let names = effects.map { String(describing: $0).prefix { $0.isLetter } }.map { " → \($0)" }
        let findings =
            machine.step == .person && machine.activity == .idle
            ? machine.findings.filter { $0.weight != .shown }.map(\.rawValue) : []
        let place = machine.step.rawValue + (machine.activity == .idle ? "" : " / \(machine.activity.rawValue)")
        lines.append(
            "    \(what.padding(toLength: max(48, what.count), withPad: " ", startingAt: 0)) \(place)"
                + names.joined() + (findings.isEmpty ? "" : "  {\(findings.joined(separator: ", "))}")
                + (machine.notice.map { "  [\(Self.words($0))]" } ?? ""))
    }

    static func words(_ notice: DeliveryNotice) -> String {
        switch notice {
        case .retry(let retry): retry.rawValue
        case .failure(let report): report.code.text
        case .refused(let refusal): "refused, \(refusal.rawValue)"
        case .pin(let trouble): "pin, " + plain(trouble)
        case .certificate(let key, let verdict): "\(key.rawValue) certificate, \(verdict.rawValue)"
        }
    }

    private static func words(_ event: DeliveryEvent) -> String {
        switch event {
        case .confirmPerson(let basis, let seen):
            "confirm, \(basis.rawValue)" + seen.map(\.rawValue).sorted().map { ", despite \($0)" }.joined()
        case .refuseCard(let differs): differs ? "refuse card, another face" : "refuse card"
        case .changePIN: "change PIN"
        case .leavePIN(let reason): "leave PIN, \(reason.rawValue)"
        case .tryCertificate(let key, _): "try \(key.rawValue)"
        case .leaveCertificate(let key, let reason): "leave \(key.rawValue), \(reason.rawValue)"
        case .takeIn(let document, let deviation):
            "take in \(plain(document))" + (deviation.map { ", \($0.rawValue)" } ?? "")
        case .nothingToTakeIn(let reason): "nothing to take in, \(reason.rawValue)"
        case .signBy(let signer): "signs: \(plain(signer))"
        case .exemptSignature(let reason): "exempt, \(reason.rawValue)"
        case .revisit(let part): "back to \(part.rawValue)"
        case .stop(let reason): "stop, \(reason.rawValue)"
        case .personMustRetry(let retry): "the person: \(retry.rawValue)"
        case .failed(let report): "the machine: \(report.code.text)"
        case .cardRead(_, let proof): "the card: \(proof.verdict.rawValue)"
        case .pinStateKnown(let outcome): "the card: PIN state \(plain(outcome))"
        case .pinChanged(let outcome): "the card: PIN \(plain(outcome))"
        case .certificateTried(let key, let outcome): "the card: \(key.rawValue) \(plain(outcome))"
        default: String("\(event)".prefix { $0 != "(" })
        }
    }

    private static func plain(_ outcome: CardPINOutcome<CardPINState>) -> String {
        if case .done(let state) = outcome { return state.triesLeft.map { "\($0) left" } ?? "unknown" }
        return plain(outcome as Any)
    }

    private static func plain(_ outcome: CardPINOutcome<PINChanged>) -> String {
        outcome == .done(PINChanged()) ? "changed" : plain(outcome as Any)
    }

    private static func plain(_ outcome: CardPINOutcome<CertificateTrial>) -> String {
        if case .done(let trial) = outcome { return trial.verdict.rawValue }
        return plain(outcome as Any)
    }

    /// A value as Swift prints it, without the names of modules and types.
    private static func plain(_ value: Any) -> String {
        "\(value)".replacing(/[A-Z][A-Za-z]+\./, with: "").replacing(/CardNumber\(text: ("[^"]*")\)/) { $0.output.1 }
            .replacing(/Optional\((\w+)\)/) { $0.output.1 }.replacing("triesLeft: ", with: "")
    }

    /// What came of it all.
    var result: [String] {
        machine.record.log.dropFirst(quietEntries).map { "    = \(Self.plain($0.act))" }
    }
}
