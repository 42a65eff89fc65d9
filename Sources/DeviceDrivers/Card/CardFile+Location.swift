import EnrolmentCore

/// Where the files are, and how each shows that it is all there.
extension CardFile {
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
        case .identity: .fields
        case .address: .filledFields
        case .photo: .jpeg
        case .identitySignature, .addressSignature: .signature
        case .authenticationCertificate, .signatureCertificate, .caCertificate, .rootCertificate,
            .registryCertificate, .basicKey:
            .certificate
        }
    }

    /// Without it there is nothing to show or to compare a face with.
    var isIndispensable: Bool { self == .identity || self == .photo }
}
