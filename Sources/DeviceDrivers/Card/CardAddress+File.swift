package import EnrolmentCore

extension CardAddress {
    /// Takes an address file (4033) apart; nil when it holds no address, as on a card that was never
    /// filled in.
    ///
    /// - Throws: `CardFileError` when fields run over the end.
    package init?(file: [UInt8]) throws(CardFileError) {
        let fields = try CardFields(file)
        self.init(
            streetAndNumber: fields.text(0x01), postalCode: fields.text(0x02), municipality: fields.text(0x03))
        if streetAndNumber.isEmpty, postalCode.isEmpty, municipality.isEmpty { return nil }
    }
}
