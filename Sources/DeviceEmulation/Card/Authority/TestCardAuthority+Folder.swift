package import Foundation
import X509

/// An infrastructure in a folder, in PEM, so that `openssl` can answer for it: a certificate and a key
/// for each role, such as `root.pem` and `root.key`.
extension TestCardAuthority {
    /// Takes what is in the folder, or fills it with new keys when there is nothing.
    ///
    /// - Parameter folder: made when it is not there. Whoever can read it can make test cards.
    package init(_ algorithm: Algorithm, folder: URL, shape: Shape = Shape()) throws {
        let manager = FileManager.default
        let rootFile = folder.appending(path: "root.pem")
        if manager.fileExists(atPath: folder.appending(path: "root.key").path) {
            let keys = try TestCardRole.allCases.map { role in
                (role, try TestCardKey(pem: String(contentsOf: Self.keyFile(role, folder), encoding: .utf8)))
            }
            let root = try Certificate(pemEncoded: String(contentsOf: rootFile, encoding: .utf8))
            try self.init(
                algorithm, shape: shape, keys: Dictionary(uniqueKeysWithValues: keys),
                root: root.serializeAsPEM().derBytes)
        } else {
            let keys = try TestCardRole.allCases.map { role in
                let isShort = role == .registry || role == .authentication || role == .signature
                return (role, try TestCardKey(algorithm, isShort: isShort))
            }
            try self.init(algorithm, shape: shape, keys: Dictionary(uniqueKeysWithValues: keys), root: nil)
        }
        try write(to: folder)
    }

    package func write(to folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for (role, key) in keys { try Data(key.pem.utf8).write(to: Self.keyFile(role, folder)) }
        for (name, certificate) in [
            ("root", rootCertificate), ("registry", registryCertificate), ("citizen", citizenAuthorityCertificate),
            ("foreigner", foreignerAuthorityCertificate),
        ] {
            try Data(Self.pem(certificate).utf8).write(to: folder.appending(path: "\(name).pem"))
        }
    }

    /// Not by X509, which takes no RSA-1024.
    package static func pem(_ certificate: [UInt8]) -> String {
        let text = Data(certificate).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n"
    }

    private static func keyFile(_ role: TestCardRole, _ folder: URL) -> URL {
        folder.appending(path: "\(role.rawValue).key")
    }
}
