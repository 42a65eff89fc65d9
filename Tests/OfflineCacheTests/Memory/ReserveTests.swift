import CSQLiteMemory
import StationTestSupport
import Testing

@Suite("A stretch of reserved memory")
struct ReserveTests {
    @Test("blocks keep what is written into them, overlap nobody, and give all of it back", arguments: [UInt64](1...5))
    func blocks(seed: UInt64) throws {
        let size = 256 << 10
        let room = UnsafeMutableRawPointer.allocate(byteCount: csqlitememory_reserve_room(size), alignment: 16)
        defer { room.deallocate() }
        let reserve = try #require(csqlitememory_reserve_begin(room, size))
        var generator = SeededGenerator(seed: seed)
        var held: [(bytes: UnsafeMutableRawPointer, count: Int, mark: UInt8)] = []
        var refused = 0
        for round in 0..<5000 {
            let mark = UInt8(truncatingIfNeeded: round | 1)
            let count = Int.random(in: 0...(round.isMultiple(of: 7) ? 40_000 : 300), using: &generator)
            if Int.random(in: 0..<100, using: &generator) < 55 {
                guard let bytes = csqlitememory_reserve_take(reserve, count) else {
                    refused += 1
                    continue
                }
                #expect(Int(bitPattern: bytes) % 8 == 0 && csqlitememory_reserve_size(bytes) >= count)
                #expect(csqlitememory_reserve_holds(reserve, bytes))
                let whole = csqlitememory_reserve_size(bytes)
                bytes.initializeMemory(as: UInt8.self, repeating: mark, count: whole)
                held.append((bytes, whole, mark))
            } else if !held.isEmpty {
                let block = held.remove(at: Int.random(in: 0..<held.count, using: &generator))
                let found = UnsafeRawBufferPointer(start: block.bytes, count: block.count)
                try #require(found.allSatisfy { $0 == block.mark }, "seed \(seed), round \(round)")
                csqlitememory_reserve_give(reserve, block.bytes)
                #expect(found.allSatisfy { $0 == 0 })
            }
            #expect(reserve.pointee.blocks == held.count && reserve.pointee.used <= size)
        }
        #expect(refused > 0, "never full with seed \(seed)")
        for block in held { csqlitememory_reserve_give(reserve, block.bytes) }
        #expect(reserve.pointee.used == 0)
        // In one piece again.
        let all = try #require(csqlitememory_reserve_take(reserve, size - 16))
        csqlitememory_reserve_give(reserve, all)
    }

    @Test("more than there is, or than there can be, is refused", arguments: [4096, 4097, Int.max - 8, Int.max])
    func tooMuch(count: Int) throws {
        let room = UnsafeMutableRawPointer.allocate(byteCount: csqlitememory_reserve_room(4096), alignment: 16)
        defer { room.deallocate() }
        let reserve = try #require(csqlitememory_reserve_begin(room, 4096))
        #expect(csqlitememory_reserve_take(reserve, count) == nil)
        #expect(csqlitememory_reserve_take(reserve, 4080) != nil)
        #expect(csqlitememory_reserve_take(reserve, 1) == nil)
    }
}
