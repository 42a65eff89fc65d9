import Foundation
import Testing

@testable import PacketFormat

/// Who judges: each tool is an implementation of age, or of its hybrid stanza, that is not ours.
enum AgeTool: String, CaseIterable {
    case age, pyrage, hpke, plugin

    var kind: AgeRecipient.Kind { self == .age || self == .pyrage ? .x25519 : .hybrid }
    var canSeal: Bool { self != .plugin }

    static let present = allCases.filter {
        Witness.canRun("python3", Witness.script("packet-age.py"), "can", $0.rawValue)
    }
}

@Suite(
    "Other age tools",
    .enabled("needs Python, and age, pyrage or cryptography 48 with its HPKE") { !AgeTool.present.isEmpty })
struct AgeWitnessTests {
    /// Few, since each case starts a Python; the other lengths are in the round trips.
    private static let lengths = [0, 65_536, 200_000]

    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func run(_ action: String, _ tool: AgeTool, key: String, _ input: [UInt8]) throws -> [UInt8] {
        try directory.write(input, as: "input")
        let files = ["input", "output"].map { directory.url.appending(component: $0).path }
        let outcome = try Witness.run(["python3", Witness.script("packet-age.py"), action, tool.rawValue, key] + files)
        try #require(outcome.status == 0, "\(tool): \(outcome.output)")
        return try directory.bytes("output")
    }

    @Test("open what we seal", arguments: AgeTool.present, lengths)
    func theyOpen(tool: AgeTool, length: Int) throws {
        let identity = try AgeFixtures.identity(tool.kind)
        let plain = AgeFixtures.plaintext(length)
        let file = try AgeFixtures.seal(plain, for: identity.recipient)
        #expect(try run("open", tool, key: identity.secretText, file) == plain)
    }

    @Test("seal what we open", arguments: AgeTool.present.filter(\.canSeal), lengths)
    func theySeal(tool: AgeTool, length: Int) throws {
        let identity = try AgeFixtures.identity(tool.kind)
        let plain = AgeFixtures.plaintext(length)
        let file = try run("seal", tool, key: identity.recipient.text, plain)
        #expect(try AgeFixtures.open(file, with: identity) == plain)
    }

    @Test("open a whole packet", .enabled(if: AgeTool.present.contains(.plugin), "needs age and cryptography 48"))
    func packet() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        let sealer = try PacketSealer(directory: directory.url, recipient: identity.recipient, key: KitSigningKey())
        let packet = try sealer.seal(RecordFixtures.complete(), at: RecordFixtures.place())
        let file = try directory.bytes(packet.file.lastPathComponent)
        let content = try run("open", .plugin, key: identity.secretText, file)
        #expect(content.count == packet.manifest.manifest.contentSize)
        #expect(try OSIAEnrollment(content: content).biometricData.count == 9)
    }
}
