import Crypto
import EnrolmentCore
import Hummingbird
import NIOCore
import NIOSSL
import X509

/// A request together with the connection that it came on, which says who asks.
struct KitRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Ends the connection without waiting for the kit.
    func closeConnection() { channel.close(promise: nil) }

    /// The client certificate, which TLS has verified against central's authority.
    func certificate() async throws -> KitCertificate? {
        guard let certificate = try await channel.nioSSL_peerCertificate().get() else { return nil }
        return try KitCertificate(der: certificate.toDERBytes())
    }
}

/// What a client certificate says about the kit that holds its key.
struct KitCertificate: Hashable, Sendable {
    /// The common name of the subject.
    let kit: KitID
    /// SHA-256 of the DER form.
    let digest: [UInt8]

    /// Nil unless the subject is exactly one common name that a kit may have.
    init?(der: [UInt8]) throws {
        let certificate = try Certificate(derEncoded: der)
        let attributes = certificate.subject.flatMap { Array($0) }
        guard attributes.count == 1, let name = attributes.first, name.type == .RDNAttributeType.commonName,
            let text = String(name.value)
        else { return nil }
        kit = KitID(text)
        guard CentralKeys.isValid(kit) else { return nil }
        digest = Array(SHA256.hash(data: der))
    }
}
