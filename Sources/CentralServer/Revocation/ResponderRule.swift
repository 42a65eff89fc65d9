/// Addresses that central may ask on a kit's behalf; a kit names any it likes, and no other is asked.
package struct ResponderRule: Hashable, Sendable {
    let above: ResponderURL
    /// Whether the host may lie in a private network or on this machine. Names that everybody knows may
    /// not: whoever answers for them in DNS must not steer central to a neighbour of its own.
    let allowsPrivateAddresses: Bool

    /// One that an operator gave: the address itself and those below it, wherever the host lies.
    ///
    /// - Parameter text: for example `http://ocsp.example` or `http://10.0.0.5:8080/eid`.
    /// - Throws: `CentralError.invalidResponder`.
    package init(configured text: String) throws(CentralError) {
        guard let address = ResponderURL(text) else {
            throw CentralError(
                .invalidResponder, "an address of a responder cannot be read",
                hint: "Write it like http://ocsp.example/eid: no user, no query, no escapes.")
        }
        above = address
        allowsPrivateAddresses = true
    }

    init(known text: String) throws(CentralError) {
        above = try ResponderRule(configured: text).above
        allowsPrivateAddresses = false
    }

    /// The servers of the Belgian eID: RSA and EC cards, OCSP and revocation lists.
    package static let belgian: [ResponderRule] = [
        "http://ocsp.eid.belgium.be", "http://ocsp.eidpki.belgium.be", "http://crl.eid.belgium.be",
        "http://crl.eidpki.belgium.be",
    ].compactMap { try? ResponderRule(known: $0) }
}
