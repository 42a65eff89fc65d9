import CardProof
import EnrolmentCore

extension HolderVerdict {
    /// What a chain is worth, in the words of what a signature is worth.
    init(_ proof: HolderProof) {
        self =
            switch proof.verdict {
            case .authentic: .proven
            case .revocationNotChecked: .revocationNotChecked
            case .chainExpired: .expired
            case .forged: .wrong
            case .cannotBeChecked: proof.outcome(of: .revocation) == .wrong ? .revoked : .cannotBeChecked
            }
    }
}

extension OfficerCertificate {
    init(_ proof: HolderProof) {
        self.init(
            nationalNumber: proof.nationalNumber, validUntil: proof.validUntil, verdict: HolderVerdict(proof))
    }
}
