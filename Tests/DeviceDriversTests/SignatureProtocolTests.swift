import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// The conversation step by step, against the order that the pad's maker asks for.
@Suite("The pad's protocol")
struct SignatureProtocolTests {
    private static let capability: [UInt8] = [
        9, 0x25, 0x80, 0x17, 0x70, 3, 0xFF, 1, 0x40, 0, 0xC8, 0xC8, 9, 0xEC, 2, 0, 0,
    ]

    /// Answers as a pad that is well, until the conversation asks for ink or ends.
    private func run(
        _ conversation: inout STUProtocol, from effects: [STUProtocol.Effect], at now: Duration = .zero
    ) -> [STUProtocol.Effect] {
        var all = effects
        var index = 0
        while index < all.count {
            let effect = all[index]
            index += 1
            switch effect {
            case .ask(0x03, _): all += conversation.handle(.reply([3, 0, 0, 0, 0]), at: now)
            case .ask(0x08, _): all += conversation.handle(.reply([8] + Array("STU-430".utf8) + [0, 0, 1, 3]), at: now)
            case .ask(0x09, _): all += conversation.handle(.reply(Self.capability), at: now)
            case .ask(0x22, _): all += conversation.handle(.reply([0x22, 21, 0, 16, 0]), at: now)
            case .ask: all += conversation.handle(.failed(TransportError(.stalled)), at: now)
            case .send: all += conversation.handle(.accepted, at: now)
            case .read(let limit) where limit < .milliseconds(100): all += conversation.handle(.quiet, at: now)
            case .read, .progress, .end: break
            }
        }
        return all
    }

    private func inking() -> STUProtocol {
        var conversation = STUProtocol(.sign(limit: .seconds(60), rest: .seconds(3)), serial: "S1")
        _ = run(&conversation, from: conversation.handle(.begin, at: .zero))
        return conversation
    }

    private func sent(_ effects: [STUProtocol.Effect]) -> [[UInt8]] {
        effects.compactMap { if case .send(let report) = $0 { report } else { nil } }
    }

    private static let cleaning: [[UInt8]] = [[0x21, 0], [0x20, 0], [0x32, 0]]
    private static let touch: [UInt8] = [0x01, 0x90, 0x64, 0x10, 0x00, 0x08, 0x01]

    @Test("It asks who the pad is, clears it, switches times on, then inking, and invites")
    func opening() {
        var conversation = STUProtocol(.sign(limit: .seconds(60), rest: .seconds(3)))
        let effects = run(&conversation, from: conversation.handle(.begin, at: .zero))
        let asked = effects.compactMap { if case .ask(let id, _) = $0, id != 0x03 { id } else { nil } }
        #expect(asked == [0x08, 0x0B, 0x09, 0x22])
        #expect(sent(effects) == [[0x21, 0], [0x20, 0], [0x32, 3], [0x21, 1]])
        #expect(effects.suffix(2) == [.progress(.sign), .read(within: .milliseconds(100))])
        #expect(effects.first == .ask(0x03, length: 5))
    }

    @Test("Each command is followed by a question for its result")
    func checked() {
        var conversation = STUProtocol(.sign(limit: .seconds(60), rest: .seconds(3)))
        let effects = run(&conversation, from: conversation.handle(.begin, at: .zero))
        for (effect, next) in zip(effects, effects.dropFirst()) {
            if case .send = effect { #expect(next == .ask(0x03, length: 5)) }
        }
    }

    @Test("A pen that has rested ends it; one that rests on the pad does not")
    func rest() {
        var conversation = inking()
        #expect(conversation.handle(.input(Self.touch), at: .seconds(1)).last == .read(within: .milliseconds(100)))
        // The pen lies still on the pad: reports go on, and so does the capture.
        for tick in 0..<100 {
            let effects = conversation.handle(.input(Self.touch), at: .seconds(1) + .milliseconds(50 * tick))
            #expect(effects.last == .read(within: .milliseconds(100)))
        }
        let lifted = Duration.milliseconds(5950)
        #expect(conversation.handle(.quiet, at: lifted + .milliseconds(2999)).last == .read(within: .milliseconds(100)))
        let effects = run(&conversation, from: conversation.handle(.quiet, at: lifted + .milliseconds(3000)))
        #expect(sent(effects) == Self.cleaning)
        guard case .end(.signed(let strokes, let geometry, let device)) = effects.last else {
            Issue.record("\(effects)")
            return
        }
        #expect(strokes.map(\.count) == [101] && geometry.maximumX == 9600)
        #expect(device == DeviceDescription(product: "STU-430", serial: "S1"))
    }

    @Test("Before any ink nothing rests: it waits until the limit, then asks the person again")
    func noInk() {
        var conversation = inking()
        for second in 1..<60 {
            #expect(conversation.handle(.quiet, at: .seconds(second)) == [.read(within: .milliseconds(100))])
        }
        let effects = run(&conversation, from: conversation.handle(.quiet, at: .seconds(60)))
        #expect(sent(effects) == Self.cleaning)
        #expect(effects.last == .end(.retry(.noInk)))
    }

    @Test("Finish is heeded at the next event, with the stroke under way")
    func finish() {
        var conversation = inking()
        _ = conversation.handle(.input(Self.touch), at: .zero)
        #expect(conversation.handle(.finish, at: .zero).isEmpty)
        let effects = run(&conversation, from: conversation.handle(.input(Self.touch), at: .milliseconds(5)))
        #expect(sent(effects) == Self.cleaning)
        guard case .end(.signed(let strokes, _, _)) = effects.last else {
            Issue.record("\(effects)")
            return
        }
        #expect(strokes.map(\.count) == [2])
    }

    @Test(
        "Every way out of inking cleans the pad, but for one: a pad that has gone",
        arguments: [
            (STUProtocol.Event.failed(TransportError(.inputOutput)), DeviceError.Problem.protocolViolation),
            (.failed(TransportError(.cancelled)), .cancelled),
            (.failed(TransportError(.permissionDenied)), .permissionDenied),
        ])
    func waysOut(event: STUProtocol.Event, problem: DeviceError.Problem) {
        var conversation = inking()
        _ = conversation.handle(.input(Self.touch), at: .zero)
        let effects = run(&conversation, from: conversation.handle(event, at: .milliseconds(5)))
        #expect(sent(effects) == Self.cleaning)
        #expect(effects.last == .end(.failed(DeviceError(.signaturePad, problem))))
    }

    @Test("A pad that has gone ends it at once, in the middle of a stroke")
    func gone() {
        var conversation = inking()
        _ = conversation.handle(.input(Self.touch), at: .zero)
        #expect(
            conversation.handle(.failed(TransportError(.unplugged, "read")), at: .milliseconds(5))
                == [.end(.failed(DeviceError(.signaturePad, .unplugged, "read")))])
    }

    @Test("A signature is not lost to a pad that goes while it is cleaned")
    func goneWhileCleaning() {
        var conversation = inking()
        _ = conversation.handle(.input(Self.touch), at: .zero)
        _ = conversation.handle(.finish, at: .zero)
        #expect(conversation.handle(.quiet, at: .milliseconds(5)).last == .send([0x21, 0]))
        guard case .end(.signed) = conversation.handle(.failed(TransportError(.unplugged)), at: .zero).last else {
            Issue.record("the signature was lost")
            return
        }
    }

    @Test("Old ink is thrown away while the pad is made ready, and a pause lasts its time all the same")
    func oldInk() {
        var conversation = STUProtocol(.describe)
        _ = conversation.handle(.begin, at: .zero)
        #expect(conversation.handle(.reply([3, 4, 0, 0, 0]), at: .zero) == [.read(within: .milliseconds(100))])
        #expect(conversation.handle(.input(Self.touch), at: .milliseconds(40)) == [.read(within: .milliseconds(60))])
        #expect(conversation.handle(.input(Self.touch), at: .milliseconds(100)) == [.ask(0x03, length: 5)])
    }

    @Test("An event out of its place, or after the end, does nothing")
    func outOfPlace() {
        let events: [STUProtocol.Event] = [
            .reply([3, 0, 0, 0, 0]), .accepted, .input(Self.touch), .quiet, .finish, .failed(TransportError(.stalled)),
        ]
        var fresh = STUProtocol(.describe)
        for event in events { #expect(fresh.handle(event, at: .zero).isEmpty) }
        var done = STUProtocol(.describe)
        _ = run(&done, from: done.handle(.begin, at: .zero))
        for event in events + [.begin, .cancelled] { #expect(done.handle(event, at: .zero).isEmpty) }
        var writing = inking()
        for event in [.reply([3, 1, 0, 0, 0]), .accepted, .begin] as [STUProtocol.Event] {
            #expect(writing.handle(event, at: .zero).isEmpty)
        }
    }
}
