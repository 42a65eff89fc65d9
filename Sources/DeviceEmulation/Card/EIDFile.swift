/// A file of a Belgian eID card, by its directory and its own identifier.
package struct EIDFile: Hashable, Sendable {
    package let directory: UInt16
    package let identifier: UInt16

    package static let masterFile: UInt16 = 0x3F00
    /// Keys and certificates, laid out as PKCS#15 has it.
    package static let belpic: UInt16 = 0xDF00
    package static let identityDirectory: UInt16 = 0xDF01

    package init(_ directory: UInt16, _ identifier: UInt16) {
        self.directory = directory
        self.identifier = identifier
    }

    package static let directoryList = EIDFile(masterFile, 0x2F00)
    package static let objectDirectory = EIDFile(belpic, 0x5031)
    package static let tokenInfo = EIDFile(belpic, 0x5032)
    package static let authenticationObjects = EIDFile(belpic, 0x5034)
    package static let privateKeys = EIDFile(belpic, 0x5035)
    package static let certificates = EIDFile(belpic, 0x5037)
    package static let authenticationCertificate = EIDFile(belpic, 0x5038)
    package static let signatureCertificate = EIDFile(belpic, 0x5039)
    package static let caCertificate = EIDFile(belpic, 0x503A)
    package static let rootCertificate = EIDFile(belpic, 0x503B)
    package static let registryCertificate = EIDFile(belpic, 0x503C)
    package static let identity = EIDFile(identityDirectory, 0x4031)
    package static let identitySignature = EIDFile(identityDirectory, 0x4032)
    package static let address = EIDFile(identityDirectory, 0x4033)
    package static let addressSignature = EIDFile(identityDirectory, 0x4034)
    package static let photo = EIDFile(identityDirectory, 0x4035)
    /// The digest of the authority's role key, and the holder's preferences; not on applet 1.8.
    package static let authorityRole = EIDFile(identityDirectory, 0x4038)
    package static let preferences = EIDFile(identityDirectory, 0x4039)
    /// The public half of the key that tells a chip from a copy; applet 1.8.
    package static let basicKey = EIDFile(identityDirectory, 0x4040)
}
