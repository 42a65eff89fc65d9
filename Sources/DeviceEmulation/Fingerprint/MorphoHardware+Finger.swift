import EnrolmentCore

/// What the module sees of a finger, and says of it.
extension MorphoHardware {
    private enum Hint {
        static let noFinger: Int32 = 0
        static let pressHarder: Int32 = 5
        static let residue: Int32 = 6
        static let removeFinger: Int32 = 7
        static let fingerIsGood: Int32 = 8
    }

    private static let glance: Duration = .milliseconds(20)
    /// From a finger that lies right to its picture taken.
    private static let acquisition: Duration = .milliseconds(300)
    /// How long a person takes to do what a hint says.
    private static let reaction: Duration = .milliseconds(900)
    private static let previewEvery: Duration = .milliseconds(100)
    private static let previewDivisor = 4

    /// Foretells all that is said until the answer.
    mutating func lookOut(for order: MorphoOrder, until end: Duration, from now: Duration) {
        running = Running(order: order, end: end, answerDue: end, isWaitingSince: nil)
        var start = now
        if occupiedUntil > now {
            hint(Hint.removeFinger, at: now + Self.glance)
            guard occupiedUntil < end else { return answer(0x21, status: 0xFA, at: end) }
            start = occupiedUntil
        }
        hint(Hint.noFinger, at: start + Self.glance)
        guard !presentations.isEmpty else {
            running?.isWaitingSince = start
            return answer(0x21, status: 0xFA, at: end)
        }
        let next = presentations.removeFirst()
        guard let picture = next.picture, start + next.hesitation < end else {
            return answer(0x21, status: 0xFA, at: end)
        }
        touch(next, picture, at: start + next.hesitation)
    }

    private mutating func touch(_ presentation: MorphoPresentation, _ picture: GrayImage, at on: Duration) {
        guard let running else { return }
        let complaint = complaint(about: presentation.manner, running.order)
        if let complaint { hint(complaint, at: on + Self.glance) }
        let isRight = complaint == nil || presentation.followsHints
        var taken = on + Self.acquisition + (complaint == nil ? .zero : Self.reaction)
        var isTaken = isRight && taken + Self.acquisition < running.end
        if presentation.lifting == .early {
            taken = on + Self.acquisition / 2
            isTaken = false
            hint(Hint.noFinger, at: taken)
        }
        if presentation.manner != .residue || complaint == nil {
            preview(picture, from: on, until: isTaken || presentation.lifting == .early ? taken : running.end)
        }
        guard isTaken else { return answer(0x21, status: 0xFA, at: running.end) }
        conclude(presentation, picture, at: taken)
    }

    /// What is to be mended before a picture can be taken.
    private func complaint(about manner: MorphoPresentation.Manner, _ order: MorphoOrder) -> Int32? {
        switch manner {
        case .right, .wet, .falseFinger: nil
        case .tooLight: Hint.pressHarder
        case .moved(let move): Int32(move.rawValue)
        // A module that is not told to look for it takes it for a finger.
        case .residue: order.findsResidue ? Hint.residue : nil
        }
    }

    private mutating func conclude(_ presentation: MorphoPresentation, _ picture: GrayImage, at taken: Duration) {
        guard let order = running?.order else { return }
        let block = MorphoPictureBlock(picture, model: model).bytes
        hint(Hint.fingerIsGood, at: taken)
        if order.messages & 0x04 != 0 { say(message: 0x04, [1, 1, 1, 1], at: taken) }
        if order.messages & 0x80 != 0 { say(message: 0x80, [90], at: taken) }
        if order.messages & 0x40 != 0 { say(message: 0x40, [120], at: taken + Self.glance) }
        if order.messages & 0x08 != 0 { say(message: 0x08, block, at: taken + Self.glance) }
        let image = order.wantsPicture ? MorphoWire.element(0x3D, block) : []
        let content: [UInt8] =
            switch presentation.manner {
            case .falseFinger: [0, 0x22] + image
            case .wet: [0, 0x23] + image
            case .right, .tooLight, .moved, .residue: [0, 0] + MorphoWire.little(UInt32(0)) + image
            }
        let due = taken + Self.acquisition
        running?.answerDue = due
        say(frame: MorphoWire.element(0x21, content), at: due)
        occupiedUntil =
            switch presentation.lifting {
            case .after(let delay): due + delay
            case .early: due
            case .never: Self.endless
            }
    }

    private mutating func preview(_ picture: GrayImage, from on: Duration, until end: Duration) {
        guard let order = running?.order, order.messages & 0x02 != 0 else { return }
        let block = MorphoPictureBlock(picture, model: model, every: Self.previewDivisor).bytes
        var due = on + Self.glance
        // A finger that lies there for minutes is not foretold picture by picture.
        for _ in 0..<20 where due < end {
            say(message: 0x02, block, at: due)
            due += Self.previewEvery
        }
    }

    private mutating func hint(_ hint: Int32, at due: Duration) {
        guard let order = running?.order, order.messages & 0x01 != 0 else { return }
        say(message: 0x01, MorphoWire.little(hint), at: due)
    }
}
