import EnrolmentCore
import NIOSSL
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Who gets in")
struct TLSTests {
    private func isLetIn(_ bench: Bench, _ change: (inout TLSConfiguration) throws -> Void) async throws -> Bool {
        var tls = try KitClient.tls(bench.bundle)
        try change(&tls)
        let client = try KitClient(bench.bundle, port: bench.central.port, tls: tls)
        let answer = try? await client.send("GET", SyncRoute.status.path, headers: [])
        await client.close()
        return answer != nil
    }

    @Test("A kit with its certificate over TLS 1.3 gets in")
    func right() async throws {
        try await Bench.run { bench in
            let entered = try await isLetIn(bench) { _ in }
            #expect(entered)
        }
    }

    @Test("A client without a certificate does not get in")
    func noCertificate() async throws {
        try await Bench.run { bench in
            let entered = try await isLetIn(bench) { tls in
                tls.certificateChain = []
                tls.privateKey = nil
            }
            #expect(!entered)
        }
    }

    @Test("A certificate of another authority does not get in, also when it names a kit that exists")
    func otherAuthority() async throws {
        try await TemporaryFolder.run { folder in
            let keys = try CentralKeys.make(in: folder, training: false)
            let other = try keys.provision(KitID("kit-1"), url: "", recipients: [], at: SystemWallClock().now()).bundle
            try await Bench.run { bench in
                let entered = try await isLetIn(bench) { tls in
                    let foreign = try KitClient.tls(other)
                    tls.certificateChain = foreign.certificateChain
                    tls.privateKey = foreign.privateKey
                }
                #expect(!entered)
            }
        }
    }

    @Test("TLS 1.2 is refused")
    func oldVersion() async throws {
        try await Bench.run { bench in
            let entered = try await isLetIn(bench) { tls in
                tls.minimumTLSVersion = .tlsv12
                tls.maximumTLSVersion = .tlsv12
            }
            #expect(!entered)
        }
    }

    @Test("The server's certificate is no client certificate")
    func serverCertificate() async throws {
        try await Bench.run { bench in
            let keys = bench.central.keys
            let entered = try await isLetIn(bench) { tls in
                let chain = try NIOSSLCertificate.fromPEMBytes(Array(keys.serverCertificate.utf8))
                tls.certificateChain = chain.map { .certificate($0) }
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(keys.serverKey.utf8), format: .pem))
            }
            #expect(!entered)
        }
    }

    @Test("A kit that was given a new certificate does not get in with the old one")
    func replaced() async throws {
        try await Bench.run { bench in
            await #expect(throws: CentralError.self) { try await bench.central.registerKit(KitID("kit-1")) }
            let renewed = try await bench.central.registerKit(KitID("kit-1"), replacing: true)
            let answer = try await bench.kit.send("GET", SyncRoute.status.path, headers: [])
            #expect(answer.code == .unknownKit)
            let client = try KitClient(renewed, port: bench.central.port)
            #expect(try await client.send("GET", SyncRoute.status.path, headers: []).status == 200)
            await client.close()
        }
    }

    @Test("A certificate that was issued but never registered is a kit that central does not know")
    func unregistered() async throws {
        try await Bench.run { bench in
            let keys = bench.central.keys
            let stray = try keys.provision(KitID("kit-9"), url: "", recipients: [], at: SystemWallClock().now()).bundle
            let client = try KitClient(stray, port: bench.central.port)
            #expect(try await client.send("GET", SyncRoute.status.path, headers: []).code == .unknownKit)
            await client.close()
        }
    }
}
