import CTSS

/// An NV index of ours as the chip is asked to make it, and by which it is recognised later.
struct NVPlace {
    /// What owners may use as they like (TCG Registry of Reserved TPM 2.0 Handles, section 2.2.2), the part of
    /// it that no known software claims.
    static let range: ClosedRange<UInt32> = 0x0150_0000...0x0150_FFFF
    static let secretSize = 32

    let index: UInt32
    let attributes: TPMA_NV
    let size: Int
    /// The digest of the policy that reads it, where a policy does.
    let policy: [UInt8]?

    /// Written by the owner authority, once, because the lock of `WRITEDEFINE` ends only with the place itself; read
    /// by its own authorisation alone or by a policy that asks for it. Wrong ones count: `NO_DA` is not set.
    static func secret(at index: UInt32, policy: [UInt8]?) -> NVPlace {
        NVPlace(
            index: index, attributes: secretAttributes(isMeasured: policy != nil), size: secretSize, policy: policy)
    }

    private static func secretAttributes(isMeasured: Bool) -> TPMA_NV {
        TPMA_NV_OWNERWRITE | TPMA_NV_WRITEDEFINE | TPMA_NV_WRITEALL
            | (isMeasured ? TPMA_NV_POLICYREAD : TPMA_NV_AUTHREAD)
    }

    /// Its authorisation is empty, which must not count as a wrong one.
    static func counter(at index: UInt32) -> NVPlace {
        NVPlace(index: index, attributes: counterAttributes, size: 8, policy: nil)
    }

    private static let counterAttributes =
        TPMA_NV_AUTHREAD | TPMA_NV_AUTHWRITE | TPMA_NV_NO_DA | TPMA_NV(TPM2_NT_COUNTER) << TPMA_NV_TPM2_NT_SHIFT

    /// Whether the chip describes a finished place for a secret of ours.
    static func isSecret(_ found: TPMS_NV_PUBLIC, isMeasured: Bool) -> Bool {
        found.attributes == secretAttributes(isMeasured: isMeasured) | TPMA_NV_WRITTEN | TPMA_NV_WRITELOCKED
            && Int(found.dataSize) == secretSize
    }

    static func isCounter(_ found: TPMS_NV_PUBLIC) -> Bool {
        found.attributes == counterAttributes | TPMA_NV_WRITTEN && found.dataSize == 8
    }

    /// As the chip takes it.
    var template: TPM2B_NV_PUBLIC {
        var template = TPM2B_NV_PUBLIC()
        template.nvPublic.nvIndex = index
        template.nvPublic.nameAlg = TPM2_ALG_SHA256
        template.nvPublic.attributes = attributes
        template.nvPublic.dataSize = UInt16(size)
        if let policy {
            template.nvPublic.authPolicy.size = UInt16(policy.count)
            withUnsafeMutableBytes(of: &template.nvPublic.authPolicy.buffer) { $0.copyBytes(from: policy) }
        }
        return template
    }
}
