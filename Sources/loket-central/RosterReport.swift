import EnrolmentCore

/// What a verb says of a roster: everything but the national numbers.
enum RosterReport {
    private struct Line: Encodable {
        let kit: KitID
        let version: Int
        let issuedAt: String
        let validUntil: String
        let officers: [Officer]

        struct Officer: Encodable {
            let officer: OfficerID
            let mayUsePassphrase: Bool
        }
    }

    static func print(_ rosters: [OfficerRoster], asJSON: Bool, withOfficers: Bool = false) throws {
        let lines = rosters.map { roster in
            Line(
                kit: roster.kit, version: roster.version, issuedAt: roster.issuedAt.rfc3339,
                validUntil: roster.validUntil.rfc3339,
                officers: roster.officers.map { .init(officer: $0.id, mayUsePassphrase: $0.mayUsePassphrase) })
        }
        try Report.print(lines, asJSON: asJSON) {
            lines.flatMap { line in
                let count = line.officers.count == 1 ? "1 officer" : "\(line.officers.count) officers"
                return ["\(line.kit)  roster \(line.version), \(count), good until \(line.validUntil)"]
                    + (withOfficers ? line.officers : []).map { officer in
                        "  \(officer.officer)\(officer.mayUsePassphrase ? "  card or passphrase" : "  card")"
                    }
            }
        }
    }
}
