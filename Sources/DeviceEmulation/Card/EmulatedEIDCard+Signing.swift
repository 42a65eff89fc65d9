import Crypto

extension EmulatedEIDCard {
    /// MSE SET: which key will sign, and how.
    mutating func setEnvironment(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard parameters == (0x41, 0xB6) else { return Status.wrongParameters }
        guard body.count == 6, body[0] == 5 else { return Status.wrongLength }
        guard body[1] == 0x04, body[2] == 0x80, body[4] == 0x84 else { return Status.wrongData }
        guard behaviour.activation == .done else { return Status.conditionsNotSatisfied }
        environment = nil
        let hasDirectory =
            image.appletVersion < 0x17 || !behaviour.wantsKeyDirectory || directory == EIDFile.belpic
        guard hasDirectory, let number = CardKeyNumber(rawValue: body[5]), let key = image.holderKeys[number],
            key.takes(body[3], appletVersion: image.appletVersion)
        else { return Status.referenceNotFound }
        environment = SecurityEnvironment(key: number, algorithm: body[3])
        return Status.success
    }

    /// PSO: COMPUTE DIGITAL SIGNATURE. The key for signing wants a PIN right before each signature, the
    /// one for authentication a PIN once.
    mutating func sign(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard parameters == (0x9E, 0x9A) else { return Status.wrongParameters }
        guard behaviour.activation == .done, let environment, let key = image.holderKeys[environment.key] else {
            return Status.conditionsNotSatisfied
        }
        guard let length = body.first.map(Int.init), length > 0, (1 + length...2 + length).contains(body.count) else {
            return Status.wrongLength
        }
        let mayPass = image.appletVersion >= 0x18 ? 1 : 0
        let isOpen =
            environment.key == .authentication ? isPINVerified : (commandsSincePIN.map { $0 <= mayPass } ?? false)
        guard isOpen else { return Status.securityNotSatisfied }
        let signature = key.cardSignature(over: [UInt8](body[1...length]), algorithm: environment.algorithm)
        if environment.key == .signature { forgetPIN() }
        guard let signature else { return Status.wrongData }
        waiting = signature
        return Status.waiting(waiting.count)
    }

    /// INTERNAL AUTHENTICATE: signs the challenge, which counts as the digest itself.
    mutating func authenticate(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard image.appletVersion >= 0x18, let key = image.basicKey else { return Status.instructionUnknown }
        guard parameters == (0x02, 0x81) else { return Status.wrongParameters }
        guard (51...52).contains(body.count), body[0] == 0x32, body[1] == 0x94, body[2] == 0x30 else {
            return Status.wrongLength
        }
        guard behaviour.activation == .done, challengesLeft > 0,
            let signature = try? key.signature(for: CardDigestBytes(body[3..<51]))
        else { return Status.conditionsNotSatisfied }
        challengesLeft -= 1
        waiting = [UInt8](signature.rawRepresentation)
        return Status.waiting(waiting.count)
    }
}
