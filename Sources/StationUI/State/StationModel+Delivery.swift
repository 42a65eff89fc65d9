import EnrolmentCore
import EnrolmentFlow

extension StationModel {
    /// The case on the screen, whatever is done for it.
    var openCase: (id: CaseID, visit: VisitID)? {
        if let record = enrolment?.record { return (record.planned.id, record.visitID) }
        return delivery.map { ($0.record.planned.id, $0.record.visitID) }
    }

    mutating func show(_ machine: DeliveryMachine?) {
        if let machine, machine.record.planned.id == leftCase { return }
        let before = delivery
        delivery = machine
        guard let machine else {
            if let before, before.step.isFinal {
                selectNext(after: before.record.planned.id, in: before.record.visitID)
            }
            forgetCase()
            return
        }
        place = .delivery
        if before?.step != machine.step { deliveryStepChanged() }
        if before?.activity != machine.activity { deliveryActivityChanged(machine) }
        guard machine.notice != before?.notice else { return }
        switch machine.notice {
        case .failure(let report): prompt = .failure(report)
        case .refused(.numberDiffers):
            // The machine wants a reason for exactly this document.
            if let offered = offeredDocument { prompt = .choice(.deviation(of: offered)) }
        default: break
        }
    }

    private mutating func deliveryStepChanged() {
        if case .failure? = prompt {} else { prompt = nil }
        offeredDocument = nil
        selectedPart = 0
        leaveTurned()
    }

    private mutating func deliveryActivityChanged(_ machine: DeliveryMachine) {
        if machine.activity == .working { capture = CaptureView() }
        if machine.activity == .working, machine.step == .card { cardPhoto = nil }
        if machine.activity != .working { capture.preview = nil }
    }
}
