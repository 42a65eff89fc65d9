import SwiftASN1

/// The frame that certificates, OCSP answers and CRLs share: what is signed, how, and the signature.
struct SignedValue: Hashable, Sendable {
    /// The signed bytes, as they were.
    let content: [UInt8]
    /// The AlgorithmIdentifier, DER.
    let algorithmBytes: [UInt8]
    /// Nil for an algorithm that this program does not know.
    let algorithm: SignatureAlgorithm?
    let signature: [UInt8]

    /// - Parameter parts: of which three are taken: the content, the algorithm and the signature.
    init(_ parts: inout ASN1NodeCollection.Iterator) throws(DERError) {
        content = [UInt8](try parts.required().encodedBytes)
        let identifier = try parts.required()
        algorithmBytes = [UInt8](identifier.encodedBytes)
        var fields = try identifier.sequence()
        algorithm = SignatureAlgorithm(try fields.required().objectIdentifier())
        signature = try parts.required().wholeBytes()
    }

    /// Whether `key` made the signature; nil when that cannot be told for want of the algorithm.
    func isSigned(by key: SigningKey) -> Bool? {
        guard let algorithm else { return nil }
        guard algorithm.isRSA == key.isRSA else { return false }
        return key.verifies(signature, of: content, by: algorithm.digest)
    }
}
