package import EnrolmentCore
import EnrolmentFlow

/// Runs one delivery to its end with a scripted officer, without screens.
package struct ScriptedDelivery: Sendable {
    package let session: DeliverySession
    package let answers: DeliveryScript.Answers
    private let pins: ScriptPINs?

    /// How a delivery ended.
    package struct Ending: Hashable, Sendable {
        /// Nil for a card that was handed over.
        package let stopped: DeliveryStopReason?
        /// Nil when there was nothing to tell central.
        package let packet: PacketID?
    }

    package init(_ session: DeliverySession, answers: DeliveryScript.Answers, pins: ScriptPINs? = nil) {
        self.session = session
        self.answers = answers
        self.pins = pins
    }

    /// - Parameter observe: sees every update before it is acted upon.
    /// - Throws: the failure that ended it; the draft is as it was last saved.
    package func run(
        observe: @Sendable (DeliverySession.Update) async -> Void = { _ in }
    ) async throws(FailureReport) -> Ending {
        var officer = ScriptedDeliveryOfficer(answers, pins: pins)
        for await update in session.updates {
            await observe(update)
            switch update {
            case .progress(.preview): await session.shutter()
            case .progress: break
            case .state(let machine):
                switch officer.decide(machine) {
                case .wait: break
                case .send(let event): await session.send(event)
                case .done: return Ending(stopped: machine.stopReason, packet: machine.packet)
                case .giveUp(let report):
                    await session.close()
                    throw report
                }
            }
        }
        throw FailureReport(.store(.unwritable), detail: "the delivery was closed", kept: .draft)
    }
}
