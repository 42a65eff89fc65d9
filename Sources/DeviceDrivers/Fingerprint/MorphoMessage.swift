/// What a module says unasked while a command runs.
package enum MorphoMessage: Hashable, Sendable {
    case hint(MorphoHint)
    /// What lies on the glass now, coarse.
    case preview(MorphoImage)
    /// Which acquisition of how many is done, of which finger of how many.
    case progress(finger: Int, fingers: Int, acquisition: Int, acquisitions: Int)
    /// The last picture in full, before the command's own answer.
    case lastImage(MorphoImage)
    /// Of the template, on the module's own scale.
    case codeQuality(UInt8)
    /// Of the finger that lies on the glass, on the module's own scale.
    case detectQuality(UInt8)

    /// The messages of one element 71: a status, then an element whose identifier is the kind.
    ///
    /// A message that is unknown, damaged or marked as failed means nothing: the command's answer counts.
    static func messages(in value: [UInt8]) -> [MorphoMessage] {
        guard value.first == MorphoStatus.ok.rawValue else { return [] }
        var reader = ILVReader(value.dropFirst())
        var messages: [MorphoMessage] = []
        while let element = try? reader.next() {
            if let message = MorphoMessage(element) { messages.append(message) }
        }
        return messages
    }

    private init?(_ element: ILVElement) {
        let value = element.value
        switch element.identifier {
        case .plain(0x01):
            var reader = ILVReader(value[...])
            guard let number = try? reader.number(Int32.self), let hint = MorphoHint(rawValue: number) else {
                return nil
            }
            self = .hint(hint)
        case .plain(0x02):
            guard let image = try? MorphoImage(value) else { return nil }
            self = .preview(image)
        case .plain(0x04):
            guard value.count >= 4 else { return nil }
            self = .progress(
                finger: Int(value[0]), fingers: Int(value[1]), acquisition: Int(value[2]), acquisitions: Int(value[3]))
        case .plain(0x08):
            guard let image = try? MorphoImage(value) else { return nil }
            self = .lastImage(image)
        case .plain(0x40):
            guard let quality = value.first else { return nil }
            self = .codeQuality(quality)
        case .plain(0x80):
            guard let quality = value.first else { return nil }
            self = .detectQuality(quality)
        default: return nil
        }
    }
}

/// What the module asks of the finger.
package enum MorphoHint: Int32, CaseIterable, Sendable {
    case noFinger, moveUp, moveDown, moveLeft, moveRight, pressHarder
    /// A print that an earlier finger left, or dirt.
    case latent
    case removeFinger
    /// The finger is taken.
    case fingerIsGood
}
