extension EmulatedPinpad {
    /// What comes of a person at the keys.
    enum Outcome {
        /// The reader sends this to the card.
        case command([UInt8])
        /// It gives up with this status.
        case status([UInt8])
    }

    private enum Status {
        static let timedOut: [UInt8] = [0x64, 0x00]
        static let cancelled: [UInt8] = [0x64, 0x01]
        static let newPINsDiffer: [UInt8] = [0x64, 0x02]
        static let wrongLength: [UInt8] = [0x64, 0x03]
        static let badParameters: [UInt8] = [0x6B, 0x80]
    }

    /// Has a PIN typed into the command that came with the request.
    mutating func type(_ request: Request, _ input: [UInt8]) -> Outcome {
        guard let shape = request.isVerify ? PinpadShape(verify: input) : PinpadShape(modify: input) else {
            return .status(Status.badParameters)
        }
        let typing = typings.isEmpty ? .waits : typings.removeFirst()
        switch typing {
        case .pin(let pin) where request.isVerify: return filled(shape, [(shape.offsets[0], pin)])
        case .change(let old, let new, let again) where !request.isVerify:
            guard new == again else { return .status(Status.newPINsDiffer) }
            return filled(shape, [(shape.offsets[0], old), (shape.offsets[1], new)])
        case .cancels: return .status(Status.cancelled)
        case .waits: return .status(Status.timedOut)
        case .status(let word): return .status([UInt8(word >> 8), UInt8(word & 0xFF)])
        case .pin, .change: return .status(Status.badParameters)
        }
    }

    private func filled(_ shape: PinpadShape, _ pins: [(offset: Int, digits: String)]) -> Outcome {
        var command = shape.command
        for pin in pins {
            guard shape.digits.contains(pin.digits.utf8.count) else { return .status(Status.wrongLength) }
            guard shape.put(pin.digits, at: pin.offset, into: &command) else { return .status(Status.badParameters) }
        }
        return .command(command)
    }
}

/// PIN_VERIFY_STRUCTURE or PIN_MODIFY_STRUCTURE (PC/SC part 10, 2.5), as far as these cards need it: binary
/// coded digits, left justified, in whole bytes, behind a length of some bits.
struct PinpadShape {
    let command: [UInt8]
    let digits: ClosedRange<Int>
    /// Where in the command's data each PIN's block begins.
    let offsets: [Int]
    /// Where in a block the digits begin, and how many bytes they may fill.
    private let place: Int
    private let room: Int
    /// Where in a block the length stands, in bits.
    private let lengthPlace: Int

    init?(verify input: [UInt8]) {
        self.init(input, offsets: [0], at: 5, fixed: 5)
    }

    init?(modify input: [UInt8]) {
        guard input.count > 7 else { return nil }
        self.init(input, offsets: [Int(input[5]), Int(input[6])], at: 7, fixed: 8)
    }

    /// - Parameters:
    ///   - at: where the numbers of digits stand.
    ///   - fixed: how many bytes lie between these and the prologue.
    private init?(_ input: [UInt8], offsets: [Int], at: Int, fixed: Int) {
        let header = at + 2 + fixed + 3 + 4
        guard input.count >= header + 5 else { return nil }
        let length = (0..<4).reduce(0) { $0 | Int(input[header - 4 + $1]) << (8 * $1) }
        guard length == input.count - header else { return nil }
        // Binary coded, left justified, positions in bytes; the length's position in bits.
        guard input[2] & 0x87 == 0x81, input[4] & 0x10 == 0, input[3] >> 4 == 4, input[at] >= input[at + 1] else {
            return nil
        }
        command = [UInt8](input[header...])
        guard Int(command[4]) == command.count - 5 else { return nil }
        digits = Int(input[at + 1])...Int(input[at])
        place = Int(input[2] >> 3 & 0x0F)
        room = Int(input[3] & 0x0F)
        lengthPlace = Int(input[4] & 0x0F)
        self.offsets = offsets
    }

    /// False when there is no room for it.
    func put(_ pin: String, at offset: Int, into command: inout [UInt8]) -> Bool {
        let block = 5 + offset
        let start = block + place
        let digits = pin.utf8.map { $0 & 0x0F }
        guard start + room <= command.count, digits.count <= 2 * room, block + lengthPlace / 8 < command.count,
            lengthPlace % 8 == 4 || lengthPlace % 8 == 0
        else { return false }
        set(UInt8(digits.count), at: 2 * block + lengthPlace / 4, in: &command)
        for (index, digit) in digits.enumerated() { set(digit, at: 2 * start + index, in: &command) }
        return true
    }

    private func set(_ nibble: UInt8, at index: Int, in bytes: inout [UInt8]) {
        let byte = bytes[index / 2]
        bytes[index / 2] = index % 2 == 0 ? byte & 0x0F | nibble << 4 : byte & 0xF0 | nibble
    }
}
