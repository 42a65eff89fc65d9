/// An application as central receives it: the OSIA Enrollment 1.3.0 document, with the members that
/// this product uses.
///
/// The interface specification is Copyright © Secure Identity Alliance (2022). Its schemas are closed,
/// and so are these types: what OSIA has no member for stands in `requestData`, `contextualData` and
/// `biographicData`, which OSIA leaves open. `enrollmentId` and `status` are read-only there and so
/// never written; the packet's own id is in `contextualData`.
package struct OSIAEnrollment: Hashable, Sendable, Codable {
    /// `citizen` for Belgians, `resident` for foreigners.
    package var enrollmentType: String
    package var requestData: OSIARequestData
    package var contextualData: OSIAContextualData
    package var biographicData: OSIABiographicData
    package var biometricData: [OSIABiometricData]
    package var documentData: [OSIADocumentData]
}
