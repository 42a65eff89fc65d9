package import EnrolmentCore

/// What a card's content was worth when it was read, as a packet tells it.
package struct CardProofData: Hashable, Sendable, Codable {
    package struct Finding: Hashable, Sendable, Codable {
        package var part: CardFinding.Part
        package var outcome: CardFinding.Outcome
        /// For a technician.
        package var detail: String?
    }

    package var verdict: CardVerdict
    package var findings: [Finding]
    package var isTest: Bool
    package var root: String?
    package var trustListVersion: Int
    package var provenAt: String

    package init(_ proof: CardProof) {
        verdict = proof.verdict
        findings = proof.findings.map {
            Finding(part: $0.part, outcome: $0.outcome, detail: $0.detail.isEmpty ? nil : $0.detail)
        }
        isTest = proof.isTest
        root = proof.root
        trustListVersion = proof.trustListVersion
        provenAt = proof.provenAt.rfc3339
    }
}
