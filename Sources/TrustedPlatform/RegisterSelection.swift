import CTSS
import EnrolmentCore

/// Which platform registers (PCRs) a secret is bound to, in the chip's SHA-256 bank.
struct RegisterSelection: Equatable {
    /// One bit a register, the lowest first.
    let bits: UInt32
    var isEmpty: Bool { bits == 0 }

    init(bits: UInt32) { self.bits = bits }

    /// - Throws: `failed` with the code VALUE for a register that no chip has.
    init(_ registers: [Int]) throws(MachineSafeError) {
        var bits: UInt32 = 0
        for register in registers {
            guard (0..<24).contains(register) else { throw .failed(code: ResponseCode.value) }
            bits |= 1 << register
        }
        self.bits = bits
    }

    /// Those of the SHA-256 bank that a chip names in a list of its own.
    init(named list: TPML_PCR_SELECTION) {
        let banks = withUnsafeBytes(of: list.pcrSelections) {
            Array($0.bindMemory(to: TPMS_PCR_SELECTION.self).prefix(Int(list.count)))
        }
        bits = banks.filter { $0.hash == TPM2_ALG_SHA256 }.reduce(0) { bits, bank in
            let octets = [bank.pcrSelect.0, bank.pcrSelect.1, bank.pcrSelect.2].prefix(Int(bank.sizeofSelect))
            return octets.enumerated().reduce(bits) { $0 | UInt32($1.element) << (8 * UInt32($1.offset)) }
        }
    }

    /// As the chip takes it.
    var list: TPML_PCR_SELECTION {
        var list = TPML_PCR_SELECTION()
        list.count = 1
        list.pcrSelections.0.hash = TPM2_ALG_SHA256
        list.pcrSelections.0.sizeofSelect = 3
        list.pcrSelections.0.pcrSelect.0 = UInt8(truncatingIfNeeded: bits)
        list.pcrSelections.0.pcrSelect.1 = UInt8(truncatingIfNeeded: bits >> 8)
        list.pcrSelections.0.pcrSelect.2 = UInt8(truncatingIfNeeded: bits >> 16)
        return list
    }
}
