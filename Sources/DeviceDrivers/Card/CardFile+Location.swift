import EnrolmentCore

/// Where the files are, in the order in which they are read: first what the officer waits for, last
/// what only the proof needs.
extension CardFile {
    static let readingOrder: [CardFile] = [
        .identity, .address, .photo, .identitySignature, .addressSignature, .registryCertificate,
        .caCertificate, .rootCertificate, .authenticationCertificate, .signatureCertificate,
    ]

    /// Master file, directory, file.
    var path: [UInt16] {
        switch self {
        case .identity: [0x3F00, 0xDF01, 0x4031]
        case .identitySignature: [0x3F00, 0xDF01, 0x4032]
        case .address: [0x3F00, 0xDF01, 0x4033]
        case .addressSignature: [0x3F00, 0xDF01, 0x4034]
        case .photo: [0x3F00, 0xDF01, 0x4035]
        case .basicKey: [0x3F00, 0xDF01, 0x4040]
        case .authenticationCertificate: [0x3F00, 0xDF00, 0x5038]
        case .signatureCertificate: [0x3F00, 0xDF00, 0x5039]
        case .caCertificate: [0x3F00, 0xDF00, 0x503A]
        case .rootCertificate: [0x3F00, 0xDF00, 0x503B]
        case .registryCertificate: [0x3F00, 0xDF00, 0x503C]
        }
    }

    var shape: CardFileShape {
        switch self {
        case .identity, .address: .fields
        case .photo: .jpeg
        case .identitySignature, .addressSignature: .signature
        case .authenticationCertificate, .signatureCertificate, .caCertificate, .rootCertificate,
            .registryCertificate, .basicKey:
            .certificate
        }
    }
}
