import Foundation
import Glibc
import Synchronization
import Testing

@testable import EnrolmentCore

@Suite("SecretBytes")
struct SecretBytesTests {
    private func secret(_ text: String) throws -> SecretBytes {
        let secret = try SecretBytes()
        for byte in text.utf8 { secret.append(byte) }
        return secret
    }

    private func bytes(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { [UInt8]($0) } }

    @Test("What was added is lent, and what was taken away is zero")
    func adding() throws {
        let secret = try secret("1234")
        #expect(bytes(secret) == [UInt8]("1234".utf8))
        secret.removeLast()
        #expect(bytes(secret) == [UInt8]("123".utf8))
        #expect(secret.fill(count: 4) { [UInt8]($0) } == [UInt8]("123\0".utf8))
        secret.wipe()
        secret.removeLast()
        #expect(secret.isEmpty)
        #expect(bytes(secret).isEmpty)
    }

    @Test("It takes one page and no byte more")
    func full() throws {
        let secret = try SecretBytes()
        for _ in 0..<SecretBytes.capacity { #expect(secret.append(7)) }
        #expect(!secret.append(7))
        #expect(secret.count == SecretBytes.capacity)
        #expect(secret.fill(count: SecretBytes.capacity + 1) { _ in 1 } == nil)
        #expect(secret.fill(count: -1) { _ in 1 } == nil)
        #expect(bytes(secret).allSatisfy { $0 == 7 })
    }

    @Test("What was cut off does not come back")
    func shrinking() throws {
        let secret = try secret("123456")
        _ = secret.fill(count: 2) { _ in }
        #expect(secret.fill(count: 6) { [UInt8]($0) } == [UInt8]("12\0\0\0\0".utf8))
    }

    @Test("The kernel keeps the page out of swap and core files, and a child gets zeroes")
    func kernelFlags() throws {
        let secret = try secret("270519")
        try #require(secret.isLocked, "the limit of locked memory is reached; nothing can be shown here")
        let address = try #require(secret.withBytes { $0.baseAddress.map { UInt(bitPattern: $0) } })
        let mapping = try #require(try Mapping(around: address))
        #expect(mapping.flags.isSuperset(of: ["lo", "dd", "wf"]))
        #expect(mapping.lockedKilobytes >= 4)
    }

    @Test("After a wipe the very memory is zero, and it can be used again")
    func wiping() throws {
        let secret = try secret("987654321012")
        let base = try #require(secret.withBytes(\.baseAddress))
        let page = UnsafeRawBufferPointer(start: base, count: SecretBytes.capacity)
        #expect(page.contains { $0 != 0 })
        secret.wipe()
        #expect(page.allSatisfy { $0 == 0 })
        secret.append(0x31)
        #expect(bytes(secret) == [0x31])
    }

    @Test("The last owner leaves a page of zeroes behind")
    func lettingGo() throws {
        let left = Mutex<[UInt8]?>(nil)
        do {
            let secret = try SecretBytes { page in left.withLock { $0 = [UInt8](page) } }
            for byte in "1234567".utf8 { secret.append(byte) }
            withExtendedLifetime(secret) {}
        }
        let page = try #require(left.withLock { $0 })
        #expect(page.count == SecretBytes.capacity)
        #expect(page.allSatisfy { $0 == 0 })
    }

    @Test("A wipe waits for no loan: the borrower finds zeroes")
    func wipingUnderALoan() throws {
        let secret = try secret("4711")
        secret.withBytes { lent in
            #expect(lent.elementsEqual("4711".utf8))
            secret.wipe()
            #expect(lent.allSatisfy { $0 == 0 })
        }
        #expect(secret.isEmpty)
    }

    @Test("What a borrower writes after a wipe is zeroed when it gives back")
    func writingAfterAWipe() throws {
        let secret = try secret("4711")
        let page = try #require(secret.withBytes(\.baseAddress))
        _ = secret.fill(count: 8) { lent in
            secret.wipe()
            lent.copyBytes(from: "12345678".utf8)
        }
        #expect(secret.isEmpty)
        #expect(UnsafeRawBufferPointer(start: page, count: SecretBytes.capacity).allSatisfy { $0 == 0 })
        secret.append(0x39)
        #expect(bytes(secret) == [0x39])
    }

    @Test("Many threads may add to one, and each byte is there once")
    func threads() throws {
        let secret = try SecretBytes()
        let shared = secret
        DispatchQueue.concurrentPerform(iterations: 8) { number in
            for _ in 0..<100 { shared.append(UInt8(number)) }
        }
        let found = bytes(secret)
        #expect(found.count == 800)
        for number in 0..<8 { #expect(found.count { $0 == UInt8(number) } == 100) }
    }

    @Test("Nothing that prints it tells it")
    func printing() throws {
        let secret = try secret("271828")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains("271828"))
            #expect(!text.contains("50"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("Equal is what is the same memory, never what has the same content")
    func equality() throws {
        let one = try secret("1111")
        let other = try secret("1111")
        #expect(one == one)
        #expect(one != other)
    }

    /// One entry of /proc/self/smaps.
    private struct Mapping {
        var flags: Set<String> = []
        var lockedKilobytes = 0

        init?(around address: UInt) throws {
            // It says that it has no length, so it is read to its end.
            let content = try FileHandle(forReadingAtPath: "/proc/self/smaps")?.readToEnd()
            let lines = String(decoding: content ?? Data(), as: UTF8.self).split(separator: "\n")
            var isInside = false
            for line in lines {
                let words = line.split(separator: " ")
                guard let first = words.first else { continue }
                let bounds = first.split(separator: "-").compactMap { UInt($0, radix: 16) }
                if bounds.count == 2 {
                    if isInside { return }
                    isInside = (bounds[0]..<bounds[1]).contains(address)
                } else if isInside, first == "VmFlags:" {
                    flags = Set(words.dropFirst().map(String.init))
                } else if isInside, first == "Locked:" {
                    lockedKilobytes = words.dropFirst().first.flatMap { Int($0) } ?? 0
                }
            }
            if !isInside { return nil }
        }
    }
}
