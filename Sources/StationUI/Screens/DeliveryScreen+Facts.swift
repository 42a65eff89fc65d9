import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// What is known so far, as far as the step is about it.
    func deliveryFacts(_ machine: DeliveryMachine) -> [any Widget] {
        switch machine.step {
        case .card: expectedFacts(machine)
        case .person: newCardFacts(machine)
        case .pin, .certificates: keyFacts(machine)
        case .replaced: [Facts([Facts.Fact(catalogue[.factExpected], words(for: machine.record.expected.replaces))])]
        case .receipt: [Facts([Facts.Fact(catalogue[.factSigner], words(for: machine.draft.signer))])]
        case .review, .sealing: [deliveryParts(machine)]
        case .stored, .stopped: []
        }
    }

    private func expectedFacts(_ machine: DeliveryMachine) -> [any Widget] {
        let record = machine.record
        var facts = [
            Facts.Fact(catalogue[.factPlanned], name(record.planned.citizen)),
            Facts.Fact(catalogue[.factNationalNumber], record.planned.citizen.nationalNumber.formatted),
            Facts.Fact(catalogue[.factCardNumber], record.expected.cardNumber.formatted),
        ]
        if let refused = record.refusedCards.last {
            facts.append(
                Facts.Fact(
                    catalogue[.factRefused],
                    refused.findings.first.map { catalogue[.finding($0)] } ?? refused.cardNumber.formatted,
                    style: Style(.warning)))
        }
        var parts: [any Widget] = [Facts(facts)]
        if let file = capture.file, machine.activity == .working {
            parts.append(
                ProgressBar(done: Int64(file.index), total: Int64(file.count), label: catalogue[.cardProgress]))
        }
        if machine.activity == .working { parts += cardSoFar }
        return parts
    }

    private func newCardFacts(_ machine: DeliveryMachine) -> [any Widget] {
        guard let card = machine.record.newCard, machine.activity != .working else { return [] }
        let identity = card.identity
        let validity = [identity.validFrom, identity.validUntil].map { $0.map { catalogue.shortDay($0) } ?? "—" }
        let facts = Facts([
            Facts.Fact(catalogue[.factName], "\(identity.surname), \(identity.givenNames)", style: .bold),
            Facts.Fact(catalogue[.factNationalNumber], identity.nationalNumber.formatted),
            Facts.Fact(catalogue[.factCardNumber], identity.cardNumber.formatted),
            Facts.Fact(catalogue[.factValid], validity.joined(separator: " – ")),
            verdictFact(machine.record.newCardProof),
        ])
        guard !machine.findings.isEmpty else { return [facts] }
        return [
            Stack(machine.findings.map { TextBlock("! \(catalogue[.finding($0)])", style: $0.weight.style) }), facts,
        ]
    }

    private func keyFacts(_ machine: DeliveryMachine) -> [any Widget] {
        var parts: [any Widget] = []
        if let state = machine.pinState {
            parts.append(state.isBlocked ? TextBlock(catalogue[.unblocking(state.unblocking)]) : catalogue.tries(state))
        }
        guard machine.step == .certificates else { return parts }
        let facts = CardHolderKey.allCases.compactMap { key in
            machine.record.certificates[key].map { Facts.Fact(catalogue[.holderKey(key)], words(for: $0)) }
        }
        return parts + (facts.isEmpty ? [] : [Facts(facts)])
    }

    private func deliveryParts(_ machine: DeliveryMachine) -> Table {
        let record = machine.record
        let rows = DeliveryPart.allCases.map { part in
            let isMissing = record.missing.contains(part)
            return Table.Row(
                [isMissing ? "✗" : "✓", catalogue[.deliveryPart(part)], summary(of: part, record)],
                style: isMissing ? Style(.danger, .bold) : .plain)
        }
        return Table(
            columns: [Table.Column("", .fixed(1)), Table.Column("", .fixed(12)), Table.Column("", .share(1))],
            rows: rows, selected: machine.step == .review ? selectedPart : nil)
    }

    private func summary(of part: DeliveryPart, _ record: DeliveryRecord) -> String {
        let missing = catalogue[.summaryMissing]
        switch part {
        case .card: return record.newCard?.identity.cardNumber.formatted ?? missing
        case .person:
            guard let identity = record.identity else { return missing }
            return catalogue[identity.basis == .face ? .summaryFace : .summaryChildAbsent]
        case .pin:
            switch record.pin {
            case .changed: return catalogue[.summaryPINChanged]
            case .kept: return catalogue[.summaryPINKept]
            case .notGiven(let absence): return catalogue[.pinAbsence(absence)]
            case .notApplicable: return catalogue[.summaryPINNone]
            case nil: return missing
            }
        case .certificates:
            let outcomes = CardHolderKey.allCases.compactMap { record.certificates[$0] }
            return outcomes.isEmpty ? missing : outcomes.map { words(for: $0) }.uniqued().joined(separator: ", ")
        case .replaced:
            switch record.replaced {
            case .nothingExpected: return words(for: ReplacedDocument.nothing)
            case .takenIn(let document, _): return words(for: document)
            case .missing(let absence): return catalogue[.documentAbsence(absence)]
            case nil: return missing
            }
        case .receipt:
            switch record.receipt?.signature {
            case .signed: return catalogue[.summarySigned]
            case .exempt(let reason): return catalogue.text(.summaryExempt, catalogue[.signatureExemption(reason)])
            case nil: return missing
            }
        }
    }

    private func words(for outcome: CertificateOutcome) -> String {
        switch outcome {
        case .tried(let trial): catalogue[.holderVerdict(trial.verdict)]
        case .notTried(let absence): catalogue[.certificateAbsence(absence)]
        }
    }

    private func words(for document: ReplacedDocument) -> String {
        switch document {
        case .nothing: catalogue[.replacedNothing]
        case .card(let number): catalogue.text(.replacedCardText, number.formatted)
        case .annex12(let number): catalogue.text(.replacedAnnexText, number)
        }
    }

    private func words(for signer: DeliverySigner) -> String {
        switch signer {
        case .citizen: catalogue[.signerCitizen]
        case .representative(let role): catalogue[.role(role)]
        }
    }
}

extension DeliveryFinding.Weight {
    var style: Style {
        switch self {
        case .stops: Style(.danger, .bold)
        case .needsConsent: Style(.warning)
        case .shown: .muted
        }
    }
}

extension [String] {
    /// Without what came before, in order.
    func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
