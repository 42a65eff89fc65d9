import DeviceTransport

/// From a scanner with power to a picture, and until the finger has left.
extension UareUProtocol {
    private static let mostPictureTries = 4

    mutating func captureStepEnded(_ bytes: [UInt8]) -> [Effect] {
        switch step {
        case .askingForFinger:
            return isFingerOn ? takePicture() : wait(limits.fingerOn, in: .awaitingFinger)
        case .askingForPicture:
            guard let early = earlyPicture else { return wait(limits.picture, in: .awaitingPicture) }
            return examine(early)
        case .sendingSeed: return [read(.key, count: 4, then: .readingKey)]
        case .readingKey:
            guard bytes.count >= 4 else { return stop(.failed(.protocolViolation, detail: "short key")) }
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
        pictureTries = 0
        return [write(.mode, [UareUMode.awaitFingerOn.rawValue], then: .askingForFinger), .show(.placeFinger)]
    }

    /// The transfer for the picture is started before the scanner is told to send it.
    mutating func takePicture() -> [Effect] {
        pictureTries += 1
        earlyPicture = nil
        underWay.insert(.picture)
        let effects: [Effect] = [
            .stopTimer, .awaitPicture, write(.mode, [UareUMode.capture.rawValue], then: .askingForPicture),
        ]
        return pictureTries == 1 ? effects + [.show(.reading)] : effects
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

    private mutating func follow(_ step: UareUDecoder.Step) -> [Effect] {
        switch step {
        case .needsKey(let number):
            seed = seeds.next()
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: seed >> (8 * $0)) }
            return [write(.keySeed, [number] + bytes, then: .sendingSeed)]
        case .garbled: return takeAgain("picture cannot be decoded")
        case .done(let picture):
            outcome = .picture(picture)
            return [write(.mode, [UareUMode.awaitFingerOff.rawValue], then: .askingForLift), .show(.liftFinger)]
        }
    }

    /// A bad picture is taken again, at most three times; after a warning that pictures would fail the
    /// scanner is powered up once more before it is given up.
    private mutating func takeAgain(_ reason: String) -> [Effect] {
        decoder = nil
        if pictureTries < Self.mostPictureTries { return takePicture() }
        guard willPictureFail, !hasPoweredAgain else { return stop(.failed(.protocolViolation, detail: reason)) }
        hasPoweredAgain = true
        isPowerOn = false
        powerRounds = 0
        return [read(.status, then: .readingStatus)]
    }

    mutating func fingerHasLeft() -> [Effect] {
        guard let outcome else { return [] }
        return stop(outcome)
    }
}
