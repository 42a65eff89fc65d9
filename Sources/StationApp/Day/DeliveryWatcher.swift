import EnrolmentCore
import EnrolmentFlow
import Foundation

/// Shows a played delivery, and tells what was captured once its draft is on disk.
actor DeliveryWatcher {
    private let id: CaseID
    private let report: DayReport
    private let stage: any DayStage
    private var told: Set<EnrolmentPart> = []

    init(_ id: CaseID, report: DayReport, stage: any DayStage) {
        self.id = id
        self.report = report
        self.stage = stage
    }

    func see(_ update: DeliverySession.Update) async {
        await stage.tell(update)
        guard case .state(let machine) = update, machine.activity != .saving, machine.activity != .unsaved else {
            return
        }
        let record = machine.record
        tell(.card, record.newCard?.photo)
        tell(.photo, record.portrait?.jpeg)
        if case .signed? = record.receipt?.signature { tell(.signature, []) }
    }

    /// - Parameter sample: nil while it was not taken.
    private func tell(_ part: EnrolmentPart, _ sample: [UInt8]?) {
        guard let sample, told.insert(part).inserted else { return }
        report.tell(
            .captured(id, part, fragments: PlaintextScan.fragments(of: sample, count: 32).map { Data($0) }))
    }
}
