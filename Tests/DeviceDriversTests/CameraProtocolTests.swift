import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("The portrait's protocol")
struct CameraProtocolTests {
    private static let next = [PortraitProtocol.Effect.next(within: .milliseconds(250))]

    private func running(_ trigger: PortraitTrigger = .shutter) -> PortraitProtocol {
        var session = PortraitProtocol(trigger, within: .seconds(60))
        #expect(session.handle(.begin, at: .zero) == [.start])
        #expect(session.handle(.started, at: .zero) == Self.next)
        return session
    }

    private func failure(_ problem: DeviceError.Problem, _ detail: String = "") -> [PortraitProtocol.Effect] {
        [.end(.failed(DeviceError(.camera, problem, detail)))]
    }

    @Test("Frames are shown a dozen times a second and otherwise let go")
    func previews() {
        var session = running()
        #expect(session.handle(.frame, at: .milliseconds(33)) == [.show])
        #expect(session.handle(.shown, at: .milliseconds(40)) == Self.next)
        #expect(session.handle(.frame, at: .milliseconds(66)) == Self.next)
        #expect(session.handle(.frame, at: .milliseconds(112)) == Self.next)
        #expect(session.handle(.frame, at: .milliseconds(113)) == [.show])
    }

    @Test("The first frame after the shutter is kept; a damaged one gives way to the next")
    func shutter() {
        var session = running()
        #expect(session.handle(.shutter, at: .zero).isEmpty)
        #expect(session.handle(.quiet, at: .milliseconds(250)) == Self.next)
        #expect(session.handle(.frame, at: .milliseconds(300)) == [.keep])
        #expect(session.handle(.unreadable, at: .milliseconds(310)) == Self.next)
        #expect(session.handle(.frame, at: .milliseconds(333)) == [.keep])
        #expect(session.handle(.kept, at: .milliseconds(340)) == [.end(.taken)])
    }

    @Test("A whole picture between damaged ones starts their count again")
    func damagedInARow() {
        var session = running()
        for round in 0..<3 {
            for _ in 0..<30 { #expect(session.handle(.unreadable, at: .seconds(round)) == Self.next) }
            #expect(session.handle(.shown, at: .seconds(round)) == Self.next)
        }
        for _ in 0..<30 { #expect(session.handle(.unreadable, at: .seconds(4)) == Self.next) }
        #expect(session.handle(.unreadable, at: .seconds(4)) == failure(.unreadable, "no whole picture"))
    }

    @Test("A picture file is kept at once, or refused at once")
    func pictureFile() {
        var session = running(.pictureFile)
        #expect(session.handle(.frame, at: .zero) == [.keep])
        #expect(session.handle(.unreadable, at: .zero) == failure(.unreadable, "no whole picture"))
    }

    @Test("Five seconds without a frame, and a minute without the shutter, end it")
    func timeOuts() {
        var silent = running()
        #expect(silent.handle(.frame, at: .seconds(1)) == [.show])
        #expect(silent.handle(.quiet, at: .milliseconds(5999)) == Self.next)
        #expect(silent.handle(.quiet, at: .seconds(6)) == failure(.timedOut, "no frames"))
        var idle = running()
        #expect(idle.handle(.shown, at: .milliseconds(59_999)) == Self.next)
        #expect(idle.handle(.shown, at: .seconds(60)) == failure(.timedOut, "no shutter"))
    }

    @Test("Cancelling is heeded at the next event, whatever that is")
    func cancelled() {
        for event in [PortraitProtocol.Event.frame, .quiet, .shown, .unreadable, .failed(TransportError(.cancelled))] {
            var session = running()
            #expect(session.handle(.cancelled, at: .zero).isEmpty)
            #expect(session.handle(event, at: .zero) == failure(.cancelled))
        }
    }

    @Test("Before the beginning and after the end nothing does anything")
    func outOfPlace() {
        let events: [PortraitProtocol.Event] = [
            .started, .frame, .quiet, .shown, .kept, .unreadable, .shutter, .cancelled,
            .failed(TransportError(.stalled)),
        ]
        var fresh = PortraitProtocol(.shutter, within: .seconds(1))
        for event in events { #expect(fresh.handle(event, at: .zero).isEmpty) }
        var done = running()
        #expect(done.handle(.failed(TransportError(.unplugged, "x")), at: .zero) == failure(.unplugged, "x"))
        for event in events + [.begin] { #expect(done.handle(event, at: .zero).isEmpty) }
    }
}
