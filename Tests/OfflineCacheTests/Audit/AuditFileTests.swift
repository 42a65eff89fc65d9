import Crypto
import EnrolmentCore
import PacketFormat
import StationTestSupport
import Testing

@testable import OfflineCache

@Suite("A journal that was given away")
struct AuditFileTests {
    @Test("is whole, and says so without the kit")
    func whole() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        let report = bench.file.audit(try await bench.exported())
        #expect(report.findings == [])
        #expect(report.lines == 13 && report.seals == 2 && report.unsealedLines == 1)
        #expect(report.head == (try await bench.audit().head))
        bench.store.close()
    }

    @Test("every byte, changed to another, is found")
    func everyByte() async throws {
        let seed = UInt64(5)
        var generator = SeededGenerator(seed: seed)
        let bench = try await AuditBench()
        try await bench.twoDays()
        let bytes = try await bench.exported()
        // One in seven here; the campaign takes each of them.
        for index in stride(from: Int.random(in: 0..<7, using: &generator), to: bytes.count, by: 7) {
            var changed = bytes
            changed[index] ^= UInt8.random(in: 1...255, using: &generator)
            #expect(!bench.file.audit(changed).isWhole, "seed \(seed), byte \(index)")
        }
        bench.store.close()
    }

    @Test("lines that were taken out, swapped or cut off are found by the chain and the seals alone")
    func lines() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        let key = bench.signatures.kitKey
        let lines = try await bench.exported().split(separator: UInt8(ascii: "\n")).map(Array.init)
        // The kit's own signature under each: whatever is found then is found by what the lines say.
        func audit(_ lines: [[UInt8]]) throws -> AuditReport {
            let body = lines.flatMap { $0 + [UInt8(ascii: "\n")] }
            let seal = AuditExportSeal(
                kit: Kit.real.id, byteCount: body.count, digest: hexText(SHA256.hash(data: body)), exportedAt: .noon)
            let end = try AuditFileLine.end(statement: AuditSealSigner(key: key).sign(seal)).encoded()
            return bench.file.audit(body + end)
        }
        let body = Array(lines.dropLast())
        #expect(try audit(body).findings == [])
        for index in 1..<body.count {
            var without = body
            without.remove(at: index)
            // That a line behind the last seal is gone cannot be told, and it is said so.
            let isLast = index == body.count - 1
            #expect(try audit(without).isWhole == isLast, "line \(index)")
            guard index + 1 < body.count else { continue }
            var swapped = body
            swapped.swapAt(index, index + 1)
            #expect(try !audit(swapped).isWhole, "lines \(index) and \(index + 1)")
        }
        for count in 1..<(body.count - 1) {
            let report = try audit(Array(body.prefix(count)))
            #expect(report.unsealedLines > 0 || report.seals < 2, "first \(count) lines")
        }
        bench.store.close()
    }

    @Test("of another kit, by another key, or without its signature it is not believed")
    func others() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        let bytes = try await bench.exported()
        let keys = [bench.signatures.kitKey.verifyingKey]
        #expect(!AuditFile(kit: KitID("kit-08"), keys: keys).audit(bytes).isWhole)
        #expect(!AuditFile(kit: Kit.real.id, keys: [KitSigningKey().verifyingKey]).audit(bytes).isWhole)
        for count in [0, 1, 40, bytes.count / 2, bytes.count - 1] {
            #expect(bench.file.audit(Array(bytes.prefix(count))).findings.contains { $0.kind == .fileCutOff })
        }
        bench.store.close()
    }

    @Test("numbers that no journal has end nothing")
    func hostileNumbers() {
        let file = AuditFile(kit: Kit.real.id, keys: [KitSigningKey().verifyingKey])
        for number in ["9223372036854775807", "-9223372036854775808", "0", "1e400"] {
            let line = #"{"at":\#(number),"digest":"x","event":"erased","position":\#(number),"type":"line"}"#
            let seal = #"{"number":\#(number),"statement":"a.b.c","type":"seal"}"#
            #expect(!file.audit(Array("\(line)\n\(seal)\n\(line)\n".utf8)).isWhole)
        }
    }
}
