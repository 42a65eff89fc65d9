import EnrolmentCore
import GRDB

extension Store {
    /// What has been here for too long, drafts first, the oldest first.
    package func retentionNotices() async throws(StoreError) -> [RetentionNotice] {
        try await perform { store, database in
            let (rules, now) = (store.retentionRules, store.clock.now())
            var notices: [RetentionNotice] = []
            let drafts = """
                SELECT case_id, made_at FROM draft_key JOIN draft USING (case_id) WHERE \(SealedTable.draft.isWhole)
                ORDER BY made_at, case_id
                """
            for row in try Row.fetchAll(database, sql: drafts) {
                // A row that cannot be read holds up no other.
                guard let madeAt: Int64 = try? row.value("made_at"), let name: String = try? row.value("case_id")
                else { continue }
                let (days, caseID) = (Self.days(since: madeAt, now), CaseID(name))
                if days >= rules.drafts.limitDays {
                    notices.append(.draftOverdue(caseID, days: days))
                } else if days >= rules.drafts.warnAfterDays {
                    notices.append(.draftOld(caseID, days: days))
                }
            }
            let unsent = """
                SELECT id, sealed_at FROM packet WHERE state NOT IN ('received', 'purged') ORDER BY sealed_at, sequence
                """
            for row in try Row.fetchAll(database, sql: unsent) {
                guard let sealedAt: Int64 = try? row.value("sealed_at"), let name: String = try? row.value("id"),
                    let id = PacketID(name)
                else { continue }
                let days = Self.days(since: sealedAt, now)
                guard days >= rules.unsentPackets.warnAfterDays else { continue }
                notices.append(.packetUnsent(id, days: days))
            }
            return notices
        }
    }

    /// Forgets what has been evidence for long enough; by the newest time that central put on a receipt.
    ///
    /// A row that is not as the kit wrote it tells no time, and is not forgotten.
    func forgetOld(_ database: Database) throws {
        guard let latest = try newestReceipt(database) else { return }
        let rules = retentionRules.receivedPackets
        let old = "SELECT id FROM packet WHERE state = 'purged' AND received_at < ?"
        let attempts = latest - Self.milliseconds(days: rules.attemptsKeptDays)
        let packets = rules.receiptsKeptDays.map { latest - Self.milliseconds(days: $0) }
        let hasOld = try [attempts, packets].compactMap { $0 }.contains { cutoff in
            try Row.fetchOne(database, sql: "\(old) LIMIT 1", arguments: [cutoff]) != nil
        }
        guard hasOld else { return }
        try commit(.forgetOld, database) {
            try database.execute(sql: "DELETE FROM attempt WHERE packet_id IN (\(old))", arguments: [attempts])
            guard let packets else { return }
            for id in try String.fetchAll(database, sql: old, arguments: [packets]) {
                guard let name = PacketID(id), (try? QueuedPacket.fetch(database, name, rowSeals)) != nil else {
                    continue
                }
                for (table, column) in [("attempt", "packet_id"), ("packet_export", "packet_id"), ("packet", "id")] {
                    let sql = "DELETE FROM \(table) WHERE \(column) = ?"
                    try database.cachedStatement(sql: sql).execute(arguments: [id])
                }
            }
        }
        try probe.reached(.committed, of: .forgetOld)
    }

    private func newestReceipt(_ database: Database) throws -> Int64? {
        let sql = "SELECT rowid FROM packet WHERE received_at IS NOT NULL ORDER BY received_at DESC"
        let numbers = try Int64.fetchCursor(database, sql: sql)
        while let number = try numbers.next() {
            let statement = try database.cachedStatement(sql: "SELECT * FROM packet WHERE rowid = ?")
            guard let row = try Row.fetchOne(statement, arguments: [number]),
                let packet = try? QueuedPacket(row, rowSeals),
                let time = packet.receivedAt
            else { continue }
            return time.milliseconds
        }
        return nil
    }

    private static func days(since milliseconds: Int64, _ now: Timestamp) -> Int {
        let (passed, overflow) = now.milliseconds.subtractingReportingOverflow(milliseconds)
        return overflow ? 0 : max(0, Int(passed / Self.milliseconds(days: 1)))
    }

    private static func milliseconds(days: Int) -> Int64 { Int64(days) * 86_400_000 }
}
