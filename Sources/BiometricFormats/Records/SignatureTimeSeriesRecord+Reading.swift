import EnrolmentCore

extension SignatureTimeSeriesRecord {
    /// Reads a record of any set of channels that has a place and a time for each point.
    ///
    /// Strokes end where the pen switch says up or, without that channel, where the force is 0. Positions
    /// without a scaling are taken as hundredths of a millimetre, times as thousandths of a second.
    package init(_ bytes: [UInt8]) throws(SignatureRecordError) {
        var reader = ByteReader(bytes)
        guard reader.take(4) == Self.magic else { throw .notSignatureRecord }
        guard let edition = reader.take(4) else { throw .truncated }
        guard edition == Self.edition2007 else { throw .unsupportedEdition }
        guard let inclusion = reader.uint16() else { throw .truncated }
        var descriptions: [SignatureChannel: SignatureChannelDescription] = [:]
        let channels = SignatureChannel.allCases.filter { inclusion & $0.rawValue != 0 }
        for channel in channels { descriptions[channel] = try SignatureChannelDescription(&reader, of: channel) }
        guard let x = descriptions[.x], let y = descriptions[.y],
            descriptions[.time] != nil || descriptions[.timeStep] != nil
        else { throw .missingChannel }
        guard reader.skip(1), let bodyPreamble = reader.uint8(), let count = reader.integer(byteCount: 3) else {
            throw .truncated
        }
        guard bodyPreamble & 0x7F == 0 else { throw .invalid(.preamble) }
        let stored = channels.filter { descriptions[$0]?.isConstant == false }
        let pointLength = stored.reduce(0) { $0 + $1.byteCount }
        // Points that take no bytes would let a few bytes ask for millions of them.
        guard pointLength > 0 || count == 0 else { throw .invalid(.sampleCount) }
        guard reader.remaining >= count * pointLength else { throw .truncated }
        var assembler = SignatureStrokeAssembler(descriptions)
        for _ in 0..<count {
            var values: [SignatureChannel: Int] = [:]
            for channel in stored {
                values[channel] = reader.integer(byteCount: channel.byteCount).map(channel.value)
            }
            assembler.add(values)
        }
        try Self.skipExtendedData(&reader, isPresent: bodyPreamble & 0x80 != 0)
        strokes = assembler.finish()
        geometry = PadGeometry(
            maximumX: Self.extent(x, strokes, \.x), maximumY: Self.extent(y, strokes, \.y),
            maximumPressure: max(1, descriptions[.force]?.maximum ?? assembler.greatestForce),
            widthInHundredthsOfMillimetre: Self.extent(x, strokes, \.x),
            heightInHundredthsOfMillimetre: Self.extent(y, strokes, \.y))
    }

    private static func skipExtendedData(
        _ reader: inout ByteReader, isPresent: Bool
    ) throws(SignatureRecordError) {
        if isPresent {
            guard let length = reader.uint16() else { throw .truncated }
            guard reader.skip(Int(length)) else { throw .truncated }
        }
        guard reader.remaining == 0 else { throw .invalid(.extendedData) }
    }

    /// The size of the pad in one direction: what the record states, or what the ink needs.
    private static func extent(
        _ description: SignatureChannelDescription, _ strokes: [[PenPoint]], _ axis: KeyPath<PenPoint, Int>
    ) -> Int {
        let perUnit = SignatureStrokeAssembler.hundredthsPerUnit(description)
        let stated = description.maximum.map { Int((Double($0) * perUnit).rounded()) } ?? 0
        return max(1, stated, strokes.joined().map { $0[keyPath: axis] }.max() ?? 0)
    }
}
