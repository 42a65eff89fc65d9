package import EnrolmentCore
import GRDB
package import PacketFormat

extension PacketQueue {
    /// Notes the address that central gave for the upload, before the first byte goes.
    package func announce(_ id: PacketID, at uploadURL: String) async throws(StoreError) {
        try await change(id, by: .announce, as: .announce) { _, packet in
            (packet.uploadURL, packet.uploadOffset) = (uploadURL, 0)
        }
    }

    /// Notes how many bytes central says that it holds; central's word counts, also when it is less than before.
    package func advance(_ id: PacketID, to offset: Int) async throws(StoreError) {
        try await change(id, by: .advance, as: .advance) { _, packet in
            guard (0...packet.fileSize).contains(offset) else { throw StoreError.receiptDisagrees("offset") }
            packet.uploadOffset = offset
        }
    }

    /// Central no longer knows the upload: the packet is announced anew.
    package func forgetUpload(_ id: PacketID) async throws(StoreError) {
        try await change(id, by: .forgetUpload, as: .forgetUpload) { _, packet in packet.forgetUpload() }
    }

    /// Stores a receipt: the only way to `received`.
    ///
    /// What the receipt says is compared once more with the packet's row and with the chain, in the
    /// transaction that stores it. A receipt that is stored already is accepted again.
    package func record(_ verified: VerifiedReceipt) async throws(StoreError) {
        let receipt = verified.receipt
        try await store.transact(.record) { store, database in
            let packet = try QueuedPacket.fetch(database, receipt.packetID, store.rowSeals)
            if packet.receipt == verified.compact { return }
            guard let next = packet.state.after(.record) else { throw StoreError.notPossible(.record, packet.state) }
            try store.check(receipt, against: packet, database)
            try packet.update(to: next, store.rowSeals, database) {
                ($0.receipt, $0.receivedAt, $0.problem) = (verified.compact, receipt.receivedAt, nil)
            }
            try ChainHead.advance(.receipt, to: receipt.sequence, digest: verified.digest, database)
            try ClockMark.note(receipt.receivedAt, from: .receipt, store, database)
            try Journal.add(
                .receiptStored, at: store.clock.now(), caseID: packet.caseID, packetID: packet.id, to: database)
        }
    }

    /// Deletes the file of a packet whose receipt is stored; manifest and receipt stay. May be repeated.
    package func purge(_ id: PacketID) async throws(StoreError) {
        try await store.perform { store, database in
            let packet = try QueuedPacket.fetch(database, id, store.rowSeals)
            if packet.state == .purged { return }
            guard packet.state.after(.purge) != nil else { throw StoreError.notPossible(.purge, packet.state) }
            try store.removePacketFiles(of: id, operation: .purge)
            try store.commit(.purge, database) {
                try packet.markPurged(at: store.clock.now(), store.rowSeals, database)
            }
            try store.probe.reached(.committed, of: .purge)
        }
    }

    /// Puts a packet aside because central will not have it.
    package func refuse(_ id: PacketID, because problem: PacketProblem) async throws(StoreError) {
        try await setAside(id, by: .refuse, as: .refuse, problem, .packetRefused)
    }

    /// Puts a packet aside because two sides disagree about it.
    package func findConflict(_ id: PacketID, because problem: PacketProblem) async throws(StoreError) {
        try await setAside(id, by: .findConflict, as: .conflict, problem, .packetInConflict)
    }

    /// Brings a packet that was put aside back into the queue, on an officer's word.
    ///
    /// - Throws: `packetDamaged` when its file is not what its manifest says.
    package func retry(_ id: PacketID, by officer: OfficerID) async throws(StoreError) {
        let store = store
        try await change(id, by: .retry, as: .retry) { database, packet in
            try store.verifyFile(of: packet)
            try Journal.add(
                .packetRetried, at: store.clock.now(), caseID: packet.caseID, packetID: id, officer: officer,
                to: database)
            packet.forgetUpload()
            packet.problem = nil
        }
    }

    private func setAside(
        _ id: PacketID, by operation: PacketOperation, as step: StoreOperation, _ problem: PacketProblem,
        _ event: JournalEvent
    ) async throws(StoreError) {
        let store = store
        try await change(id, by: operation, as: step) { database, packet in
            try Journal.add(
                event, at: store.clock.now(), caseID: packet.caseID, packetID: id, reason: problem.rawValue,
                to: database)
            packet.problem = problem
        }
    }

    /// Runs one allowed change of state as a transaction; `columns` changes what is written with it.
    private func change(
        _ id: PacketID, by operation: PacketOperation, as step: StoreOperation,
        _ columns: @escaping @Sendable (Database, inout QueuedPacket) throws -> Void
    ) async throws(StoreError) {
        try await store.transact(step) { store, database in
            var packet = try QueuedPacket.fetch(database, id, store.rowSeals)
            guard let next = packet.state.after(operation) else {
                throw StoreError.notPossible(operation, packet.state)
            }
            try columns(database, &packet)
            try packet.update(to: next, store.rowSeals, database)
        }
    }
}

extension QueuedPacket {
    fileprivate mutating func forgetUpload() { (uploadURL, uploadOffset) = (nil, 0) }
}

extension Store {
    fileprivate func check(_ receipt: Receipt, against packet: QueuedPacket, _ database: Database) throws {
        guard receipt.kit == kit.id else { throw StoreError.receiptDisagrees("kit") }
        guard receipt.isTraining == kit.isTraining else { throw StoreError.receiptDisagrees("isTraining") }
        guard receipt.fileDigest == packet.fileDigest else { throw StoreError.receiptDisagrees("fileDigest") }
        guard receipt.fileSize == packet.fileSize else { throw StoreError.receiptDisagrees("fileSize") }
        let head = try ChainHead.fetch(.receipt, database)
        guard receipt.sequence == head.sequence + 1 else { throw StoreError.receiptDisagrees("sequence") }
        guard receipt.previousReceiptDigest == head.digest else {
            throw StoreError.receiptDisagrees("previousReceiptDigest")
        }
    }
}
