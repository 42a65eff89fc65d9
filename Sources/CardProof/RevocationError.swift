/// Why evidence was not taken.
package enum RevocationError: Error, Hashable, Sendable {
    /// No OCSPResponse or CertificateList.
    case malformed
    /// The responder answered that it cannot: RFC 6960 4.2.1, `tryLater` among it.
    case refused(status: UInt8)
    /// Nothing in it is about the certificate, or another authority issued it.
    case otherCertificate
    /// Its signer is neither the issuer nor one that the issuer appointed.
    case unauthorisedSigner
    case wrongSignature
    /// It answers another request.
    case otherNonce
    case unknownAlgorithm
    /// It is from the future: one of the two clocks is wrong.
    case notYetValid
    /// An extension that must be understood and is not.
    case unknownExtension
}
