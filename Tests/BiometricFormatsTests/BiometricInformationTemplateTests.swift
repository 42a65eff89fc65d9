import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("Biometric information templates and the data group of them")
struct BiometricInformationTemplateTests {
    private func record(_ position: PrintPosition, byteCount: Int) -> FingerImageRecord {
        FingerImageRecord(
            views: [
                .init(
                    position: position, impression: .liveScanPlain, quality: 68, width: 400, height: 500,
                    imageData: [UInt8](repeating: 0xAB, count: byteCount))
            ], compression: .wsq)
    }

    @Test("bear the published header around a record of 12 257 bytes")
    func publishedHeader() throws {
        let template = try BiometricInformationTemplate(record(.rightIndex, byteCount: 12_211))
        let bytes = try template.encoded()
        let header: [UInt8] = [
            0x7F, 0x60, 0x82, 0x2F, 0xFA, 0xA1, 0x12, 0x80, 0x02, 0x01, 0x01, 0x81, 0x01, 0x08, 0x82, 0x01, 0x09, 0x87,
            0x02, 0x01, 0x01, 0x88, 0x02, 0x00, 0x07, 0x5F, 0x2E, 0x82, 0x2F, 0xE1, 0x46, 0x49, 0x52, 0x00,
        ]
        #expect(Array(bytes[..<34]) == header)
        #expect(bytes.count == 5 + 0x2FFA)
        let read = try BiometricInformationTemplate(bytes)
        #expect(read == template)
        #expect(try read.fingerImageRecord() == record(.rightIndex, byteCount: 12_211))
    }

    @Test(
        "number the ten fingers as ISO/IEC 7816-11 does",
        arguments: zip(
            FingerPosition.allCases, [0x05, 0x09, 0x0D, 0x11, 0x15, 0x06, 0x0A, 0x0E, 0x12, 0x16] as [UInt8]))
    func subtypes(_ finger: FingerPosition, _ subtype: UInt8) throws {
        let bytes = try BiometricInformationTemplate(finger: finger, data: [1]).encoded()
        #expect(Array(bytes[12..<15]) == [0x82, 1, subtype])
        #expect(try BiometricInformationTemplate(bytes).finger == finger)
    }

    @Test("give back the optional objects, an unsaid finger and data of the later standard")
    func optionals() throws {
        let template = BiometricInformationTemplate(
            finger: nil, format: .fingerImage39794, data: [0x30, 0x00], isDataConstructed: true,
            creationTime: [0x20, 0x26, 0x11, 0x21, 0x20, 0x27, 0x06],
            validityPeriod: [0x20, 0x26, 0x11, 0x21, 0x20, 0x36, 0x11, 0x21], creator: 0x0012)
        #expect(try BiometricInformationTemplate(try template.encoded()) == template)
        #expect(throws: BiometricTemplateError.unsupportedFormat) { try template.fingerImageRecord() }
        #expect(throws: BiometricTemplateError.invalid(.creationTime)) {
            try BiometricInformationTemplate(finger: nil, data: [], creationTime: [1]).encoded()
        }
    }

    @Test("are only made of a record with one view of one finger")
    func unfitRecords() throws {
        let view = record(.rightIndex, byteCount: 1).views[0]
        #expect(throws: BiometricTemplateError.invalid(.data)) {
            try BiometricInformationTemplate(FingerImageRecord(views: [view, view], compression: .wsq))
        }
        #expect(throws: BiometricTemplateError.invalid(.subtype)) {
            try BiometricInformationTemplate(record(.bothThumbs, byteCount: 1))
        }
    }

    @Test("tell that template and record name different fingers")
    func mismatch() throws {
        let data = try record(.leftIndex, byteCount: 1).encoded()
        #expect(throws: BiometricTemplateError.mismatchedFinger) {
            try BiometricInformationTemplate(finger: .rightIndex, data: data).fingerImageRecord()
        }
        #expect(throws: BiometricTemplateError.record(.notFingerImageRecord)) {
            try BiometricInformationTemplate(finger: .rightIndex, data: [1, 2]).fingerImageRecord()
        }
    }

    @Test("stand in a data group of no, one or two", arguments: 0...2)
    func dataGroup(_ count: Int) throws {
        let templates = try [PrintPosition.rightIndex, .leftIndex].prefix(count).map {
            try BiometricInformationTemplate(record($0, byteCount: 200))
        }
        let group = DataGroup3(templates: templates, discretionaryData: count == 0 ? [1, 2, 3, 4, 5, 6, 7, 8] : nil)
        let bytes = try group.encoded()
        #expect(try DataGroup3(bytes) == group)
        if count == 0 {
            let empty: [UInt8] = [0x63, 0x10, 0x7F, 0x61, 3, 2, 1, 0, 0x53, 8, 1, 2, 3, 4, 5, 6, 7, 8]
            #expect(bytes == empty)
        } else {
            // One template of 5 + 2 + 18 + 4 + 246 bytes, or two.
            #expect(bytes.count == (count == 1 ? 4 + 5 + 3 + 275 : 4 + 5 + 3 + 550))
            #expect(Array(bytes[..<2]) == [0x63, 0x82])
        }
    }

    @Test("are refused when cut at any place, or with bytes after the end")
    func truncation() throws {
        let template = try BiometricInformationTemplate(record(.rightIndex, byteCount: 3))
        let bytes = try DataGroup3(templates: [template, template]).encoded()
        for length in 0..<bytes.count {
            #expect(throws: BiometricTemplateError.self, "length \(length)") { try DataGroup3(Array(bytes[..<length])) }
        }
        #expect(throws: BiometricTemplateError.trailingBytes) { try DataGroup3(bytes + [0]) }
        #expect(throws: BiometricTemplateError.trailingBytes) {
            try BiometricInformationTemplate(try template.encoded() + [0])
        }
    }

    @Test("name the object that is wrong")
    func objects() throws {
        let bytes = try DataGroup3(templates: [.init(finger: .rightIndex, data: [0xAA])]).encoded()
        #expect(bytes.count == 35)
        let cases: [(Int, UInt8, BiometricTemplateError)] = [
            (0, 0x75, .missing(.dataGroup)), (1, 0x80, .malformed), (1, 0x22, .truncated), (1, 0x1E, .trailingBytes),
            (3, 0x60, .missing(.group)),
            (7, 2, .invalid(.count)), (7, 0, .invalid(.count)), (9, 0x61, .missing(.template)),
            (11, 0xA2, .missing(.header)), (13, 0x90, .invalid(.header)), (13, 0x87, .repeated(.formatOwner)),
            (19, 2, .invalid(.type)), (22, 0x01, .invalid(.subtype)), (27, 0x86, .missing(.formatType)),
            (33, 0x02, .truncated), (32, 0x2F, .missing(.data)),
        ]
        for (offset, value, error) in cases {
            var damaged = bytes
            damaged[offset] = value
            #expect(throws: error, "offset \(offset)") { try DataGroup3(damaged) }
        }
    }

    @Test("damaged, give a data group or an error, 10000 times")
    func mutation() throws {
        let bytes = try DataGroup3(
            templates: [.rightIndex, .leftIndex].map { try BiometricInformationTemplate(record($0, byteCount: 20)) }
        ).encoded()
        var mutator = Mutator(seed: 33)
        var groups = 0
        for _ in 0..<10_000 {
            do throws(BiometricTemplateError) {
                let group = try DataGroup3(mutator.mutated(bytes))
                groups += 1
                for template in group.templates { _ = try? template.fingerImageRecord() }
                // What is read can be written again.
                _ = try group.encoded()
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(groups > 100 && groups < 9000, "seed 33: \(groups)")
    }
}
