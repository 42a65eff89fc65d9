import EnrolmentCore

/// Makes the packet that a scanner sends of a picture: the other direction of the driver's decoder, and
/// written apart from it.
struct UareUPictureEncoder {
    private static let columns = 384
    private static let rows = 290

    let model: UareUModel
    /// The key that belongs to a number.
    let key: (UInt8) -> UInt32

    /// - Parameter picture: upright, 384 x 290; nil for an empty glass.
    func packet(of picture: GrayImage?) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 64)
        header.replaceSubrange(0..<4, with: [0x10, 0x40, 0x80, 0x01])
        header[6] = model.keyNumber
        for (index, block) in model.blocks.prefix(15).enumerated() {
            header[16 + 2 * index] = block.flags
            header[17 + 2 * index] = UInt8(clamping: block.lines)
        }
        let lines = sentLines(of: sensorPicture(picture))
        let count = lines.count / Self.columns
        header[4] = UInt8(truncatingIfNeeded: count)
        header[5] = UInt8(truncatingIfNeeded: count >> 8)
        return header + lines
    }

    /// As the sensor sees it: ridges bright, perhaps upside down.
    private func sensorPicture(_ picture: GrayImage?) -> [UInt8] {
        guard let picture, picture.width == Self.columns, picture.height == Self.rows else {
            return [UInt8](repeating: 0, count: Self.columns * Self.rows)
        }
        let bright = picture.pixels.map { 255 - $0 }
        return model.isTurned ? bright.reversed() : bright
    }

    private func sentLines(of sensor: [UInt8]) -> [UInt8] {
        var sent: [UInt8] = []
        var number = model.keyNumber
        var register = key(number)
        var row = 0
        for block in model.blocks.prefix(15) where row < Self.rows {
            if block.flags & 0x80 != 0 {
                number &+= 1
                register = key(number)
            }
            let last = min(Self.rows, row + block.lines)
            let plain = Array(sensor[row * Self.columns..<last * Self.columns])
            row = last
            switch block.flags & 0x07 {
            case 2: sent += scrambled(plain, with: &register)
            case 0:
                sent += plain
                for _ in plain { step(&register) }
            case 1: for _ in plain { step(&register) }
            default: sent += block.flags & 1 == 0 ? plain : []
            }
        }
        return sent
    }

    private func scrambled(_ plain: [UInt8], with register: inout UInt32) -> [UInt8] {
        guard model.isScrambling else {
            for _ in plain { step(&register) }
            return plain
        }
        // The first place is free, and what would go behind the last is lost.
        var sent: [UInt8] = [0x5A]
        for byte in plain.dropLast() {
            sent.append(byte ^ mask(register))
            step(&register)
        }
        step(&register)
        return sent
    }

    /// The parity of the taps goes in at the top; folding brings it to bit 31.
    private func step(_ register: inout UInt32) {
        var folded = register & 0x9248_144D
        folded ^= folded << 16
        folded ^= folded << 8
        folded ^= folded << 4
        folded ^= folded << 2
        folded ^= folded << 1
        register = folded & 0x8000_0000 | register >> 1
    }

    private func mask(_ register: UInt32) -> UInt8 {
        var mask = register >> 29 & 1
        mask = mask << 1 | register >> 24 & 1
        mask = mask << 1 | register >> 21 & 1
        mask = mask << 1 | register >> 18 & 1
        mask = mask << 1 | register >> 14 & 1
        mask = mask << 1 | register >> 11 & 1
        mask = mask << 1 | register >> 8 & 1
        mask = mask << 1 | register >> 4 & 1
        return UInt8(truncatingIfNeeded: mask)
    }
}
