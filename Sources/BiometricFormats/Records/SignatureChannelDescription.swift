/// How the numbers of one channel are meant: a preamble byte and the attributes that it announces.
struct SignatureChannelDescription: Hashable {
    var scaling: SignatureScaling?
    var minimum: Int?
    var maximum: Int?
    var mean: Int?
    var deviation: Int?
    /// The channel takes no bytes in the points.
    var isConstant = false

    init(scaling: SignatureScaling? = nil, minimum: Int? = nil, maximum: Int? = nil) {
        self.scaling = scaling
        self.minimum = minimum
        self.maximum = maximum
    }

    /// The value of a constant channel, which only its statistics tell.
    var constant: Int { mean ?? minimum ?? maximum ?? 0 }

    func append(to bytes: inout [UInt8]) {
        var preamble: UInt8 = isConstant ? 0x04 : 0
        var attributes: [Int] = []
        let stored = [scaling.map { Int($0.stored) }, minimum, maximum, mean, deviation]
        for (index, attribute) in stored.enumerated() {
            guard let attribute else { continue }
            preamble |= 0x80 >> UInt8(index)
            attributes.append(attribute)
        }
        bytes.append(preamble)
        for attribute in attributes { bytes.appendBigEndian(attribute, byteCount: 2) }
    }

    init(_ reader: inout ByteReader, of channel: SignatureChannel) throws(SignatureRecordError) {
        guard let preamble = reader.uint8() else { throw .truncated }
        guard preamble & 0x01 == 0 else { throw .invalid(.preamble) }
        var attributes = [Int?](repeating: nil, count: 5)
        for index in 0..<5 where preamble & (0x80 >> UInt8(index)) != 0 {
            guard let attribute = reader.uint16() else { throw .truncated }
            attributes[index] = Int(attribute)
        }
        scaling = attributes[0].map { SignatureScaling(stored: UInt16(truncatingIfNeeded: $0)) }
        minimum = attributes[1].map(channel.value)
        maximum = attributes[2].map(channel.value)
        mean = attributes[3].map(channel.value)
        deviation = attributes[4]
        isConstant = preamble & 0x04 != 0
    }
}
