import EnrolmentCore

/// The large parts of a document, one after the other.
extension JSONStream {
    /// The members of an array of samples, each with its buffers in pieces; a sample is made when it is
    /// its turn and let go after it.
    struct Samples {
        private let sink: ByteSink
        private var isFirst = true

        init(to sink: @escaping ByteSink) { self.sink = sink }

        mutating func write(_ sample: OSIABiometricData) throws {
            if !isFirst { try JSONStream.text(",", to: sink) }
            isFirst = false
            var rest = sample
            (rest.image, rest.template) = (nil, nil)
            try JSONStream.object([("image", sample.image), ("template", sample.template)], and: rest, to: sink)
        }
    }

    /// The files of a card as one document. A document without parts is against the schema: then nothing.
    static func card(_ card: CardReading, to sink: ByteSink) throws {
        guard !card.files.isEmpty else { return }
        try text(#"{"documentType":"ID_CARD","parts":["#, to: sink)
        var isFirst = true
        for file in CardFile.allCases {
            guard let bytes = card.files[file] else { continue }
            if !isFirst { try text(",", to: sink) }
            isFirst = false
            let part = OSIADocumentData.Part(
                data: nil, mimeType: OSIADocumentData.mimeType(of: file), captureDate: card.readAt.rfc3339)
            try object([("data", Base64Bytes(bytes))], and: part, to: sink)
        }
        try text("]}", to: sink)
    }
}
