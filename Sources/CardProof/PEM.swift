import SwiftASN1

/// Certificates as text.
enum PEM {
    /// The DER of the first certificate in a PEM file; the bytes themselves when they are no PEM.
    static func derIfPEM(_ file: [UInt8]) -> [UInt8] {
        guard file.first != 0x30, file.count <= 1 << 20,
            let documents = try? PEMDocument.parseMultiple(pemString: String(decoding: file, as: UTF8.self)),
            let certificate = documents.first(where: { $0.discriminator == "CERTIFICATE" })
        else { return file }
        return certificate.derBytes
    }
}
