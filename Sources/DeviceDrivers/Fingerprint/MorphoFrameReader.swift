/// Finds frames in whatever pieces a module's bytes come: several in one read, one over many reads, with
/// noise in between.
///
/// A frame that is damaged is given up at its own "SYNC", so that a whole one behind or within it is still
/// found. It holds at most one frame and what came with its last piece.
package struct MorphoFrameReader: Sendable {
    package enum Piece: Hashable, Sendable {
        /// The content of a whole frame.
        case frame([UInt8])
        case damage(Damage)
    }

    package enum Damage: Hashable, Sendable {
        /// So many bytes that belong to no frame.
        case noise(Int)
        /// The length and its complement disagree.
        case lengthMismatch
        case tooLong(UInt32)
        /// No "EN" where the length puts it.
        case noEnd
    }

    /// The packet size of a fast device, which every other size divides. A read of a multiple of it
    /// neither overflows nor waits for bytes that were not promised.
    static let packet = 512
    /// Not all of a picture at once: what comes in between can be acted upon.
    static let longestRead = 64 * packet

    private var bytes: [UInt8] = []
    /// Where that begins which was not looked at yet.
    private var start = 0

    package init() {}

    package mutating func append(_ more: [UInt8]) {
        bytes.removeSubrange(..<start)
        start = 0
        bytes += more
    }

    /// Forgets everything.
    package mutating func clear() {
        bytes = []
        start = 0
    }

    /// Gives up the frame that is not whole yet, for when nothing more comes: it may have lost its end, and
    /// hold a whole one.
    package mutating func giveUp() {
        if start < bytes.count { start += 1 }
    }

    /// How much to read next.
    package var wanted: Int {
        guard let length = promisedLength else { return Self.packet }
        let missing = length - (bytes.count - start)
        let packets = (missing + Self.packet - 1) / Self.packet
        return min(Self.longestRead, max(Self.packet, packets * Self.packet))
    }

    /// What is there next, nil until more has come.
    package mutating func next() -> Piece? {
        let skipped = skipToStart()
        guard skipped == 0 else { return .damage(.noise(skipped)) }
        guard bytes.count - start >= MorphoFrame.headerLength else { return nil }
        let length = number(at: 4)
        guard length == ~number(at: 8) else { return damaged(.lengthMismatch) }
        guard length <= MorphoFrame.longestContent else { return damaged(.tooLong(length)) }
        let content = start + MorphoFrame.headerLength
        let end = content + Int(length)
        guard bytes.count >= end + MorphoFrame.end.count else { return nil }
        guard bytes[end...].starts(with: MorphoFrame.end) else { return damaged(.noEnd) }
        start = end + MorphoFrame.end.count
        return .frame(Array(bytes[content..<end]))
    }

    private mutating func damaged(_ damage: Damage) -> Piece {
        start += MorphoFrame.start.count
        return .damage(damage)
    }

    /// Of the whole frame, when its header is there and can be believed.
    private var promisedLength: Int? {
        guard bytes.count - start >= MorphoFrame.headerLength, bytes[start...].starts(with: MorphoFrame.start) else {
            return nil
        }
        let length = number(at: 4)
        guard length == ~number(at: 8), length <= MorphoFrame.longestContent else { return nil }
        return MorphoFrame.headerLength + Int(length) + MorphoFrame.end.count
    }

    /// Moves to the next "SYNC", or to what may become one. Gives how many bytes were passed over.
    private mutating func skipToStart() -> Int {
        let before = start
        while start < bytes.count {
            let candidate = bytes[start...].prefix(MorphoFrame.start.count)
            if MorphoFrame.start.starts(with: candidate) { break }
            start += 1
        }
        return start - before
    }

    private func number(at offset: Int) -> UInt32 {
        bytes[start + offset..<start + offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
