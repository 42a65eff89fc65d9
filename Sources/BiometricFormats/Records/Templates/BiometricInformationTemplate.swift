package import EnrolmentCore

/// One finger's biometric data with a header that says what they are: CBEFF as ISO/IEC 7816-11 and
/// ICAO Doc 9303-10 wrap it (tag 7F60), and BSI TR-03121 logs it.
///
/// `7F60 { A1 { 80 version · 81 type · 82 subtype · 83 … · 87 owner · 88 type } · 5F2E record }`
package struct BiometricInformationTemplate: Hashable, Sendable {
    /// In what form the biometric data are.
    package struct Format: Hashable, Sendable {
        /// 0x0101: ISO/IEC JTC 1/SC 37.
        package let owner: UInt16
        package let type: UInt16

        /// ISO/IEC 19794-4:2005.
        package static let fingerImage2005 = Format(owner: 0x0101, type: 0x0007)
        /// ISO/IEC 39794-4 in DER, which Doc 9303 allows since its 8th edition.
        package static let fingerImage39794 = Format(owner: 0x0101, type: 0x0028)

        package init(owner: UInt16, type: UInt16) {
            self.owner = owner
            self.type = type
        }
    }

    /// Which finger it is; nil for a finger that is not said.
    package let finger: FingerPosition?
    package let format: Format
    /// The record, as it is.
    package let data: [UInt8]
    /// Whether the data are themselves tagged objects (7F2E), as those of ISO/IEC 39794-4 are.
    package let isDataConstructed: Bool
    /// The version of the header; 0x0101 in all documents.
    package let version: UInt16
    /// Seven bytes of the issuer's (tag 83), as they are.
    package let creationTime: [UInt8]?
    /// Eight bytes of the issuer's (tag 85), as they are.
    package let validityPeriod: [UInt8]?
    /// Whose product made the template (tag 86).
    package let creator: UInt16?

    package init(
        finger: FingerPosition?, format: Format = .fingerImage2005, data: [UInt8], isDataConstructed: Bool = false,
        version: UInt16 = 0x0101, creationTime: [UInt8]? = nil, validityPeriod: [UInt8]? = nil,
        creator: UInt16? = nil
    ) {
        self.finger = finger
        self.format = format
        self.data = data
        self.isDataConstructed = isDataConstructed
        self.version = version
        self.creationTime = creationTime
        self.validityPeriod = validityPeriod
        self.creator = creator
    }

    /// The template of a record that holds one view of one finger, as ICAO asks for.
    ///
    /// - Throws: `.invalid(.data)` for a record with more views than one, `.invalid(.subtype)` for no single finger,
    ///   `.record` for one that cannot be encoded.
    package init(_ record: FingerImageRecord) throws(BiometricTemplateError) {
        guard record.views.count == 1, let view = record.views.first else { throw .invalid(.data) }
        guard let finger = view.position.finger else { throw .invalid(.subtype) }
        do throws(FingerImageRecordError) {
            self.init(finger: finger, data: try record.encoded())
        } catch {
            throw .record(error)
        }
    }

    /// The record, of the 2005 edition, that the template holds.
    ///
    /// - Throws: `.unsupportedFormat`, `.record`, or `.mismatchedFinger` when the template says another finger.
    package func fingerImageRecord() throws(BiometricTemplateError) -> FingerImageRecord {
        guard format == .fingerImage2005 else { throw .unsupportedFormat }
        let record: FingerImageRecord
        do throws(FingerImageRecordError) {
            record = try FingerImageRecord(data)
        } catch {
            throw .record(error)
        }
        if let finger {
            guard record.views.allSatisfy({ $0.position == .unknown || $0.position.finger == finger }) else {
                throw .mismatchedFinger
            }
        }
        return record
    }
}
