import EnrolmentCore
import Testing

@testable import StationApp

@Suite("PreviewGate")
struct PreviewGateTests {
    private let picture = CaseSession.Update.enrolment(
        .progress(.finger(FingerPreview(image: GrayImage(width: 1, height: 1, pixels: [0]), score: 1, hints: []))))
    private let lift = CaseSession.Update.delivery(.progress(.liftFinger))

    @Test("A second live picture is skipped until the first is on the screen")
    func oneAtATime() {
        let gate = PreviewGate()
        #expect(gate.admits(picture))
        #expect(!gate.admits(picture))
        gate.shown(picture)
        #expect(gate.admits(picture))
    }

    @Test("Everything else passes, and frees no place")
    func others() {
        let gate = PreviewGate()
        #expect(gate.admits(picture))
        #expect(gate.admits(lift) && gate.admits(lift))
        gate.shown(lift)
        #expect(!gate.admits(picture))
    }
}
