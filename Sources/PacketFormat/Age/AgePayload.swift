import Crypto
import FoundationEssentials

/// The payload of an age file: chunks of 64 KiB, each sealed with its number and whether it is the
/// last (the STREAM construction).
enum AgePayload {
    static let chunkByteCount = 64 << 10
    static let tagByteCount = 16
    static let nonceByteCount = 16

    /// 11 bytes of counter, big-endian, and one that is 1 on the final chunk only.
    fileprivate static func nonce(_ counter: UInt64, isFinal: Bool) throws -> ChaChaPoly.Nonce {
        var bytes: [UInt8] = [0, 0, 0]
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: counter >> shift)) }
        bytes.append(isFinal ? 1 : 0)
        return try ChaChaPoly.Nonce(data: bytes)
    }
}

/// Seals chunks in order. It holds back at most one chunk, because only the end of the stream tells
/// which chunk is the final one.
struct AgePayloadSealer: Sendable {
    private let key: SymmetricKey
    private var counter: UInt64 = 0
    private var held: [UInt8] = []

    init(key: SymmetricKey) {
        self.key = key
        held.reserveCapacity(AgePayload.chunkByteCount)
    }

    mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            if held.count == AgePayload.chunkByteCount { try seal(isFinal: false, to: sink) }
            let room = AgePayload.chunkByteCount - held.count
            held += rest.prefix(room)
            rest = rest.dropFirst(room)
        }
    }

    mutating func finish(to sink: ByteSink) throws { try seal(isFinal: true, to: sink) }

    private mutating func seal(isFinal: Bool, to sink: ByteSink) throws {
        let box = try ChaChaPoly.seal(held, using: key, nonce: AgePayload.nonce(counter, isFinal: isFinal))
        counter += 1
        held.removeAll(keepingCapacity: true)
        try sink(Array(box.ciphertext) + Array(box.tag))
    }
}

/// Opens chunks in order and releases each as soon as it has verified.
///
/// What it has released is genuine but may be cut short: only `finish` tells that it is whole.
struct AgePayloadOpener: Sendable {
    private let key: SymmetricKey
    private var counter: UInt64 = 0
    private var held: [UInt8] = []
    private var hasEnded = false

    init(key: SymmetricKey) {
        self.key = key
        held.reserveCapacity(Self.sealedByteCount)
    }

    private static let sealedByteCount = AgePayload.chunkByteCount + AgePayload.tagByteCount

    mutating func update(_ bytes: ArraySlice<UInt8>, to sink: ByteSink) throws {
        var rest = bytes
        while !rest.isEmpty {
            guard !hasEnded else { throw AgeError(.payload, "data after the final chunk") }
            let room = Self.sealedByteCount - held.count
            held += rest.prefix(room)
            rest = rest.dropFirst(room)
            guard held.count == Self.sealedByteCount else { return }
            if let plain = open(isFinal: false) {
                try release(plain, to: sink)
            } else if let plain = open(isFinal: true) {
                hasEnded = true
                try release(plain, to: sink)
            } else {
                throw AgeError(.payload, "chunk \(counter) was changed")
            }
        }
    }

    /// Call it at the end of the input: a file without a final chunk was cut.
    mutating func finish(to sink: ByteSink) throws {
        guard !hasEnded else { return }
        guard let plain = open(isFinal: true) else { throw AgeError(.payload, "chunk \(counter) was changed or cut") }
        guard !plain.isEmpty || counter == 0 else { throw AgeError(.payload, "an empty final chunk") }
        hasEnded = true
        try release(plain, to: sink)
    }

    private mutating func release(_ plain: [UInt8], to sink: ByteSink) throws {
        counter += 1
        held.removeAll(keepingCapacity: true)
        if !plain.isEmpty { try sink(plain) }
    }

    private func open(isFinal: Bool) -> [UInt8]? {
        guard held.count >= AgePayload.tagByteCount else { return nil }
        let tag = held.count - AgePayload.tagByteCount
        let plain = try? ChaChaPoly.open(
            ChaChaPoly.SealedBox(
                nonce: AgePayload.nonce(counter, isFinal: isFinal), ciphertext: held[..<tag], tag: held[tag...]),
            using: key)
        return plain.map { Array($0) }
    }
}
