import EnrolmentCore
import SyncProtocol
import Testing

@Suite("Kit bundle and status")
struct KitBundleTests {
    private let bundle = KitBundle(
        kit: KitID("kit-7"), isTraining: true, centralURL: "https://localhost:1", serverName: "central",
        certificateAuthority: "ca", clientCertificate: "cert", clientKey: "SECRET-A", signingKey: "SECRET-B",
        recipients: ["age1pq1x"], receiptKey: "key", receiptKeyID: "0123")

    @Test("A bundle is read back as it was written")
    func roundTrip() throws {
        #expect(try KitBundle(decoding: bundle.encoded()) == bundle)
    }

    @Test("A bundle from before there were lists is read, and one with lists hides them as it hides keys")
    func lists() throws {
        let text = String(decoding: try bundle.encoded(), as: UTF8.self)
        #expect(!text.contains("roster") && !text.contains("cardRoots"))
        #expect(try KitBundle(decoding: Array(text.utf8)).roster == nil)
        var listed = bundle
        (listed.roster, listed.cardRoots) = ("SECRET-C", "x.y.z")
        let read = try KitBundle(decoding: listed.encoded())
        #expect(read == listed && read.roster == "SECRET-C" && read.cardRoots == "x.y.z")
        #expect(!String(reflecting: listed).contains("SECRET"))
    }

    @Test("Printing, dumping or interpolating a bundle shows no key")
    func secrets() {
        var dumped = ""
        dump(bundle, to: &dumped)
        for text in [dumped, "\(bundle)", String(reflecting: bundle)] {
            #expect(!text.contains("SECRET"))
            #expect(text.contains("kit-7"))
        }
    }

    @Test("A bundle of another version is refused")
    func otherVersion() throws {
        let text = String(decoding: try bundle.encoded(), as: UTF8.self)
        let newer = text.replacing(#""version":1"#, with: #""version":2"#)
        #expect(throws: DecodingError.self) { try KitBundle(decoding: Array(newer.utf8)) }
    }

    @Test("A status is read back as it was written, and a portal's page is none")
    func status() throws {
        let status = CentralStatus(
            server: "central", time: Timestamp(milliseconds: 1_795_000_000_000), isTraining: false,
            kit: KitID("kit-7"), maximumPacketSize: 1)
        #expect(try CentralStatus(decoding: status.encoded()) == status)
        #expect(throws: DecodingError.self) { try CentralStatus(decoding: Array("<html>".utf8)) }
    }
}
