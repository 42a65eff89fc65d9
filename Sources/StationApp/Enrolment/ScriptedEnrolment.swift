package import EnrolmentCore
import EnrolmentFlow

/// Runs one enrolment to its end with a scripted officer, without screens.
package struct ScriptedEnrolment: Sendable {
    package let session: EnrolmentSession
    package let answers: EnrolmentScript.Answers

    package init(_ session: EnrolmentSession, answers: EnrolmentScript.Answers) {
        self.session = session
        self.answers = answers
    }

    /// - Parameter observe: sees every update before it is acted upon.
    /// - Returns: the packet that the enrolment became.
    /// - Throws: the failure that ended it; the draft is as it was last saved.
    package func run(
        observe: @Sendable (EnrolmentSession.Update) async -> Void = { _ in }
    ) async throws(FailureReport) -> PacketID {
        var officer = ScriptedOfficer(answers)
        for await update in session.updates {
            await observe(update)
            switch update {
            case .progress(.preview): await session.shutter()
            case .progress: break
            case .state(let machine):
                switch officer.decide(machine) {
                case .wait: break
                case .send(let event): await session.send(event)
                case .done:
                    if let packet = machine.packet { return packet }
                    throw FailureReport(.input(.invalidScript), detail: "stopped", kept: .nothingToKeep)
                case .giveUp(let report):
                    await session.close()
                    throw report
                }
            }
        }
        throw FailureReport(.store(.unwritable), detail: "the enrolment was closed", kept: .draft)
    }
}
