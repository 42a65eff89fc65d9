import EnrolmentCore
import EnrolmentFlow
import StationUI

extension StationBench {
    /// A whole enrolment by keys; the devices answer well. It stops as soon as `goal` is the step.
    mutating func enrol(until goal: EnrolmentStep) {
        press("enter")
        while let machine, machine.step != goal, !machine.step.isFinal {
            let before = machine
            advance(machine)
            guard self.machine != before else { return }
        }
    }

    /// One key, and the answer to what it asked for.
    private mutating func advance(_ machine: EnrolmentMachine) {
        press(machine.step == .review ? "f9" : "enter")
        switch running {
        case .readCard:
            answer(.cardRead(Specimen.card(of: machine.record.planned.citizen), Specimen.proof()))
            tell(.picture(.card, Specimen.face(background: 250)))
        case .takePortrait:
            answer(.portraitTaken(Specimen.portrait))
            tell(.picture(.portrait, Specimen.face(background: 235)))
        case .takeFinger(let position, let attempt):
            answer(.fingerTaken(Specimen.finger(position, attempt: attempt)))
        case .takeSignature: answer(.signatureTaken(Specimen.signature))
        case .seal: if let packet = Specimen.packet { answer(.sealed(packet)) }
        default: break
        }
    }
}
