import CTSS
import EnrolmentCore
import Glibc

/// A C structure on the heap that is zeroed before its memory goes back, for what a call takes a secret in.
struct WipedStructure<Value: BitwiseCopyable>: ~Copyable {
    let pointer: UnsafeMutablePointer<Value>

    init(_ value: Value) {
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: value)
    }

    deinit {
        explicit_bzero(pointer, MemoryLayout<Value>.size)
        pointer.deallocate()
    }
}

extension WipedStructure where Value == TPM2B_AUTH {
    init(_ secret: SecretBytes) {
        self.init(TPM2B_AUTH())
        pointer.pointee.size = Self.copy(secret, to: &pointer.pointee.buffer)
    }
}

extension WipedStructure where Value == TPM2B_MAX_NV_BUFFER {
    init(_ secret: SecretBytes) {
        self.init(TPM2B_MAX_NV_BUFFER())
        pointer.pointee.size = Self.copy(secret, to: &pointer.pointee.buffer)
    }
}

extension WipedStructure {
    /// Copies what there is room for; how many bytes that were.
    private static func copy<Buffer>(_ secret: SecretBytes, to buffer: inout Buffer) -> UInt16 {
        withUnsafeMutableBytes(of: &buffer) { room in
            secret.withBytes { bytes in
                let count = min(bytes.count, room.count)
                room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                return UInt16(count)
            }
        }
    }
}
