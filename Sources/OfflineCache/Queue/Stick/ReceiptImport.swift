package import EnrolmentCore
package import PacketFormat

/// Takes receipts that came by another way than the network: verifies each against its packet and the
/// chain, stores it, and only then lets the packet's file go.
///
/// What is forged, another kit's or out of its place is told by name and changes nothing.
package struct ReceiptImport: Sendable {
    package struct Report: Hashable, Sendable {
        /// Packets whose receipt was stored now.
        package var stored: [PacketID] = []
        /// Packets whose receipt was there already.
        package var known: [PacketID] = []
        /// Packets whose row is not as the kit wrote it: their receipts are kept, so that those that follow can come,
        /// and row and file stay.
        package var kept: [PacketID] = []
        /// Receipts for which an earlier one must come first, by file, with that one's number in the chain.
        package var early: [String: Int] = [:]
        /// Receipts that were not believed, by file, with why.
        package var refused: [String: String] = [:]
    }

    private let store: Store
    private let receipts: ReceiptVerifier
    private let manifests: ManifestVerifier

    /// - Parameter manifests: with the kit's own key: what a receipt is compared with is what the kit signed.
    package init(into store: Store, receipts: ReceiptVerifier, manifests: ManifestVerifier) {
        self.store = store
        self.receipts = receipts
        self.manifests = manifests
    }

    /// Takes receipts one after the other: of a hundred thousand files no more than the names are held.
    ///
    /// - Parameters:
    ///   - files: their names.
    ///   - isolation: where `reading` may wait for a stick.
    ///   - reading: the text of one, nil when the file is none; each is read twice, to know their order first.
    ///   - progress: how many are done, of how many.
    /// - Throws: `StoreError`, and what `reading` throws.
    package func take(
        _ files: [String], isolation: isolated (any Actor)? = #isolation,
        reading: (String) throws -> String?, progress: (_ done: Int, _ count: Int) -> Void = { _, _ in }
    ) async throws -> Report {
        var report = Report()
        var inOrder: [(sequence: Int, file: String)] = []
        for file in files {
            if let claimed = try reading(file).flatMap({ ClaimedReceipt($0) }) {
                inOrder.append((claimed.sequence, file))
            } else {
                report.refused[file] = "unreadable"
            }
        }
        inOrder.sort { $0 < $1 }
        var done = report.refused.count
        for (_, file) in inOrder {
            progress(done, files.count)
            done += 1
            guard let compact = try reading(file), let claimed = ClaimedReceipt(compact) else {
                report.refused[file] = "unreadable"
                continue
            }
            try await take(compact, for: claimed.packetID, from: file, &report)
        }
        progress(files.count, files.count)
        return report
    }

    private func take(
        _ compact: String, for id: PacketID, from file: String, _ report: inout Report
    ) async throws(StoreError) {
        let packet: QueuedPacket
        do throws(StoreError) {
            packet = try await store.packets.packet(id)
        } catch {
            switch error {
            case .unknownPacket: report.refused[file] = "no such packet on this kit"
            case .packetDamaged(_, .rowChanged): try await keep(compact, for: id, from: file, &report)
            default: throw error
            }
            return
        }
        if packet.receipt == compact {
            report.known.append(id)
            return try await store.packets.purge(id)
        }
        let verified: VerifiedReceipt
        let head = try await store.packets.receiptChainHead()
        do throws(StatementError) {
            verified = try receipts.verify(compact, for: manifests.verify(packet.manifest).manifest, after: head)
        } catch .sequence(let expected, let found) where found > expected {
            report.early[file] = expected
            return
        } catch {
            report.refused[file] = "\(error)"
            return
        }
        do throws(StoreError) {
            try await store.packets.record(verified)
        } catch {
            guard case .receiptDisagrees = error else { throw error }
            report.refused[file] = error.description
            return
        }
        report.stored.append(id)
        try await store.packets.purge(id)
    }

    /// Keeps the receipt of a packet whose row cannot be believed.
    private func keep(
        _ compact: String, for id: PacketID, from file: String, _ report: inout Report
    ) async throws(StoreError) {
        if try await store.chain.lostReceipt(of: id) == compact {
            report.kept.append(id)
            return
        }
        let chained: ChainedReceipt
        let head = try await store.packets.receiptChainHead()
        do throws(StatementError) {
            chained = try receipts.verify(compact, of: store.kit, after: head)
        } catch .sequence(let expected, let found) where found > expected {
            report.early[file] = expected
            return
        } catch {
            report.refused[file] = "\(error)"
            return
        }
        do throws(StoreError) {
            try await store.chain.keepLost(chained)
        } catch {
            guard case .receiptDisagrees = error else { throw error }
            report.refused[file] = error.description
            return
        }
        report.kept.append(id)
    }
}
