import DeviceTransport

/// From any state the last session left the scanner in, to a scanner with power.
extension UareUProtocol {
    private static let mostPowerTries = 100
    private static let mostPowerRounds = 3
    /// The vendor's own key, the same in each reader (AES-128).
    private static let challengeKey: [UInt8] = [
        0x79, 0xAC, 0x91, 0x79, 0x5C, 0xA1, 0x47, 0x8E, 0x98, 0xE0, 0x0F, 0x3C, 0x59, 0x8F, 0x5F, 0x4B,
    ]

    var isPoweringUp: Bool {
        switch step {
        case .readingStatus, .restarting, .checkingRestart, .pausingRestart, .switchingPowerOff, .switchingPowerOn,
            .checkingPower, .pausingPower, .readingChallenge, .answeringChallenge, .awaitingPowerMessage,
            .readingInformation:
            true
        default: false
        }
    }

    mutating func powerStepEnded(_ bytes: [UInt8]) -> [Effect] {
        switch step {
        case .readingStatus:
            guard let value = bytes.first else { return failShort() }
            status = UareUStatus(value)
            powerTries = 0
            if status.isConfused { return [write(.status, [status.switchedOn], then: .restarting)] }
            return switchPowerOffThenOn()
        case .restarting: return [read(.status, then: .checkingRestart)]
        case .checkingRestart:
            guard let value = bytes.first else { return failShort() }
            status = UareUStatus(value)
            if status.isSane {
                powerTries = 0
                return switchPowerOffThenOn()
            }
            return pause(then: .pausingRestart, otherwise: "confused state does not clear")
        case .switchingPowerOff: return switchPowerOn()
        case .switchingPowerOn: return [read(.status, then: .checkingPower)]
        case .checkingPower:
            guard let value = bytes.first else { return failShort() }
            if UareUStatus(value).isLowPower {
                return pause(then: .pausingPower, otherwise: "power does not come up")
            }
            return isPowerOn ? powerIsUp() : wait(limits.powerMessage, in: .awaitingPowerMessage)
        case .readingChallenge:
            guard let answer = AESBlockCipher(key: Self.challengeKey)?.encrypt(bytes) else { return failShort() }
            return [write(.response, answer, then: .answeringChallenge)]
        case .answeringChallenge: return switchPowerOn()
        case .readingInformation: return askForFinger()
        default: return []
        }
    }

    private mutating func switchPowerOffThenOn() -> [Effect] {
        if status.isLowPower { return switchPowerOn() }
        return [write(.status, [status.switchedOff], then: .switchingPowerOff)]
    }

    private mutating func switchPowerOn() -> [Effect] {
        [write(.status, [status.switchedOn], then: .switchingPowerOn)]
    }

    private mutating func pause(then next: Step, otherwise detail: String) -> [Effect] {
        powerTries += 1
        guard powerTries < Self.mostPowerTries else { return stop(.failed(.protocolViolation, detail: detail)) }
        return wait(limits.pause, in: next)
    }

    mutating func pauseBetweenPowerTriesIsOver() -> [Effect] {
        wantsChallengeResponse ? [read(.challenge, count: 16, then: .readingChallenge)] : switchPowerOn()
    }

    mutating func powerMessageDidNotCome() -> [Effect] {
        powerRounds += 1
        guard powerRounds < Self.mostPowerRounds else { return stop(.failed(.timedOut, detail: "no power message")) }
        return [read(.status, then: .readingStatus)]
    }

    mutating func powerIsUp() -> [Effect] {
        [.stopTimer, read(.information, count: 16, then: .readingInformation)]
    }

    private mutating func failShort() -> [Effect] {
        fail(TransportError(.inputOutput, "short register"))
    }

    mutating func wait(_ limit: Duration, in next: Step) -> [Effect] {
        step = next
        return [.startTimer(limit)]
    }
}
