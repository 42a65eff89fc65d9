import X509

/// Where a test certificate says that revocation can be asked for.
package struct TestCardRevocation: Hashable, Sendable {
    package var ocsp: String
    package var crl: String
    /// Where the certificate of the authority above can be had.
    package var issuer: String

    package init(
        ocsp: String = "http://ocsp.loket.example/eid", crl: String = "http://crl.loket.example/eid.crl",
        issuer: String = "http://crt.loket.example/eid.crt"
    ) {
        self.ocsp = ocsp
        self.crl = crl
        self.issuer = issuer
    }

    /// RFC 5280 4.2.1.13: one point, by its full name.
    var distributionPoints: Certificate.Extension {
        func wrap(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            content.count < 0x80
                ? [tag, UInt8(content.count)] + content
                : [tag, 0x82, UInt8(truncatingIfNeeded: content.count >> 8), UInt8(truncatingIfNeeded: content.count)]
                    + content
        }
        let name = wrap(0xA0, wrap(0xA0, wrap(0x86, [UInt8](crl.utf8))))
        return Certificate.Extension(
            oid: [2, 5, 29, 31], critical: false, value: wrap(0x30, wrap(0x30, name))[...])
    }
}
