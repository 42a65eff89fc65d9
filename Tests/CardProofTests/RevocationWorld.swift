import DeviceEmulation
import EnrolmentCore
import Foundation

@testable import CardProof

/// A root of the emulated cards whose owner answers about revocations with openssl.
struct RevocationWorld {
    enum State: Sendable { case good, revoked, unknown }

    let fixture: ProofFixture
    let subject: RevocationSubject
    let prover: CardProver
    let openssl: OpenSSL

    /// Answers of openssl bear the time of this machine.
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    init(_ profile: CardProfile) throws {
        var fixture = try ProofFixture(profile)
        fixture.time = Self.now
        self.fixture = fixture
        prover = CardProver(try fixture.trust())
        guard let subject = prover.revocationSubject(of: try fixture.reading()) else {
            throw OpenSSL.Failure(description: "no chain to ask about")
        }
        self.subject = subject
        openssl = try OpenSSL()
        try openssl.write(Self.pem(fixture.authority.rootCertificate), to: "root.pem")
        try openssl.write(try fixture.authority.key(.root).pem, to: "root.key")
    }

    static func pem(_ der: [UInt8]) -> String {
        let base64 = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
    }

    private var serial: String { subject.certificate.serialNumber.map { String(format: "%02X", $0) }.joined() }

    /// The database of `openssl ca` with this one certificate in it.
    private func writeIndex(_ state: State) throws {
        let line =
            switch state {
            case .good: "V\t391231235959Z\t\t\(serial)\tunknown\t/CN=RRN TEST\n"
            case .revoked: "R\t391231235959Z\t250101120000Z\t\(serial)\tunknown\t/CN=RRN TEST\n"
            case .unknown: "V\t391231235959Z\t\t0102\tunknown\t/CN=Other\n"
            }
        try openssl.write(line, to: "index.txt")
        try openssl.write("unique_subject = no\n", to: "index.txt.attr")
    }

    /// An answer to `request`, by the root itself or by `signer`.
    ///
    /// - Parameter lifetime: until newer news; openssl's own words for it.
    func ocsp(
        _ state: State, signer: String = "root", request: [UInt8]? = nil, lifetime: [String] = ["-ndays", "7"]
    ) throws -> RevocationEvidence {
        try writeIndex(state)
        try openssl.write(request ?? subject.ocspRequest(), to: "request.der")
        try openssl.run(
            ["ocsp", "-index", "index.txt", "-CA", "root.pem", "-rsigner", "\(signer).pem", "-rkey", "\(signer).key"]
                + ["-reqin", "request.der", "-respout", "response.der", "-rmd", "sha256"] + lifetime)
        return RevocationEvidence(.ocsp, try openssl.read("response.der"))
    }

    /// A responder of its own, with a certificate for it by the root, or by itself.
    func makeResponder(_ name: String, usage: String?, byItself: Bool = false) throws {
        try openssl.run("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", "\(name).key")
        try openssl.write(
            "[x]\nkeyUsage=critical,digitalSignature\n" + (usage.map { "extendedKeyUsage=\($0)\n" } ?? ""),
            to: "\(name).ext")
        try openssl.run(
            "req", "-new", "-key", "\(name).key", "-subj", "/C=BE/CN=TEST responder \(name)", "-out", "\(name).csr")
        let signer = byItself ? ["-signkey", "\(name).key"] : ["-CA", "root.pem", "-CAkey", "root.key"]
        try openssl.run(
            ["x509", "-req", "-in", "\(name).csr", "-days", "30", "-set_serial", "77", "-sha384", "-extfile"]
                + ["\(name).ext", "-extensions", "x", "-out", "\(name).pem"] + signer)
    }

    /// A list of revoked certificates, of version 1 as Belgium's roots make them, or 2.
    ///
    /// - Parameters:
    ///   - scope: what the list says that it leaves out, as a line of its IssuingDistributionPoint.
    ///   - others: further certificates that are on the list.
    func crl(_ state: State, version: Int = 1, scope: String? = nil, others: Int = 0) throws -> RevocationEvidence {
        try writeIndex(state)
        if others > 0 {
            let lines = (0..<others).map { number in
                "R\t391231235959Z\t250101120000Z\t7F\(String(format: "%08X", number))\tunknown\t/CN=Other\n"
            }
            try openssl.write(
                String(decoding: try openssl.read("index.txt"), as: UTF8.self) + lines.joined(), to: "index.txt")
        }
        try openssl.write("01\n", to: "crlnumber")
        try openssl.write(
            """
            [ca]
            default_ca=ca_default
            [ca_default]
            database=index.txt
            crlnumber=crlnumber
            default_md=sha384
            default_crl_days=7
            \(version == 2 ? "crl_extensions=crl_ext" : "")
            [crl_ext]
            \(scope == nil ? "" : "issuingDistributionPoint=critical,@idp")
            [idp]
            \(scope ?? "")
            """, to: "ca.cnf")
        var arguments = ["ca", "-gencrl", "-config", "ca.cnf", "-keyfile", "root.key", "-cert", "root.pem"]
        arguments += ["-out", "crl.pem"]
        try openssl.run(arguments)
        try openssl.run("crl", "-in", "crl.pem", "-outform", "DER", "-out", "crl.der")
        return RevocationEvidence(.crl, try openssl.read("crl.der"))
    }
}
