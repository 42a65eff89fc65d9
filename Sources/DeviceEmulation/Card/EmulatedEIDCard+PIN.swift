extension EmulatedEIDCard {
    mutating func verify(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard parameters.0 == 0x00 else { return Status.wrongParameters }
        guard parameters.1 == 0x01 else { return Status.referenceNotFound }
        if body.isEmpty || body == [0] {
            if isPINVerified { return Status.success }
            // Before applet 1.7 even the question costs a try.
            if image.appletVersion < 0x17, pinTriesLeft > 0 { pinTriesLeft -= 1 }
            return Status.triesLeft(pinTriesLeft)
        }
        guard behaviour.activation == .done else { return Status.conditionsNotSatisfied }
        guard body.count == 9, body[0] == 8 else { return Status.wrongLength }
        guard isRight([UInt8](body.dropFirst())) else { return Status.triesLeft(pinTriesLeft) }
        isPINVerified = true
        // The command itself counts once it is answered.
        commandsSincePIN = -1
        challengesLeft = max(challengesLeft, behaviour.challengesLeftAfterPIN)
        return Status.success
    }

    mutating func changePIN(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard parameters.0 == 0x00 else { return Status.wrongParameters }
        guard parameters.1 == 0x01 else { return Status.referenceNotFound }
        guard behaviour.activation == .done else { return Status.conditionsNotSatisfied }
        guard body.count == 17, body[0] == 16 else { return Status.wrongLength }
        let new = [UInt8](body[9...])
        guard CardPINBlock.isWellFormed(new) else { return Status.wrongData }
        guard isRight([UInt8](body[1..<9])) else { return Status.triesLeft(pinTriesLeft) }
        pin = new
        return Status.success
    }

    /// RESET RETRY COUNTER, with the two PUKs of the citizen's letter; applet 1.8 has none.
    mutating func unblockPIN(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard image.appletVersion < 0x18 else { return Status.instructionUnknown }
        guard parameters.0 == 0x00 else { return Status.wrongParameters }
        guard parameters.1 == 0x01 else { return Status.referenceNotFound }
        guard behaviour.activation == .done else { return Status.conditionsNotSatisfied }
        guard body.count == 9, body[0] == 8 else { return Status.wrongLength }
        guard pukTriesLeft > 0 else { return Status.blocked }
        forgetPIN()
        guard [UInt8](body.dropFirst()) == CardPINBlock.block(behaviour.puk) else {
            pukTriesLeft -= 1
            return Status.triesLeft(pukTriesLeft)
        }
        pukTriesLeft = behaviour.pukTriesLeft
        pinTriesLeft = 3
        return Status.success
    }

    /// Uses a try; a wrong PIN takes away all that a right one had opened.
    private mutating func isRight(_ block: [UInt8]) -> Bool {
        forgetPIN()
        guard pinTriesLeft > 0 else { return false }
        guard block == pin else {
            pinTriesLeft -= 1
            return false
        }
        pinTriesLeft = 3
        return true
    }
}
