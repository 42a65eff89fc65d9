import Glibc
import Synchronization
import Testing

@testable import PacketFormat

@Suite("A sink on a thread of its own")
struct OverlappedSinkTests {
    private struct Refusal: Error, Equatable {
        let number: Int
    }

    private let chunk = [UInt8](repeating: 7, count: 64 << 10)

    @Test("gets every byte once and in order, whatever the pieces", arguments: [0, 1, 3, 4, 5, 8, 9, 100])
    func keepsOrder(count: Int) throws {
        let pieces = (0..<count).map { [UInt8](repeating: UInt8($0), count: $0 % 3 == 0 ? 0 : 30_000 + $0) }
        var written: [UInt8] = []
        try OverlappedSink.run {
            written += $0
        } _: { sink in
            for piece in pieces { try sink(piece) }
        }
        #expect(written == Array(pieces.joined()))
    }

    @Test("writes a short stream on the thread that makes it")
    func staysOnOneThread() throws {
        let maker = pthread_self()
        var others = 0
        try OverlappedSink.run { _ in
            others += pthread_self() == maker ? 0 : 1
        } _: { sink in
            for _ in 0..<4 { try sink(chunk) }
        }
        #expect(others == 0)
        try OverlappedSink.run { _ in
            others += pthread_self() == maker ? 0 : 1
        } _: { sink in
            for _ in 0..<20 { try sink(chunk) }
        }
        #expect(others == 16)
    }

    @Test("stops the one who makes more when it fails, and is not called again", arguments: [1, 4, 5, 6, 30])
    func stopsTheMaker(failing: Int) {
        var calls = 0
        #expect(throws: Refusal(number: failing)) {
            try OverlappedSink.run { _ in
                calls += 1
                if calls == failing { throw Refusal(number: failing) }
            } _: { sink in
                while true { try sink(chunk) }
            }
        }
        #expect(calls == failing)
    }

    @Test("fails the whole when only the last piece fails", arguments: [1, 4, 5, 7, 8])
    func failsAtTheEnd(count: Int) {
        var calls = 0
        #expect(throws: Refusal(number: count)) {
            try OverlappedSink.run { _ in
                calls += 1
                if calls == count { throw Refusal(number: count) }
            } _: { sink in
                for _ in 0..<count { try sink(chunk) }
            }
        }
    }

    @Test("has had every piece from before the maker failed", arguments: [0, 3, 6, 11, 40])
    func writesWhatCameBefore(count: Int) {
        var calls = 0
        #expect(throws: Refusal(number: -1)) {
            try OverlappedSink.run { _ in
                calls += 1
            } _: { sink in
                for _ in 0..<count { try sink(chunk) }
                throw Refusal(number: -1)
            }
        }
        #expect(calls == count)
    }

    @Test("lets at most a dozen pieces wait")
    func boundsMemory() throws {
        let made = Mutex(0)
        var (written, most) = (0, 0)
        try OverlappedSink.run { _ in
            most = max(most, made.withLock { $0 } - written)
            written += 1
        } _: { sink in
            for _ in 0..<2000 {
                made.withLock { $0 += 1 }
                try sink(chunk)
            }
        }
        #expect(written == 2000)
        #expect(most <= 13, "one being made and twelve waiting")
    }
}
