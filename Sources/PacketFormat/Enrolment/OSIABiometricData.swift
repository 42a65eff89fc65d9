/// One sample, or one finger that gives none.
///
/// A finger's `image` is the WSQ file itself, as OSIA's `compression` says; the ISO/IEC 19794-4
/// record around the same WSQ stands in `template`, the one other buffer of the closed schema, whose
/// `templateFormat` is an open list. So a reader that knows only OSIA finds a plain WSQ, and one that
/// wants the standard record finds it whole. A signature's PNG and its ISO/IEC 19794-7 time series
/// are placed in the same way.
package struct OSIABiometricData: Hashable, Sendable, Codable {
    package enum BiometricType: String, CaseIterable, Sendable, Codable {
        case face = "FACE"
        case finger = "FINGER"
        case signature = "SIGNATURE"
    }

    package enum Compression: String, CaseIterable, Sendable, Codable {
        case wsq = "WSQ"
        case jpeg = "JPEG"
        case png = "PNG"
    }

    package enum ImpressionType: String, CaseIterable, Sendable, Codable {
        case liveScanPlain = "LIVE_SCAN_PLAIN"
        case liveScanRolled = "LIVE_SCAN_ROLLED"
    }

    package enum TemplateFormat: String, CaseIterable, Sendable, Codable {
        case fingerImageRecord = "ISO_19794_4"
        case signatureTimeSeries = "ISO_19794_7"
    }

    /// A part that is not there.
    package struct Missing: Hashable, Sendable, Codable {
        package enum Presence: String, CaseIterable, Sendable, Codable {
            case bandaged = "BANDAGED"
            case amputated = "AMPUTATED"
            case damaged = "DAMAGED"
        }

        package var biometricSubType: String
        /// Absent for a finger that is there and that no attempt could read: OSIA has no word for it.
        package var presence: Presence?
    }

    package var biometricType: BiometricType
    package var biometricSubType: String?
    package var image: Base64Bytes?
    package var mimeType: String?
    package var compression: Compression?
    package var width: Int?
    package var height: Int?
    package var bitdepth: Int?
    /// Pixels an inch.
    package var resolution: Int?
    package var impressionType: ImpressionType?
    package var template: Base64Bytes?
    package var templateFormat: TemplateFormat?
    package var quality: Int?
    package var qualityFormat: String?
    /// RFC 3339.
    package var captureDate: String?
    package var captureDevice: String?
    package var missing: [Missing]?
    /// For a finger, which attempt at it was kept: `attempt=2`.
    package var metadata: String?
    package var comment: String?

    init(_ type: BiometricType) { biometricType = type }
}
