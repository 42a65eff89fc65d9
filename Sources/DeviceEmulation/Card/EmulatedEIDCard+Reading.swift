extension EmulatedEIDCard {
    mutating func readBinary(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard body.count == 1 else { return Status.wrongLength }
        guard parameters.0 & 0x80 == 0 else { return Status.wrongParameters }
        guard let selected, let content = image.files[selected] else { return Status.noCurrentFile }
        if let refusal { return refusal }
        guard !content.isEmpty else { return Status.instructionUnknown }
        let offset = Int(parameters.0) << 8 | Int(parameters.1)
        guard offset < content.count else { return Status.wrongOffset }
        let asked = body[0] == 0 ? 256 : Int(body[0])
        let left = content.count - offset
        if asked > left, behaviour.shortRead == .exactLength { return tellLength(left) }
        if isTooEarly { return behaviour.hasty == .exactLengthAgain ? tellLength(asked) : Status.instructionUnknown }
        return content[offset..<offset + min(asked, left)] + Status.success
    }

    /// What a file says before the card is activated.
    private var refusal: [UInt8]? {
        switch behaviour.activation {
        case .done, .keysOnly: nil
        case .conditionsNotSatisfied, .deactivated: Status.conditionsNotSatisfied
        case .instructionUnknown: Status.instructionUnknown
        }
    }

    private mutating func tellLength(_ length: Int) -> [UInt8] {
        toldLength = now()
        return Status.exactLength(length)
    }

    private var isTooEarly: Bool {
        guard let toldLength else { return false }
        return toldLength.duration(to: now()) < behaviour.restAfterExactLength
    }

    /// READ RECORD gives fields of the identity or address file by their tags.
    mutating func readRecord(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard image.appletVersion >= 0x18 else { return Status.instructionUnknown }
        guard body.count == 1 else { return Status.wrongLength }
        guard let selected, let content = image.files[selected] else { return Status.noCurrentFile }
        if let refusal { return refusal }
        guard selected == .identity || selected == .address else { return Status.notStructured }
        var found: [UInt8] = []
        var place = 0
        while place + 2 <= content.count, place == 0 || content[place] != 0 {
            let end = place + 2 + Int(content[place + 1])
            guard end <= content.count else { break }
            if parameters.0 <= content[place], content[place] <= parameters.1 { found += content[place..<end] }
            place = end
        }
        guard !found.isEmpty else { return Status.recordNotFound }
        let asked = body[0] == 0 ? 256 : Int(body[0])
        if body[0] != 0, asked > found.count { return Status.exactLength(found.count) }
        waiting = [UInt8](found.dropFirst(asked))
        return found.prefix(asked) + (waiting.isEmpty ? Status.success : Status.waiting(waiting.count))
    }

    func cardData(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        var data = image.cardData
        switch parameters {
        case (0x00, 0x00): break
        case (0x00, 0x01) where image.appletVersion >= 0x18: data += [pinTriesLeft, 0xFF, 0xFF]
        default: return Status.wrongOffset
        }
        guard body.count == 1, Int(body[0]) == data.count else { return Status.exactLength(data.count) }
        return data + Status.success
    }

    mutating func getResponse(_ fetched: [UInt8], _ body: [UInt8]) -> [UInt8] {
        guard body.count == 1 else { return Status.wrongLength }
        guard !fetched.isEmpty else { return Status.conditionsNotSatisfied }
        let asked = body[0] == 0 ? 256 : Int(body[0])
        guard asked <= fetched.count else {
            waiting = fetched
            return Status.exactLength(fetched.count)
        }
        waiting = [UInt8](fetched.dropFirst(asked))
        return fetched.prefix(asked) + (waiting.isEmpty ? Status.success : Status.waiting(waiting.count))
    }

    /// GET CHALLENGE: random bytes, as many as asked for.
    func challenge(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard parameters == (0x00, 0x00) else { return Status.wrongParameters }
        guard body.count == 1, body[0] > 0 else { return Status.wrongLength }
        return (0..<body[0]).map { _ in UInt8.random(in: .min ... .max) } + Status.success
    }
}
