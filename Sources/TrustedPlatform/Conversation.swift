import CTSS
import EnrolmentCore
import Glibc

/// One connection to the chip for one operation; closed, with what it left in the chip, on every way out.
struct Conversation: ~Copyable {
    let context: OpaquePointer
    let expected: ChipName?
    private let transport: OpaquePointer

    /// - Throws: `absent` where nothing answers to the name.
    init(over name: String, expecting expected: ChipName?) throws(MachineSafeError) {
        var transport: OpaquePointer?
        guard Tss2_TctiLdr_Initialize(name, &transport) == 0, let transport else { throw .absent }
        var context: OpaquePointer?
        let code = Esys_Initialize(&context, transport, nil)
        guard code == 0, let context else {
            var closing: OpaquePointer? = transport
            Tss2_TctiLdr_Finalize(&closing)
            throw ResponseCode(raw: code).error
        }
        self.expected = expected
        self.transport = transport
        self.context = context
    }

    deinit {
        // The buffer that commands are written to and answers decrypted in: its memory is the library's, its
        // size is told to callers, and nothing reads it between here and its release.
        var buffer: OpaquePointer?
        if Esys_GetSysContext(context, &buffer) == 0, let buffer {
            explicit_bzero(UnsafeMutableRawPointer(buffer), Tss2_Sys_GetContextSize(0))
        }
        var closing: OpaquePointer? = context
        Esys_Finalize(&closing)
        var line: OpaquePointer? = transport
        Tss2_TctiLdr_Finalize(&line)
    }
}

extension Conversation {
    /// The lowest number of our range that the chip does not use.
    func freeIndex() throws(MachineSafeError) -> UInt32 {
        var next = NVPlace.range.lowerBound
        while true {
            let taken = try handles(from: next)
            for index in taken.handles {
                guard index == next else { return next }
                next += 1
            }
            guard NVPlace.range.contains(next) else { throw .full }
            guard taken.isMore, !taken.handles.isEmpty else { return next }
        }
    }

    private func handles(from first: UInt32) throws(MachineSafeError) -> (handles: [UInt32], isMore: Bool) {
        var isMore: TPMI_YES_NO = 0
        var answer: UnsafeMutablePointer<TPMS_CAPABILITY_DATA>?
        defer { Esys_Free(answer) }
        try ResponseCode(
            raw: Esys_GetCapability(
                context, Self.none, Self.none, Self.none, TPM2_CAP_HANDLES, first, Self.mostHandles,
                &isMore, &answer)
        ).check()
        guard let answer, answer.pointee.capability == TPM2_CAP_HANDLES else {
            throw .failed(code: ResponseCode.value)
        }
        let list = answer.pointee.data.handles
        let handles = withUnsafeBytes(of: list.handle) {
            Array($0.bindMemory(to: UInt32.self).prefix(Int(min(list.count, Self.mostHandles))))
        }
        return (handles, isMore != 0)
    }

    /// As many as an answer has room for (TPM 2.0 Part 2, section 10.8).
    private static let mostHandles: UInt32 = 254

    /// "No session here", "nothing" (ESYS_TR_NONE).
    static let none: ESYS_TR = ESYS_TR_NONE
}
