/// Turns a packet into a picture, asking for a key where it needs one.
package struct UareUDecoder: Sendable {
    package enum Step: Hashable, Sendable {
        /// Exchange a key with this number, then call `advance` with it.
        case needsKey(number: UInt8)
        /// Every line of the picture in the scanner's own orientation, ridges bright.
        case done([UInt8])
        /// The picture still looks like noise: it was garbled, or the key was wrong.
        case garbled
    }

    private let packet: UareUPacket
    private var data: [UInt8]
    private var keyNumber: UInt8
    /// The block that is next, and the line that it starts at.
    private var block = 0
    private var line = 0
    /// Whether the key that `block` asks for has been fetched.
    private var hasChangedKey = false

    package init(_ packet: UareUPacket) {
        self.packet = packet
        data = packet.data
        keyNumber = packet.keyNumber
    }

    /// What is needed before anything can be decoded.
    package func begin() -> Step {
        // Some firmware sends plain lines and marks them as scrambled all the same, so the lines themselves
        // are looked at.
        guard isNoise else { return .done(assembled()) }
        return packet.blocks.contains(where: \.isEncrypted) ? .needsKey(number: keyNumber) : .garbled
    }

    /// Decodes as far as a key reaches.
    package mutating func advance(key: UInt32) -> Step {
        var cipher = UareUStreamCipher(key: key)
        while block < packet.blocks.count, line < packet.lines {
            let current = packet.blocks[block]
            if current.changesKey, !hasChangedKey {
                hasChangedKey = true
                // The number is one byte and starts again after 255.
                keyNumber &+= 1
                return .needsKey(number: keyNumber)
            }
            let last = min(line + current.lines, packet.lines)
            if current.isEncrypted {
                cipher.decode(&data, in: line * UareUPacket.columns..<last * UareUPacket.columns)
            } else if current.isSkippedByCipher {
                cipher.step(current.lines * UareUPacket.columns)
            }
            if current.isPresent { line = last }
            block += 1
            hasChangedKey = false
        }
        return isNoise ? .garbled : .done(assembled())
    }

    /// Whether neighbours have nothing to do with each other: in the lines that are marked as scrambled, or
    /// in all when none is.
    private var isNoise: Bool {
        let marked = encryptedLines
        let lines = marked.isEmpty ? Array(0..<packet.lines) : marked
        let sampled = stride(from: 0, to: lines.count, by: max(1, lines.count / 20)).map { lines[$0] }
        let similarity = sampled.map { line in
            let start = line * UareUPacket.columns
            return LineStatistics(data[start..<start + UareUPacket.columns]).similarity
        }
        return similarity.sorted()[similarity.count / 2] < 0.3
    }

    private var encryptedLines: [Int] {
        var lines: [Int] = []
        var line = 0
        for block in packet.blocks where block.isPresent {
            let last = min(line + block.lines, packet.lines)
            if block.isEncrypted { lines.append(contentsOf: line..<last) }
            line = last
        }
        return lines
    }

    /// The whole picture: what is not present repeats what follows, what is missing at the end stays 0.
    private func assembled() -> [UInt8] {
        var picture: [UInt8] = []
        var line = 0
        for block in packet.blocks where line < packet.lines {
            let last = min(line + block.lines, packet.lines)
            picture += data[line * UareUPacket.columns..<last * UareUPacket.columns]
            if block.isPresent { line = last }
        }
        let size = UareUPacket.rows * UareUPacket.columns
        return Array(picture.prefix(size)) + [UInt8](repeating: 0, count: max(0, size - picture.count))
    }
}

/// How much the neighbours in a line resemble each other.
private struct LineStatistics {
    /// The correlation of each pixel with the next: 0 for a scrambled line, above 0.5 for a picture. A
    /// line that hardly varies counts as 1, since a scrambled one always does.
    let similarity: Double

    init(_ line: ArraySlice<UInt8>) {
        let values = line.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let deviations = values.map { $0 - mean }
        let variance = deviations.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        guard variance > 1000 else {
            similarity = 1
            return
        }
        let shared = zip(deviations, deviations.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        similarity = shared / Double(values.count) / variance
    }
}
