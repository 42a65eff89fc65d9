import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// The keys of a delivery: what its step offers, then what every step has.
    func deliveryBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        if machine.step.isFinal { return endBindings }
        if machine.activity == .unsaved {
            return [
                KeyBinding("enter", cap: "Enter", .keySaveAgain, .effect(.delivery(.begin))),
                KeyBinding("escape", cap: "Esc", .keyHome, .effect(.leaveCase), unless: .reasonUnsaved),
                KeyBinding("f8", cap: "F8", .keyStop, .ask(.stopDelivery)),
            ]
        }
        return stepBindings(machine) + leaving(machine)
    }

    private func stepBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        switch machine.step {
        case .card:
            [KeyBinding("enter", cap: "Enter", .keyReadCard, .effect(.delivery(.begin)), unless: busy(machine))]
        case .person: personBindings(machine)
        case .pin: pinBindings(machine)
        case .certificates: certificateBindings(machine)
        case .replaced: replacedBindings(machine)
        case .receipt: receiptBindings(machine)
        case .review, .sealing: reviewBindings(machine)
        case .stored, .stopped: []
        }
    }

    private func leaving(_ machine: DeliveryMachine) -> [KeyBinding] {
        let busy = busy(machine)
        if machine.activity == .working, machine.step != .sealing {
            return [
                KeyBinding("escape", cap: "Esc", .keyCancel, .effect(.delivery(.cancel))),
                KeyBinding("f8", cap: "F8", .keyStop, .ask(.stopDelivery), unless: .reasonCaptureRuns, isShown: false),
            ]
        }
        return [
            KeyBinding("escape", cap: "Esc", .keyPause, .effect(.leaveCase), unless: busy),
            KeyBinding("f8", cap: "F8", .keyStop, .ask(.stopDelivery), unless: busy),
        ]
    }

    /// Why nothing can be asked for now; nil when it is the officer's turn.
    private func busy(_ machine: DeliveryMachine) -> UIText? {
        switch machine.activity {
        case .idle, .reviewing: nil
        case .working: machine.step == .sealing ? .reasonSealing : .reasonCaptureRuns
        case .saving: .reasonSaving
        case .unsaved: .reasonUnsaved
        }
    }

    private func personBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        if machine.activity == .working {
            return [KeyBinding("enter", "space", cap: "Enter", .keyShutter, .effect(.shutter))]
        }
        let busy = busy(machine)
        let stops = machine.findings.contains { $0.weight == .stops }
        let seen = machine.findingsToSee
        var keys = [
            KeyBinding(
                "enter", cap: "Enter", .keyConfirmPerson,
                seen.isEmpty ? .effect(.delivery(.confirmPerson(.face, despite: []))) : .ask(.consent(.face, to: seen)),
                unless: busy ?? (stops ? .reasonCardNotExpected : nil)),
            KeyBinding("f3", cap: "F3", .keyLivePhoto, .effect(.delivery(.takePortrait)), unless: busy),
            KeyBinding("f4", cap: "F4", .keyRefuseCard, .ask(.refuseCard), unless: busy),
        ]
        if machine.record.isForChild {
            keys.append(
                KeyBinding(
                    "f5", cap: "F5", .keyChildAbsent, .ask(.consent(.childNotPresent, to: seen)),
                    unless: busy ?? (stops ? .reasonCardNotExpected : nil)))
        }
        return keys
    }

    private func pinBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        let busy = busy(machine)
        guard let state = machine.pinState else {
            return [
                KeyBinding("enter", cap: "Enter", .keyAskPIN, .effect(.delivery(.begin)), unless: busy),
                KeyBinding("f7", cap: "F7", .keyNoPIN, .ask(.leavePIN), unless: busy, isShown: false),
            ]
        }
        let blocked: UIText? = state.isBlocked ? .reasonPINBlocked : nil
        var keys = [
            KeyBinding("enter", cap: "Enter", .keyChangePIN, .turnScreen(.change), unless: busy ?? blocked),
            KeyBinding("f5", cap: "F5", .keyKeepPIN, .effect(.delivery(.keepPIN)), unless: busy ?? blocked),
            KeyBinding("f7", cap: "F7", .keyNoPIN, .ask(.leavePIN), unless: busy),
        ]
        if state.hasPinpad {
            keys.insert(
                KeyBinding(
                    "f6", cap: "F6", .keyPinpad, .effect(.delivery(.changePIN(from: .pinpad, to: .pinpad))),
                    unless: busy ?? blocked), at: 1)
        }
        return keys
    }

    private func certificateBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        let busy = busy(machine)
        guard let (key, isOnCard) = machine.nextCertificate else { return [] }
        let leave = KeyBinding("f7", cap: "F7", .keyNoTrial, .ask(.leaveCertificate(key)), unless: busy)
        guard let state = machine.pinState else {
            return [KeyBinding("enter", cap: "Enter", .keyAskPIN, .effect(.delivery(.begin)), unless: busy), leave]
        }
        let blocked: UIText? =
            state.isBlocked ? .reasonPINBlocked : isOnCard ? nil : .reasonNotOnCard
        var keys = [
            KeyBinding(
                "enter", cap: "Enter", .keyTryCertificate, .turnScreen(.tryCertificate(key)), unless: busy ?? blocked),
            leave,
            KeyBinding("f4", cap: "F4", .keyPINAgain, .effect(.delivery(.revisit(.pin))), unless: busy),
        ]
        if state.hasPinpad {
            keys.insert(
                KeyBinding(
                    "f6", cap: "F6", .keyPinpad, .effect(.delivery(.tryCertificate(key, .pinpad))),
                    unless: busy ?? blocked), at: 1)
        }
        return keys
    }

    private func replacedBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        let busy = busy(machine)
        return [
            KeyBinding(
                "enter", cap: "Enter", .keyTakeIn, .effect(.delivery(.takeIn(machine.record.expected.replaces, nil))),
                unless: busy),
            KeyBinding("f3", cap: "F3", .keyOtherNumber, .ask(.otherDocument), unless: busy),
            KeyBinding("f7", cap: "F7", .keyNotThere, .ask(.nothingToTakeIn), unless: busy),
        ]
    }

    private func receiptBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        let busy = busy(machine)
        let exempt = KeyBinding("f3", cap: "F3", .keyExempt, .ask(.exemptReceipt), unless: busy)
        switch machine.activity {
        case .working: return [KeyBinding("enter", cap: "Enter", .keyFinishSignature, .effect(.finishSignature))]
        case .reviewing:
            return [
                KeyBinding("enter", cap: "Enter", .keyKeep, .effect(.delivery(.keep))),
                KeyBinding("f4", cap: "F4", .keyRetake, .effect(.delivery(.retake))), exempt,
            ]
        case .idle, .saving, .unsaved:
            let signer = KeyBinding("f6", cap: "F6", .keySigner, .ask(.signer), unless: busy)
            let old = KeyBinding("f9", cap: "F9", .keyKeepOld, .effect(.delivery(.keep)), unless: busy)
            return [
                KeyBinding("enter", cap: "Enter", .keySign, .effect(.delivery(.begin)), unless: busy), exempt, signer,
            ]
                + (machine.record.receipt == nil ? [] : [old])
        }
    }

    private func reviewBindings(_ machine: DeliveryMachine) -> [KeyBinding] {
        let busy = busy(machine)
        return movement + [
            KeyBinding(
                "f9", cap: "F9", .keySeal, .effect(.delivery(.begin)),
                unless: busy ?? (machine.record.missing.isEmpty ? nil : .reasonPartsMissing)),
            KeyBinding("f4", cap: "F4", .keyRevisit, .revisitSelected, unless: busy),
            KeyBinding("enter", cap: "Enter", .keySeal, .help, unless: busy ?? .reasonSealWithF9, isShown: false),
        ]
    }
}

extension ChoicePrompt {
    private static func delivery<Value: Sendable>(
        _ title: UIText, text: UIText? = nil, _ values: [Value], _ label: (Value) -> Phrase,
        _ event: (Value) -> DeliveryEvent
    ) -> ChoicePrompt {
        ChoicePrompt(
            title, text: text,
            values.map { Option(label: label($0), answer: .effect(.delivery(event($0)))) })
    }

    static let stopDelivery = ChoicePrompt(
        .stopDeliveryTitle, text: .stopDeliveryText,
        [Option(label: .ui(.stopNo), answer: .nothing)]
            + DeliveryStopReason.allCases.map {
                Option(label: .deliveryStop($0), answer: .effect(.delivery(.stop($0))))
            })

    /// The officer says to have seen what was found.
    static func consent(_ basis: IdentityBasis, to seen: Set<DeliveryFinding>) -> ChoicePrompt {
        ChoicePrompt(
            basis == .face ? .consentTitle : .childAbsentTitle, text: .consentText,
            [
                Option(label: .ui(.consentNo), answer: .nothing),
                Option(label: .ui(.consentYes), answer: .effect(.delivery(.confirmPerson(basis, despite: seen)))),
            ])
    }

    static let refuseCard = ChoicePrompt(
        .refuseCardTitle, text: .refuseCardText,
        [
            Option(label: .ui(.refuseFace), answer: .effect(.delivery(.refuseCard(faceDiffers: true)))),
            Option(label: .ui(.refuseOther), answer: .effect(.delivery(.refuseCard(faceDiffers: false)))),
        ])

    static let leavePIN = delivery(.leavePINTitle, PINAbsence.allCases, { .pinAbsence($0) }, { .leavePIN($0) })

    static func leaveCertificate(_ key: CardHolderKey) -> ChoicePrompt {
        delivery(
            .leaveTrialTitle, CertificateAbsence.allCases, { .certificateAbsence($0) }, { .leaveCertificate(key, $0) })
    }

    static let otherDocument = ChoicePrompt(
        .otherDocumentTitle,
        [
            Option(label: .ui(.otherDocumentCard), answer: .ask(TextPrompt(subject: .replacedCard))),
            Option(label: .ui(.otherDocumentAnnex), answer: .ask(TextPrompt(subject: .replacedAnnex))),
        ])

    static let nothingToTakeIn = delivery(
        .notThereTitle, DocumentAbsence.allCases, { .documentAbsence($0) }, { .nothingToTakeIn($0) })

    static func deviation(of document: ReplacedDocument) -> ChoicePrompt {
        delivery(
            .deviationTitle, text: .deviationText, NumberDeviation.allCases, { .numberDeviation($0) },
            { .takeIn(document, $0) })
    }

    static let exemptReceipt = delivery(
        .exemptTitle, text: .exemptReceiptText, SignatureExemption.allCases, { .signatureExemption($0) },
        { .exemptSignature($0) })

    static let signer = ChoicePrompt(
        .signerTitle,
        [Option(label: .ui(.signerCitizen), answer: .effect(.delivery(.signBy(.citizen))))]
            + PresentPerson.Role.allCases.filter { PresentPerson(role: $0, name: "").representsApplicant }.map {
                Option(label: .role($0), answer: .effect(.delivery(.signBy(.representative($0)))))
            })
}
