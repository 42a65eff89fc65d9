import EnrolmentCore

/// What the card that opened a kit showed by it.
struct OpeningProof: Sendable {
    let reading: CardReading
    let certificate: OfficerCertificate
    let pin: CardPINState
    let signature: CardSignature
    let digest: CardDigest
    /// Whether the certificate's key made the signature over the number that the machine's chip drew.
    let isRight: Bool
}

extension OfficerLogin {
    /// The login of an officer whose card has just opened the kit, by the same rules as any other: the card has signed
    /// a number that the chip drew for this opening alone, and nobody has to type the PIN a second time.
    ///
    /// - Throws: why the officer is not let in.
    static func session(
        by proof: OpeningProof, on standing: RosterStanding, at time: Timestamp
    ) throws(FailureReport) -> LoginSession {
        var login = OfficerLogin()
        let events: [Event] = [
            .began(standing), .card(proof.reading, proof.certificate), .pinState(.done(proof.pin)),
            .pin(.pinpad, proof.digest), .signed(.done(proof.signature)), .checked(proof.isRight, at: time),
        ]
        for event in events {
            for effect in login.handle(event) {
                switch effect {
                case .admit(let session, _): return session
                case .refuse(let report, _): throw report
                default: break
                }
            }
        }
        throw FailureReport(.login(.needed), kept: .draft)
    }
}
