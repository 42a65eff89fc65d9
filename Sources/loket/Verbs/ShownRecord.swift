import BiometricFormats
import EnrolmentCore

/// A finger record of any of the formats, as `loket finger record show` reports it.
struct ShownRecord: Encodable {
    let format: String
    let fingers: [View]

    /// One picture in it.
    struct View: Encodable {
        let position: String
        let impression: String
        let width: Int
        let height: Int
        let quality: Int?
        let compression: String
        let bytes: Int
        /// RFC 3339; nil where the format has no place for it or it is not said.
        let capturedAt: String?
        let picture: () throws -> GrayImage

        private enum CodingKeys: String, CodingKey {
            case position, impression, width, height, quality, compression, bytes, capturedAt
        }
    }

    /// Tells the formats apart by how they begin.
    ///
    /// - Throws: the error of the format that it looks like, or `FingerImageRecordError` for none of them.
    init(_ bytes: [UInt8]) throws {
        switch bytes.first {
        case 0x7F:
            let template = try BiometricInformationTemplate(bytes)
            format = "CBEFF"
            fingers = try Self.views(of: template)
        case 0x63:
            format = "EF.DG3"
            fingers = try DataGroup3(bytes).templates.flatMap { try Self.views(of: $0) }
        default:
            // The edition stands behind the name of the format.
            if bytes.count > 6, bytes[4..<7].elementsEqual("020".utf8) {
                let record = try FingerImageRecord2011(bytes)
                format = "ISO/IEC 19794-4:2011"
                fingers = record.representations.map(Self.view)
            } else {
                format = "ISO/IEC 19794-4:2005"
                fingers = Self.views(of: try FingerImageRecord(bytes))
            }
        }
    }

    var text: String {
        ([format]
            + fingers.map { finger in
                let quality = finger.quality.map { ", quality \($0)" } ?? ""
                return
                    "\(finger.position)  \(finger.width)×\(finger.height)  \(finger.compression) \(finger.bytes) bytes\(quality)"
            }).joined(separator: "\n")
    }

    private static func views(of template: BiometricInformationTemplate) throws -> [View] {
        views(of: try template.fingerImageRecord())
    }

    private static func views(of record: FingerImageRecord) -> [View] {
        record.views.map { view in
            View(
                position: name(view.position), impression: "\(view.impression)", width: view.width,
                height: view.height, quality: view.quality, compression: "\(record.compression)",
                bytes: view.imageData.count, capturedAt: nil, picture: { try record.image(of: view) })
        }
    }

    private static func view(of representation: FingerImageRecord2011.Representation) -> View {
        View(
            position: name(representation.position), impression: "\(representation.impression)",
            width: representation.width, height: representation.height,
            quality: representation.qualities.lazy.compactMap(\.score).first,
            compression: "\(representation.compression)", bytes: representation.imageData.count,
            capturedAt: representation.capturedAt?.rfc3339, picture: { try representation.image() })
    }

    private static func name(_ position: PrintPosition) -> String { position.finger?.name ?? "\(position)" }
}
