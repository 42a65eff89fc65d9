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
    private var measuring = FileMeasuring()
    private var position = 0
    private var openedSize = 0

    init(of encryptor: AgeEncryptor, contentSize: Int) {
        start = encryptor.start
        opener = encryptor.opener
        self.contentSize = contentSize
    }

    /// - Throws: `PacketError.readBackDiffers`, also below.
    mutating func update(_ bytes: [UInt8]) throws(PacketError) {
        measuring.update(bytes)
        let head = bytes.prefix(max(0, start.count - position))
        guard head.elementsEqual(start[position...].prefix(head.count)) else { throw .readBackDiffers }
        position += head.count
        var released = openedSize
        do {
            try opener.update(bytes.dropFirst(head.count)) { released += $0.count }
        } catch {
            throw .readBackDiffers
        }
        openedSize = released
    }

    /// The measure of the file, once its last byte was read.
    mutating func finish() throws(PacketError) -> FileMeasure {
        var released = openedSize
        do {
            try opener.finish { released += $0.count }
        } catch {
            throw .readBackDiffers
        }
        guard position == start.count, released == contentSize else { throw .readBackDiffers }
        return measuring.result
    }
}
