package import EnrolmentCore

extension CardAddress {
    /// Takes an address file (4033) apart, as far as it can be read; nil when it holds no address, as on
    /// a card that was never filled in.
    package init?(file: [UInt8]) {
        let fields = CardFields(file, of: .address)
        self.init(
            streetAndNumber: fields.text(Tag.streetAndNumber.rawValue),
            postalCode: fields.text(Tag.postalCode.rawValue),
            municipality: fields.text(Tag.municipality.rawValue))
        if streetAndNumber.isEmpty, postalCode.isEmpty, municipality.isEmpty { return nil }
    }

    fileprivate enum Tag: UInt8, CaseIterable {
        case streetAndNumber = 0x01
        case postalCode, municipality
    }
}

extension CardReading {
    /// What was odd about the address file; none that is there and empty is not odd.
    package var addressWarnings: [CardFieldWarning] {
        guard let file = files[.address] else { return [] }
        let fields = CardFields(file, of: .address)
        let isMissed = fields.flaw == nil && address != nil
        return fields.warnings
            + CardAddress.Tag.allCases.map(\.rawValue).flatMap { tag in
                fields[tag] == nil && isMissed
                    ? [CardFieldWarning(.address, tag, .missing)] : fields.textWarnings(tag, of: .address)
            }
    }
}
