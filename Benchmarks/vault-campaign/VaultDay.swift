import EnrolmentCore

/// A day that can be taken up again wherever it was cut: enrolments from the first draft to the purge of the file,
/// and drafts that are discarded.
struct VaultDay: Sendable {
    /// Numbers of cases that become packets.
    var enrolled = [1]
    /// Numbers of cases that are thrown away after their first save.
    var discarded = [2]

    /// - Parameter say: is told each thing as soon as the store has acknowledged it.
    func run(on kit: KitStore, _ central: ModelCentral, _ say: (String) -> Void) async throws {
        for number in enrolled {
            let invented = kit.invented(number)
            if try await kit.packet(of: invented) == nil {
                var revision = try await kit.revision(of: invented)
                while revision < InventedCase.lastRevision {
                    revision = try await kit.save(invented, after: revision)
                    say("saved \(number) \(revision)")
                }
                say("sealed \(number) \(try await kit.seal(invented, at: revision))")
            }
            try await kit.deliverAll(to: central, say)
        }
        for number in discarded {
            let invented = kit.invented(number)
            if try await kit.isDiscarded(invented) { continue }
            if try await kit.revision(of: invented) == 0 {
                say("saved \(number) \(try await kit.save(invented, after: 0))")
            }
            say("discarding \(number)")
            try await kit.discard(invented)
            say("discarded \(number)")
        }
    }

    /// What is not as it must be when the day is over.
    func unfinished(_ kit: KitStore, _ central: ModelCentral) async throws -> [String] {
        var findings: [String] = []
        if try await !kit.isDrained() { findings.append("packets are left") }
        if try await kit.openCase() != nil { findings.append("drafts are left") }
        let received = central.packets.map(\.number)
        for number in enrolled where received.count(where: { $0 == number }) != 1 {
            findings.append("central has case \(number) \(received.count(where: { $0 == number })) times")
        }
        try await kit.check()
        return findings
    }
}
