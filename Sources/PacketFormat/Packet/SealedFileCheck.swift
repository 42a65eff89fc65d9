import FoundationEssentials

/// Reads a sealed file back while the sealer still holds its file key: whether the header is the one
/// that was written, and every chunk verifies, to the last.
///
/// Nobody else has that key, so a file that passes is byte for byte the one that was written, and it
/// opens. One pass gives that and the file's measure, and the writing itself needs no digest.
struct SealedFileCheck {
    private let start: [UInt8]
    /// Bytes of plaintext that went into the file.
    let contentSize: Int
    private var opener: AgePayloadOpener
    private var armour: AgeArmorReader?
    private var measuring = FileMeasuring()
    /// How much of `start` was found.
    private var position = 0
    private var openedSize = 0

    init(of encryptor: AgeEncryptor, contentSize: Int, armoured: Bool = false) {
        start = encryptor.start
        opener = encryptor.opener
        armour = armoured ? AgeArmorReader() : nil
        self.contentSize = contentSize
    }

    /// Reads the whole file.
    ///
    /// - Throws: `PacketError.readBackDiffers`, `FileFailure`.
    mutating func run(on file: URL, _ files: DurableFiles) throws -> FileMeasure {
        try files.read(file) { source in
            while let bytes = try source() {
                measuring.update(bytes)
                try differing { check throws in try check.takeFile(bytes) }
            }
        }
        try differing { check throws in try check.finish() }
        guard position == start.count, openedSize == contentSize else { throw PacketError.readBackDiffers }
        return measuring.result
    }

    /// Whatever is wrong with the file itself, it is not the one that was written.
    private mutating func differing(_ body: (inout SealedFileCheck) throws -> Void) throws(PacketError) {
        do {
            try body(&self)
        } catch {
            throw .readBackDiffers
        }
    }

    private mutating func takeFile(_ bytes: [UInt8]) throws {
        guard var armour else { return try take(bytes) }
        defer { self.armour = armour }
        try armour.update(bytes) { try take($0) }
    }

    private mutating func finish() throws {
        if var armour { try armour.finish { try take($0) } }
        var released = openedSize
        try opener.finish { released += $0.count }
        openedSize = released
    }

    private mutating func take(_ bytes: [UInt8]) throws {
        let head = bytes.prefix(max(0, start.count - position))
        guard head.elementsEqual(start[position...].prefix(head.count)) else { throw PacketError.readBackDiffers }
        position += head.count
        var released = openedSize
        try opener.update(bytes.dropFirst(head.count)) { released += $0.count }
        openedSize = released
    }
}
