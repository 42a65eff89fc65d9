extension EmulatedEIDCard {
    private static let applications: [[UInt8]: UInt16] = [
        [0xA0, 0x00, 0x00, 0x00, 0x30, 0x29, 0x05, 0x70, 0x00, 0xAD, 0x13, 0x10, 0x01, 0x01, 0xFF]: EIDFile.masterFile,
        [0xA0, 0x00, 0x00, 0x01, 0x77, 0x50, 0x4B, 0x43, 0x53, 0x2D, 0x31, 0x35]: EIDFile.belpic,
        [0xA0, 0x00, 0x00, 0x01, 0x77, 0x49, 0x64, 0x46, 0x69, 0x6C, 0x65, 0x73]: EIDFile.identityDirectory,
    ]

    mutating func select(_ parameters: (UInt8, UInt8), _ body: [UInt8]) -> [UInt8] {
        guard let length = body.first, length > 0, body.count >= 1 + Int(length) else { return Status.wrongLength }
        let data = [UInt8](body[1...Int(length)])
        switch parameters {
        case (0x04, 0x00), (0x04, 0x0C):
            guard let application = Self.applications[data],
                // The directory of identity files has had a name since applet 1.1.
                application != EIDFile.identityDirectory || image.appletVersion >= 0x11
            else { return Status.notFound }
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
        return behaviour.activation == .deactivated ? Status.deactivated : Status.success
    }

    private static func isDirectory(_ identifier: UInt16) -> Bool {
        identifier == EIDFile.belpic || identifier == EIDFile.identityDirectory
    }
}
