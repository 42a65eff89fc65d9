import EnrolmentCore
import Foundation
import Testing

@testable import EnrolmentFlow

/// Every pair of state and event, as a table that people read: `Goldens/delivery-machine.txt`.
@Suite struct DeliveryMachineTableTests {
    typealias Given = DeliveryFixtures

    static let events: [(String, DeliveryEvent)] = [
        ("begin", .begin), ("keep", .keep), ("retake", .retake), ("cancel", .cancel), ("takePortrait", .takePortrait),
        ("confirmPerson", .confirmPerson(.face, despite: [])), ("refuseCard", .refuseCard(faceDiffers: false)),
        ("changePIN", .changePIN(from: .pinpad, to: .pinpad)), ("keepPIN", .keepPIN),
        ("leavePIN", .leavePIN(.codesNotReceived)), ("tryCertificate", .tryCertificate(.authentication, .pinpad)),
        ("leaveCertificate", .leaveCertificate(.authentication, .citizenDeclines)),
        ("takeIn", .takeIn(Given.oldCard, nil)), ("nothingToTakeIn", .nothingToTakeIn(.destroyed)),
        ("signBy", .signBy(.representative(.administrator))), ("exemptSignature", .exemptSignature(.disability)),
        ("revisit", .revisit(.pin)), ("stop", .stop(.citizenUnwell)),
        ("cardRead", .cardRead(Given.card(), Given.proof())),
        ("portraitTaken", .portraitTaken(EnrolmentFixtures.portrait)),
        ("signatureTaken", .signatureTaken(EnrolmentFixtures.signature)),
        ("personMustRetry", .personMustRetry(.noCard)),
        ("failed", .failed(Given.unplugged)), ("pinStateKnown", Given.state()),
        ("pinChanged", .pinChanged(.done(PINChanged()))), ("certificateTried", Given.trial(.authentication)),
        ("draftSaved", .draftSaved(revision: 1)), ("draftNotSaved", .draftNotSaved(EnrolmentFixtures.diskFull)),
        ("sealed", .sealed(EnrolmentFixtures.packetID)), ("notSealed", .notSealed(EnrolmentFixtures.diskFull)),
        ("discarded", .discarded), ("notDiscarded", .notDiscarded(EnrolmentFixtures.diskFull)),
    ]

    @Test("every pair of state and event does what the table says")
    func table() throws {
        var lines: [String] = []
        for step in DeliveryStep.allCases {
            for activity in EnrolmentActivity.allCases where Self.isReachable(step, activity) {
                lines.append("\(step.rawValue) / \(activity.rawValue)")
                lines += Self.events.map { "    \($0.0): \(Self.outcome(step, activity, $0.1))" }
            }
        }
        let text = lines.joined(separator: "\n") + "\n"
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Goldens/delivery-machine.txt")
        if ProcessInfo.processInfo.environment["LOKET_RENEW_GOLDENS"] != nil {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == text)
    }

    /// States that no sequence of events leads to have no line in the table.
    static func isReachable(_ step: DeliveryStep, _ activity: EnrolmentActivity) -> Bool {
        switch step {
        case .card, .person, .pin, .certificates: activity != .reviewing
        case .receipt: true
        case .replaced, .review: activity != .reviewing && activity != .working
        case .sealing: activity == .working
        case .stored, .stopped: activity == .idle
        }
    }

    static func outcome(_ step: DeliveryStep, _ activity: EnrolmentActivity, _ event: DeliveryEvent) -> String {
        var machine = Given.machine()
        machine.draft.step = step
        machine.draft.revision = 1
        machine.activity = activity
        machine.afterSaving = .init(.stay)
        if step != .card { done(before: step, on: &machine) }
        if activity == .reviewing { machine.draft.awaitsReview = true }
        if step == .sealing { machine.beforeEnding = .init(draft: machine.draft, activity: .idle) }
        let before = machine
        let effects = machine.handle(event, at: EnrolmentFixtures.now)
        if machine == before && effects.isEmpty { return "-" }
        if case .refused(let why)? = machine.notice, effects.isEmpty { return "refused, \(why.rawValue)" }
        let names = effects.map { String(describing: $0).prefix { $0.isLetter } }
        let becomes = "\(machine.step.rawValue) / \(machine.activity.rawValue)"
        return ([becomes] + names.map(String.init)).joined(separator: ", ")
    }

    /// What must have been done for a delivery to stand at a step.
    private static func done(before step: DeliveryStep, on machine: inout DeliveryMachine) {
        machine.draft.record.newCard = Given.card()
        machine.draft.record.newCardProof = Given.proof()
        machine.pinState = CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: true)
        if step == .person { return }
        machine.draft.record.identity = IdentityCheck(basis: .face, findings: [], at: EnrolmentFixtures.now)
        if step == .pin { return }
        machine.draft.record.pin = .changed(onPinpad: true)
        if step == .certificates { return }
        for key in CardHolderKey.allCases { machine.draft.record.certificates[key] = .notTried(.citizenDeclines) }
        if step == .replaced { return }
        machine.draft.record.replaced = .takenIn(Given.oldCard, nil)
        if step == .receipt, machine.activity != .reviewing { return }
        machine.draft.record.receipt = DeliveryReceipt(
            signer: .citizen, signature: .signed(EnrolmentFixtures.signature))
    }
}
