import Crypto

/// A Belgian eID card of applet 1.7 or 1.8 that answers APDUs as the card does: no file control
/// information, strict lengths, T=0 without anything being completed for the caller.
package struct EmulatedEIDCard: EmulatedSmartCard {
    package let image: EIDCardImage
    package let behaviour: EIDCardBehaviour
    private var directory = EIDFile.masterFile
    private var selected: EIDFile?
    private var pinTriesLeft: UInt8 = 3
    private var isPINVerified = false
    /// What GET RESPONSE will fetch.
    private var waiting: [UInt8] = []

    package init(_ image: EIDCardImage, behaviour: EIDCardBehaviour = EIDCardBehaviour()) {
        self.image = image
        self.behaviour = behaviour
    }

    package var atr: [UInt8] { image.atr }

    package mutating func reset() {
        directory = EIDFile.masterFile
        selected = nil
        isPINVerified = false
        waiting = []
    }

    package mutating func answer(_ command: [UInt8]) -> [UInt8] {
        guard command.count >= 4 else { return Status.wrongLength }
        let parameters = (command[2], command[3])
        let body = [UInt8](command.dropFirst(4))
        let fetched = waiting
        waiting = []
        switch (command[0], command[1]) {
        case (0x00, 0xA4): return select(parameters, body)
        case (0x00, 0xB0): return readBinary(parameters, body)
        case (0x00, 0xC0): return getResponse(fetched, body)
        case (0x00, 0x20): return verify(parameters, body)
        case (0x00, 0x88): return authenticate(parameters, body)
        case (0x80, 0xE4): return cardData(parameters, body)
        case (0x80, 0xE6):
            isPINVerified = false
            return Status.success
        case (0x00, _), (0x80, _): return Status.instructionUnknown
        default: return Status.classUnknown
        }
    }

    // MARK: - SELECT

    private static let applications: [[UInt8]: UInt16] = [
        [0xA0, 0x00, 0x00, 0x00, 0x30, 0x29, 0x05, 0x70, 0x00, 0xAD, 0x13, 0x10, 0x01, 0x01, 0xFF]: EIDFile.masterFile,
        [0xA0, 0x00, 0x00, 0x01, 0x77, 0x50, 0x4B, 0x43, 0x53, 0x2D, 0x31, 0x35]: EIDFile.belpic,
        [0xA0, 0x00, 0x00, 0x01, 0x77, 0x49, 0x64, 0x46, 0x69, 0x6C, 0x65, 0x73]: EIDFile.identityDirectory,
    ]

    private mutating func select(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard let length = body.first, length > 0, body.count >= 1 + Int(length) else { return Status.wrongLength }
        let data = [UInt8](body[1...Int(length)])
        switch parameters {
        case (0x04, 0x00), (0x04, 0x0C):
            guard let application = Self.applications[data] else { return Status.notFound }
            return enter(application)
        case (0x02, 0x0C):
            guard data.count == 2 else { return Status.lengthAgainstParameters }
            return select(identifier: UInt16(data[0]) << 8 | UInt16(data[1]))
        case (0x08, 0x0C) where behaviour.selectsByPath:
            guard data.count % 2 == 0 else { return Status.lengthAgainstParameters }
            return select(
                path: stride(from: 0, to: data.count, by: 2).map { UInt16(data[$0]) << 8 | UInt16(data[$0 + 1]) })
        default:
            return Status.wrongParameters
        }
    }

    private mutating func enter(_ directory: UInt16) -> [UInt8] {
        self.directory = directory
        selected = nil
        return Status.success
    }

    /// A directory's identifier is known in the master file only.
    private mutating func select(identifier: UInt16) -> [UInt8] {
        if identifier == EIDFile.masterFile { return enter(identifier) }
        if Self.isDirectory(identifier), directory == EIDFile.masterFile { return enter(identifier) }
        return open(EIDFile(directory, identifier))
    }

    /// With or without the master file in front.
    private mutating func select(path: [UInt16]) -> [UInt8] {
        let below = path.first == EIDFile.masterFile ? [UInt16](path.dropFirst()) : path
        switch below.count {
        case 0: return enter(EIDFile.masterFile)
        case 1 where Self.isDirectory(below[0]): return enter(below[0])
        case 1: return open(EIDFile(EIDFile.masterFile, below[0]))
        case 2: return open(EIDFile(below[0], below[1]))
        default: return Status.notFound
        }
    }

    private mutating func open(_ file: EIDFile) -> [UInt8] {
        guard image.files[file] != nil else { return Status.notFound }
        directory = file.directory
        selected = file
        return Status.success
    }

    private static func isDirectory(_ identifier: UInt16) -> Bool {
        identifier == EIDFile.belpic || identifier == EIDFile.identityDirectory
    }

    // MARK: - Reading

    private func readBinary(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard body.count == 1 else { return Status.wrongLength }
        guard parameters.0 & 0x80 == 0 else { return Status.wrongParameters }
        guard let selected, let content = image.files[selected] else { return Status.noCurrentFile }
        guard behaviour.isActivated else { return Status.conditionsNotSatisfied }
        guard !content.isEmpty else { return Status.instructionUnknown }
        let offset = Int(parameters.0) << 8 | Int(parameters.1)
        guard offset < content.count else { return Status.wrongOffset }
        let asked = body[0] == 0 ? 256 : Int(body[0])
        let left = content.count - offset
        if asked > left, behaviour.shortRead == .exactLength { return Status.exactLength(left) }
        return content[offset..<offset + min(asked, left)] + Status.success
    }

    private func cardData(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        var data = image.cardData
        switch parameters {
        case (0x00, 0x00): break
        case (0x00, 0x01) where image.appletVersion >= 0x18: data += [pinTriesLeft, 0xFF, 0xFF]
        default: return Status.wrongOffset
        }
        guard body.count == 1, Int(body[0]) == data.count else { return Status.exactLength(data.count) }
        return data + Status.success
    }

    private mutating func getResponse(_ fetched: [UInt8], _ body: [UInt8]) -> [UInt8] {
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

    // MARK: - PIN and keys

    private mutating func verify(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard parameters.0 == 0x00 else { return Status.wrongParameters }
        guard parameters.1 == 0x01 else { return [0x6A, 0x88] }
        if body.isEmpty || body == [0] {
            if isPINVerified { return Status.success }
            // Before applet 1.7 even the question costs a try.
            if image.appletVersion < 0x17, pinTriesLeft > 0 { pinTriesLeft -= 1 }
            return pinTriesLeft == 0 ? Status.blocked : [0x63, 0xC0 | pinTriesLeft]
        }
        guard body.count == 9, body[0] == 8 else { return Status.wrongLength }
        guard pinTriesLeft > 0 else { return Status.blocked }
        isPINVerified = [UInt8](body.dropFirst()) == Self.block(pin: behaviour.pin)
        pinTriesLeft = isPINVerified ? 3 : pinTriesLeft - 1
        if isPINVerified { return Status.success }
        return pinTriesLeft == 0 ? Status.blocked : [0x63, 0xC0 | pinTriesLeft]
    }

    /// `2`, the number of digits, the digits, then F: eight bytes.
    private static func block(pin: String) -> [UInt8] {
        var nibbles: [UInt8] = [2, UInt8(truncatingIfNeeded: pin.utf8.count)] + pin.utf8.map { $0 & 0x0F }
        nibbles += Array(repeating: 0x0F, count: max(0, 16 - nibbles.count))
        return stride(from: 0, to: 16, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// INTERNAL AUTHENTICATE: signs the challenge, which counts as the digest itself.
    private mutating func authenticate(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard image.appletVersion >= 0x18, let key = image.basicKey else { return Status.instructionUnknown }
        guard parameters == (0x02, 0x81) else { return Status.wrongParameters }
        guard body.count >= 51, body[0] == 0x32, body[1] == 0x94, body[2] == 0x30,
            let signature = try? key.signature(for: CardDigestBytes(body[3..<51]))
        else { return Status.wrongLength }
        waiting = [UInt8](signature.rawRepresentation)
        return Status.waiting(waiting.count)
    }

    private enum Status {
        static let success: [UInt8] = [0x90, 0x00]
        static let wrongLength: [UInt8] = [0x67, 0x00]
        static let conditionsNotSatisfied: [UInt8] = [0x69, 0x85]
        static let noCurrentFile: [UInt8] = [0x69, 0x86]
        static let blocked: [UInt8] = [0x69, 0x83]
        static let notFound: [UInt8] = [0x6A, 0x82]
        static let wrongParameters: [UInt8] = [0x6A, 0x86]
        static let lengthAgainstParameters: [UInt8] = [0x6A, 0x87]
        static let wrongOffset: [UInt8] = [0x6B, 0x00]
        static let instructionUnknown: [UInt8] = [0x6D, 0x00]
        static let classUnknown: [UInt8] = [0x6E, 0x00]

        static func exactLength(_ length: Int) -> [UInt8] { [0x6C, UInt8(truncatingIfNeeded: length)] }
        static func waiting(_ length: Int) -> [UInt8] { [0x61, length >= 256 ? 0 : UInt8(length)] }
    }
}
