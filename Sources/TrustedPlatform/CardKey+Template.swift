import CTSS
import EnrolmentCore

extension CardKey {
    /// As the chip takes it to check signatures with.
    ///
    /// - Throws: `failed` with the code SIZE where the numbers are of other lengths.
    func template() throws(MachineSafeError) -> TPM2B_PUBLIC {
        var template = TPM2B_PUBLIC()
        template.publicArea.nameAlg = TPM2_ALG_SHA256
        template.publicArea.objectAttributes = TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_SIGN_ENCRYPT
        switch self {
        case .rsa2048(let modulus):
            template.publicArea.type = TPM2_ALG_RSA
            template.publicArea.parameters.rsaDetail.symmetric.algorithm = TPM2_ALG_NULL
            template.publicArea.parameters.rsaDetail.scheme.scheme = TPM2_ALG_NULL
            template.publicArea.parameters.rsaDetail.keyBits = 2048
            template.publicArea.unique.rsa.size = 256
            try copy(modulus, count: 256, to: &template.publicArea.unique.rsa.buffer)
        case .p384(let x, let y):
            template.publicArea.type = TPM2_ALG_ECC
            template.publicArea.parameters.eccDetail.symmetric.algorithm = TPM2_ALG_NULL
            template.publicArea.parameters.eccDetail.scheme.scheme = TPM2_ALG_NULL
            template.publicArea.parameters.eccDetail.curveID = TPM2_ECC_NIST_P384
            template.publicArea.parameters.eccDetail.kdf.scheme = TPM2_ALG_NULL
            template.publicArea.unique.ecc.x.size = 48
            template.publicArea.unique.ecc.y.size = 48
            try copy(x, count: 48, to: &template.publicArea.unique.ecc.x.buffer)
            try copy(y, count: 48, to: &template.publicArea.unique.ecc.y.buffer)
        }
        return template
    }

    /// How many bytes a signature has: as cards give it, for P-384 its two numbers one after the other.
    var signatureSize: Int {
        switch self {
        case .rsa2048: 256
        case .p384: 96
        }
    }

    /// As the chip takes it.
    ///
    /// - Throws: `wrongAuthorisation` for bytes that cannot be one of this key's.
    func signature(_ bytes: [UInt8]) throws(MachineSafeError) -> TPMT_SIGNATURE {
        guard bytes.count == signatureSize else { throw .wrongAuthorisation }
        var signature = TPMT_SIGNATURE()
        switch self {
        case .rsa2048:
            signature.sigAlg = TPM2_ALG_RSASSA
            signature.signature.rsassa.hash = TPM2_ALG_SHA256
            signature.signature.rsassa.sig.size = 256
            try copy(bytes, count: 256, to: &signature.signature.rsassa.sig.buffer)
        case .p384:
            signature.sigAlg = TPM2_ALG_ECDSA
            signature.signature.ecdsa.hash = TPM2_ALG_SHA384
            signature.signature.ecdsa.signatureR.size = 48
            signature.signature.ecdsa.signatureS.size = 48
            try copy(Array(bytes[..<48]), count: 48, to: &signature.signature.ecdsa.signatureR.buffer)
            try copy(Array(bytes[48...]), count: 48, to: &signature.signature.ecdsa.signatureS.buffer)
        }
        return signature
    }

    private func copy<Field>(_ bytes: [UInt8], count: Int, to field: inout Field) throws(MachineSafeError) {
        guard bytes.count == count else { throw .failed(code: ResponseCode.size) }
        withUnsafeMutableBytes(of: &field) { $0.copyBytes(from: bytes) }
    }
}
