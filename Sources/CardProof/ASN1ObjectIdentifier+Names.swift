import SwiftASN1

extension ASN1ObjectIdentifier {
    /// id-kp-OCSPSigning, RFC 6960 4.2.2.2.
    static let ocspSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 9]
    /// id-kp-timeStamping, RFC 5280 4.2.1.12.
    static let timeStamping: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 8]
}
