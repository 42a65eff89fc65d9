import DeviceTransport
import EnrolmentCore

/// From a scanner with power to a picture, and until the finger has left.
extension UareUProtocol {
    private static let mostPictureTries = 4

    mutating func captureStepEnded(_ bytes: [UInt8]) -> [Effect] {
        switch step {
        case .askingForFinger:
            return isFingerOn || isForced ? takePicture() : wait(limits.fingerOn, in: .awaitingFinger)
        case .askingForPicture:
            guard let early = earlyPicture else { return wait(limits.picture, in: .awaitingPicture) }
            return examine(early)
        case .sendingSeed: return [read(.key, count: 4, then: .readingKey)]
        case .readingKey:
            guard bytes.count >= 4 else { return fail(TransportError(.inputOutput, "short key")) }
            let mixed = bytes[..<4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return decode(with: mixed ^ seed)
        case .askingForLift:
            return isFingerOff ? fingerHasLeft() : wait(limits.fingerOff, in: .awaitingLift)
        default: return []
        }
    }

    mutating func askForFinger() -> [Effect] {
        isFingerOn = false
        isFingerOff = false
        isForced = false
        pictureTries = 0
        return [write(.mode, [UareUMode.awaitFingerOn.rawValue], then: .askingForFinger), .show(.placeFinger)]
    }

    /// The transfer for the picture is started before the scanner is told to send it; one that nothing came
    /// through still waits.
    mutating func takePicture() -> [Effect] {
        pictureTries += 1
        earlyPicture = nil
        var effects: [Effect] = [.stopTimer]
        if underWay.insert(.picture).inserted { effects.append(.awaitPicture) }
        effects.append(write(.mode, [UareUMode.capture.rawValue], then: .askingForPicture))
        return pictureTries == 1 && frames == 0 ? effects + [.show(.reading)] : effects
    }

    mutating func pictureEnded(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        switch step {
        case .askingForPicture:
            earlyPicture = result
            return []
        case .awaitingPicture: return [.stopTimer] + examine(result)
        case .draining: return drain()
        default: return []
        }
    }

    private mutating func examine(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        switch result {
        case .failure(let error):
            guard error.isPassing else { return fail(error) }
            return (error.reason == .stalled ? [.clearStall(.picture)] : []) + takeAgain(error.technicalText)
        case .success(let bytes):
            guard let packet = UareUPacket(bytes) else { return takeAgain("short picture of \(bytes.count) bytes") }
            decoder = UareUDecoder(packet)
            return follow(UareUDecoder(packet).begin())
        }
    }

    private mutating func decode(with key: UInt32) -> [Effect] {
        guard let step = decoder?.advance(key: key) else { return [] }
        return follow(step)
    }

    private mutating func follow(_ decoded: UareUDecoder.Step) -> [Effect] {
        switch decoded {
        case .needsKey(let number):
            seed = seeds.next()
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: seed >> (8 * $0)) }
            return [write(.keySeed, [number] + bytes, then: .sendingSeed)]
        case .garbled: return takeAgain("picture cannot be decoded")
        case .done(let picture):
            guard trigger != .firstPicture else { return letGo(with: .picture(picture, howItWasTaken)) }
            underJudgement = picture
            step = .judging
            return [.judge(picture)]
        }
    }

    /// A bad picture is taken again, at most three times; after a warning that pictures would fail the
    /// scanner is powered up once more before it is given up.
    private mutating func takeAgain(
        _ detail: String, _ problem: DeviceError.Problem = .protocolViolation
    ) -> [Effect] {
        decoder = nil
        if pictureTries < Self.mostPictureTries { return takePicture() }
        if best != nil { return endSeries() }
        guard willPictureFail, !hasPoweredAgain else { return stop(.failed(problem, detail: detail)) }
        hasPoweredAgain = true
        isPowerOn = false
        powerRounds = 0
        return [read(.status, then: .readingStatus)]
    }

    mutating func pictureDidNotCome() -> [Effect] {
        // Nothing lies on the glass, so perhaps the scanner has nothing to send.
        if isForced, !isFingerOn { return askForFingerAgain() }
        return takeAgain("no picture", .timedOut)
    }

    /// Asks the finger to leave, with what will be reported once it has.
    mutating func letGo(with outcome: Outcome) -> [Effect] {
        // A finger that the scanner never saw will not be seen to leave.
        if isForced, !isFingerOn { return stop(outcome) }
        self.outcome = outcome
        return [write(.mode, [UareUMode.awaitFingerOff.rawValue], then: .askingForLift), .show(.liftFinger)]
    }

    mutating func fingerHasLeft() -> [Effect] {
        guard let outcome else { return [] }
        return stop(outcome)
    }
}
