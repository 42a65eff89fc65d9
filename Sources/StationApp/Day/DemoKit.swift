import CentralServer
import EnrolmentCore
import Foundation
import Logging
import OfflineCache
import PacketFormat
import SyncProtocol

/// A training kit and its own central on loopback, with a network between them that can be cut.
struct DemoKit: Sendable {
    let central: RunningCentral
    let link: CuttableLink
    let folder: KitFolder
    private let bundle: KitBundle
    private let passphrase: SecretBytes
    private let clock: any WallClock

    static func make(in folders: DemoFolders, kit: KitID, clock: any WallClock) async throws -> DemoKit {
        var logger = Logger(label: "central")
        logger.logLevel = .critical
        let configuration = CentralConfiguration(directory: folders.central.path, clock: clock, logger: logger)
        try FileManager.default.createDirectory(at: folders.central, withIntermediateDirectories: true)
        _ = try CentralKeys.make(in: configuration.keyDirectory, training: true)
        let central = try await CentralService.start(configuration)
        let link = try await CuttableLink(toCentralAt: central.port)
        let bundle = try await central.registerKit(kit, url: "https://localhost:\(link.port)")
        let folder = KitFolder(folders.kit)
        let passphrase = try folders.readPassphrase()
        try await folder.provision(bundle, passphrase: passphrase, clock: clock)
        return DemoKit(
            central: central, link: link, folder: folder, bundle: bundle, passphrase: passphrase, clock: clock)
    }

    func open() async throws(FailureReport) -> OpenKit {
        try await folder.open(passphrase: passphrase, clock: clock)
    }

    func plan(_ visits: [Visit]) async throws {
        try await open().plan(visits)
    }

    /// How many packets have a receipt that holds: signature, packet and place in the chain, checked
    /// again from what the kit stored.
    func verifiedReceipts(of packets: [QueuedPacket]) throws -> Int {
        let verifier = ReceiptVerifier(server: bundle.serverName, keys: [try VerifyingKey(pem: bundle.receiptKey)])
        let manifests = try manifests()
        var open = try packets.compactMap { packet in
            try packet.receipt.map { (manifest: try manifests.verify(packet.manifest).manifest, receipt: $0) }
        }
        var head: ReceiptChainHead?
        var verified = 0
        // The chain says which receipt comes next.
        while let next = open.indices.first(where: { index in
            guard let receipt = try? verifier.verify(open[index].receipt, for: open[index].manifest, after: head) else {
                return false
            }
            head = receipt.chainHead
            return true
        }) {
            open.remove(at: next)
            verified += 1
        }
        return verified
    }

    private func manifests() throws -> ManifestVerifier {
        ManifestVerifier(keys: [bundle.kit: [try KitSigningKey(pem: bundle.signingKey).verifyingKey]])
    }

    /// Opens a packet with central's keys, as only central can, and makes every personal field and
    /// picture in it something to search for.
    func addNeedles(of packet: QueuedPacket, to scan: inout PlaintextScan) throws {
        guard packet.state == .purged || packet.state == .received else { return }
        let opener = PacketOpener(verifier: try manifests(), identities: central.keys.identities)
        let file = URL(filePath: central.path(of: packet.id))
        let (signed, content) = try opener.contents(of: file, manifest: packet.manifest, atMost: 64 << 20)
        if signed.manifest.contentType == DeliveryContent.contentType {
            try scan.add(delivery: content)
        } else {
            try scan.add(enrolment: content)
        }
    }
}
