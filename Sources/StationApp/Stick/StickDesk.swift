import DeviceTransport
package import EnrolmentCore
import Foundation
package import OfflineCache
import PacketFormat

/// Brings packets to a stick and receipts back from it, where there is no network for weeks, or the laptop is
/// dead and its disk is not.
///
/// A stick takes its time, so the actor has a thread of its own.
package actor StickDesk {
    private let path: String
    private let clock: any WallClock
    private let thread = DeviceThread(name: "stick")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameter path: where the stick is mounted.
    package init(at path: String, clock: any WallClock) {
        self.path = path
        self.clock = clock
    }

    /// What was written to a stick. None of it is sent: packets stay in the queue until a receipt comes back.
    package struct Export: Hashable, Sendable {
        package var stick = ""
        package var written: [PacketID] = []
        /// They lay there already, whole.
        package var alreadyThere: [PacketID] = []
        /// Each of its own: the others were written all the same.
        package var failed: [PacketID: String] = [:]
        /// Files for which no row, and so no manifest, was found.
        package var withoutManifest: [PacketID] = []
        /// Rows that cannot be read.
        package var unreadableRows = 0
        /// The numbers of the seals of closed days that lie on the stick now; the network takes them again.
        package var seals: [Int] = []
    }

    /// Writes every packet that waits for central, and the seal of each closed day that it was not given yet.
    ///
    /// - Parameter urgentFirst: else the oldest come first, so that a stick that fills up holds no gap.
    /// - Throws: `FailureReport` when the stick takes no more. What was written before is whole and noted.
    package func export(from kit: OpenKit, urgentFirst: Bool) async throws(FailureReport) -> Export {
        do {
            let packets = try await kit.store.packets.waitingForStick()
            let seals = try await kit.store.seals.unsent()
            let source = kit.store.packets.folder
            var export = Export()
            do throws(StickError) {
                try write(packets, seals, from: source, of: kit.kit, urgentFirst: urgentFirst, &export)
            } catch {
                try await kit.store.packets.noteExport(export.written + export.alreadyThere, to: export.stick)
                throw Self.report(error, export, of: packets.count)
            }
            try await kit.store.packets.noteExport(export.written + export.alreadyThere, to: export.stick)
            return export
        } catch let error as StoreError {
            throw error.report(kept: .packet)
        } catch {
            throw error as? FailureReport ?? FailureReport(.store(.unwritable), detail: "stick", kept: .packet)
        }
    }

    /// Writes every packet for which there is no receipt, from the data folder of a laptop that is dead. Wants
    /// no key, and changes nothing in that folder.
    package func rescue(from folder: String, urgentFirst: Bool) throws(FailureReport) -> Export {
        let rescue: PacketRescue
        do throws(StoreError) {
            rescue = try PacketRescue(from: folder)
        } catch {
            throw error.report(kept: .packet)
        }
        var export = Export()
        export.unreadableRows = rescue.unreadableRows
        do throws(StickError) {
            let kit = Kit(id: rescue.kit ?? KitID("rescued"), isTraining: rescue.isTraining)
            try write(rescue.packets, [], from: rescue.folder, of: kit, urgentFirst: urgentFirst, &export)
        } catch {
            throw Self.report(error, export, of: rescue.packets.count)
        }
        return export
    }

    /// Takes the receipts that central put on the stick, and lets the packets go that they are for.
    ///
    /// - Parameter progress: how many receipts are done, of how many.
    /// - Throws: `FailureReport` when there is nothing of this kit on the stick, or the store fails.
    package func importReceipts(
        into kit: OpenKit, progress: @Sendable (_ done: Int, _ count: Int) -> Void = { _, _ in }
    ) async throws(FailureReport) -> ReceiptImport.Report {
        let stick: PacketStick
        let names: [String]
        do throws(StickError) {
            stick = try PacketStick(at: path, of: kit.kit.id)
            names = try stick.receiptNames()
        } catch {
            throw error.report
        }
        let receipts: ReceiptVerifier
        let manifests: ManifestVerifier
        do {
            let central = try VerifyingKey(pem: kit.bundle.receiptKey)
            receipts = ReceiptVerifier(server: kit.bundle.serverName, keys: [central])
            let own = try SigningKey(pem: kit.bundle.signingKey).verifyingKey
            manifests = ManifestVerifier(keys: [kit.bundle.kit: [own]])
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "the kit's keys", kept: .packet)
        }
        do {
            return try await ReceiptImport(into: kit.store, receipts: receipts, manifests: manifests).take(
                names, reading: { try stick.receipt($0) }, progress: progress)
        } catch let error as StickError {
            throw error.report
        } catch {
            throw (error as? StoreError)?.report(kept: .packet)
                ?? FailureReport(.store(.unreadable), detail: "receipts", kept: .packet)
        }
    }

    private func write(
        _ packets: [StickPacket], _ seals: [(number: Int, statement: String)], from source: String, of kit: Kit,
        urgentFirst: Bool, _ export: inout Export
    ) throws(StickError) {
        let stick = try PacketStick(at: path, of: kit.id)
        export.stick = stick.label
        try stick.prepare()
        var held: [PacketStickIndex.Entry] = []
        let ordered = urgentFirst ? packets.filter(\.isUrgent) + packets.filter { !$0.isUrgent } : packets
        for packet in ordered {
            do throws(StickError) {
                switch try stick.write(packet, from: source) {
                case .written: export.written.append(packet.id)
                case .alreadyThere: export.alreadyThere.append(packet.id)
                case .damagedOnKit:
                    export.failed[packet.id] = "the kit's file is damaged"
                    continue
                }
            } catch {
                guard error.isOfOnePacket else { throw error }
                export.failed[packet.id] = error.description
                continue
            }
            if packet.manifest == nil { export.withoutManifest.append(packet.id) }
            held.append(
                PacketStickIndex.Entry(
                    packet: packet.id, sequence: packet.sequence, bytes: packet.fileSize, sha256: packet.fileDigest,
                    urgent: packet.isUrgent))
        }
        for seal in seals {
            try stick.write(seal: seal.number, seal.statement)
            export.seals.append(seal.number)
        }
        try stick.finish(
            PacketStickIndex(kit: kit.id, training: kit.isTraining, writtenAt: clock.now(), packets: held))
    }

    private static func report(_ error: StickError, _ export: Export, of count: Int) -> FailureReport {
        let whole = export.written.count + export.alreadyThere.count
        return FailureReport(
            error.report.code, detail: "\(error) (\(whole) of \(count) packets are on it, whole)", kept: .packet)
    }
}
