import EnrolmentCore
import EnrolmentFlow
import StationUI
import TerminalKit

/// The app without devices and disk for one delivery: saves are answered at once, and what devices and the
/// card are asked for waits for the test's answer.
struct DeliveryBench {
    var model: StationModel
    private(set) var machine: DeliveryMachine
    /// All effects of the screens so far.
    private(set) var effects: [StationEffect] = []
    /// What a device, the card or the sealer was asked for last.
    private(set) var running: DeliveryEffect?
    private(set) var entries: [SecretBytes] = []

    static let visit = Visit(
        id: VisitID("v-3"), plannedFor: Specimen.today, place: .home, address: Specimen.visits[0].address,
        eligibility: Specimen.visits[0].eligibility, cases: [planned])

    static let planned = PlannedCase(
        id: CaseID("c-9"), citizen: Specimen.peeters, applyingFor: .eID,
        delivery: ExpectedCard(
            cardNumber: Specimen.card(of: Specimen.peeters).identity.cardNumber, validFrom: Specimen.day(2017, 1, 9),
            validUntil: Specimen.day(2027, 1, 9), readySince: Specimen.day(2026, 11, 2),
            replaces: .card(CardNumber("592100000148"))))

    init(catalogue: Catalogue = Catalogue()) throws {
        model = StationModel(kit: Specimen.kit, catalogue: catalogue, pictures: .shades)
        guard
            let record = DeliveryRecord(
                visit: Self.visit, planned: Self.planned, officer: Officer(id: OfficerID("A12")), kit: Specimen.kit,
                startedAt: Specimen.morning)
        else { throw NoDelivery() }
        machine = DeliveryMachine(record: record, today: Specimen.today)
        tell(.clock(Specimen.morning, offset: Specimen.offset))
        tell(.visits([VisitMachine(visit: Self.visit)]))
        tell(.delivery(machine))
    }

    struct NoDelivery: Error {}

    mutating func press(_ keys: Key...) { for key in keys { perform(model.handle(.key(key))) } }

    mutating func type(_ digits: String) { for digit in digits { press(Key(String(digit))) } }

    mutating func tell(_ event: StationEvent) { perform(model.handle(event)) }

    /// Feeds an outcome to the delivery.
    mutating func answer(_ event: DeliveryEvent) { feed(event) }

    func screen(_ columns: Int, _ rows: Int) -> CellBuffer {
        var buffer = CellBuffer(Size(columns: columns, rows: rows))
        model.draw(into: &buffer)
        return buffer
    }

    var text: String { screen(132, 43).rows.joined(separator: " ") }

    private mutating func perform(_ wanted: [StationEffect]) {
        effects += wanted
        for effect in wanted {
            switch effect {
            case .delivery(let event): feed(event)
            case .wantPINs(let count):
                entries = (0..<count).compactMap { _ in try? SecretBytes() }
                tell(.pinEntries(entries))
            default: break
            }
        }
    }

    private mutating func feed(_ event: DeliveryEvent) {
        let wanted = machine.handle(event, at: Specimen.morning)
        tell(.delivery(machine))
        for effect in wanted {
            if case .saveDraft(let draft) = effect {
                feed(.draftSaved(revision: draft.revision))
            } else {
                running = effect
            }
        }
    }
}

extension DeliveryBench {
    /// Through all steps by keys, with answers that are well, until `goal` is the step.
    mutating func deliver(until goal: DeliveryStep) {
        while machine.step != goal, !machine.step.isFinal {
            let before = machine
            advance()
            guard machine != before else { return }
        }
    }

    private mutating func advance() {
        switch machine.step {
        case .card:
            press("enter")
            answer(.cardRead(Self.newCard, Specimen.proof()))
            tell(.picture(.card, Specimen.face(background: 250)))
        case .person: press("enter")
        case .pin:
            press("enter")
            answer(.pinStateKnown(.done(CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: false))))
            press("f5")
        case .certificates:
            guard let key = machine.record.unsettledKeys.first else { return }
            if machine.pinState == nil {
                answer(.pinStateKnown(.done(CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: false))))
            }
            press("enter")
            type("1234")
            press("enter")
            answer(.certificateTried(key, .done(Self.trial(key, .proven))))
        case .replaced: press("enter")
        case .receipt:
            press("enter")
            answer(.signatureTaken(Specimen.signature))
            press("enter")
        case .review:
            press("f9")
            if let packet = Specimen.packet { answer(.sealed(packet)) }
        case .sealing, .stored, .stopped: break
        }
    }

    static func trial(_ key: CardHolderKey, _ verdict: HolderVerdict) -> CertificateTrial {
        CertificateTrial(
            key: key, statement: "trial", hash: .sha384, signature: CardSignature(bytes: [1], isEllipticCurve: true),
            verdict: verdict, triedAt: Specimen.morning)
    }

    static let newCard: CardReading = {
        let card = Specimen.card(of: Specimen.peeters)
        return CardReading(
            files: [.photo: [0xFF, 0xD8], .authenticationCertificate: [0x30], .signatureCertificate: [0x30]],
            chipNumber: card.chipNumber, appletVersion: 0x18, atr: [], identity: card.identity, address: card.address,
            readAt: card.readAt)
    }()
}
