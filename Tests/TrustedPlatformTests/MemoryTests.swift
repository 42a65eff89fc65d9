import EnrolmentCore
import Foundation
import Testing

@testable import TrustedPlatform

/// What a call leaves in the memory of this process, the library's heap included.
@Suite("In memory", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct MemoryTests {
    @Test(
        "After keeping and opening, neither secret nor authorisation lies anywhere but with who holds it",
        arguments: [[], [7]])
    func nothingLeft(measurements: [Int]) throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let secret = try Needle()
        let authorisation = try Needle()
        let wrong = try Needle()
        let thread = ParkedThread()
        let slot = try thread.run { try safe.keep(secret.bytes, under: authorisation.bytes, bound: measurements) }
        #expect(try secret.places() == 1)
        #expect(try authorisation.places() == 1)
        let opened = try thread.run { try safe.open(slot, with: authorisation.bytes) }
        #expect(try secret.places() == 2)
        #expect(try authorisation.places() == 1)
        opened.wipe()
        #expect(try secret.places() == 1)
        #expect(throws: MachineSafeError.wrongAuthorisation) {
            try thread.run { try safe.open(slot, with: wrong.bytes) }
        }
        #expect(try wrong.places() == 1)
    }

    /// What forgets cannot be called then.
    @Test("Nor does a secret whose chip goes away as soon as it has been read")
    func chipGoneAway() throws {
        let chip = try SoftwareChip()
        let secret = try Needle()
        let authorisation = try TestSecret.make(101)
        let straight = TrustedPlatform(transport: chip.transport)
        let slot = try straight.keep(secret.bytes, under: authorisation, bound: [])
        // A chip's first opening after its start takes a command more.
        #expect(try straight.open(slot, with: authorisation).count == 32)
        // Two looks at the place, a key, a session, the reading; and no more.
        let tap = try BusTap(before: chip) { $0 < 5 ? $1 : nil }
        defer { tap.end() }
        let safe = TrustedPlatform(transport: tap.transport)
        let thread = ParkedThread()
        let opened = try thread.run { try safe.open(slot, with: authorisation) }
        #expect(tap.commands > 5)
        #expect(try secret.places() == 2)
        opened.wipe()
        #expect(try secret.places() == 1)
    }

    @Test("Nor does a secret that a card opened", .enabled(if: SoftwareCard.isInstalled, "openssl is not installed"))
    func nothingLeftOfCard() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let card = try SoftwareCard(.p384, in: chip.folder)
        let secret = try Needle()
        let thread = ParkedThread()
        let slot = try thread.run { try safe.keep(secret.bytes, openedBy: [card.key], bound: []) }
        #expect(try secret.places() == 1)
        try thread.run {
            let opening = try safe.beginOpening(slot)
            let opened = try opening.open(with: card.sign(opening.message), of: card.key)
            #expect(!opened.isEmpty)
            opened.wipe()
        }
        #expect(try secret.places() == 1)
    }
}

/// A secret that can be looked for without being copied.
private struct Needle {
    let bytes: SecretBytes

    init() throws {
        bytes = try SecretBytes()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<32 { bytes.append(.random(in: 0...255, using: &generator)) }
    }

    /// In how many places of this process's writable memory sixteen bytes of its middle lie.
    func places() throws -> Int {
        let window = try #require(Window())
        let maps = try Self.maps()
        var found = 0
        for line in maps.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 1, fields[1].hasPrefix("rw") else { continue }
            let ends = fields[0].split(separator: "-").compactMap { Int(String($0), radix: 16) }
            guard ends.count == 2 else { continue }
            found += window.parts(of: ends[0]..<ends[1]).reduce(0) { $0 + count(in: $1, window) }
        }
        return found
    }

    /// A file whose length nobody knows, which is more than one read gives.
    private static func maps() throws -> String {
        let file = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
        var bytes = Data()
        while let more = try file.read(upToCount: 4096), !more.isEmpty { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func count(in region: Range<Int>, _ window: Window) -> Int {
        var found = 0
        var start = region.lowerBound
        while start < region.upperBound {
            let view = window.view(of: start..<min(start + Window.size, region.upperBound))
            // Another thread gave it back meanwhile.
            guard view.count >= 16 else { break }
            found += bytes.withBytes { Self.count(of: UnsafeRawBufferPointer(rebasing: $0[8..<24]), in: view) }
            // What lies over the edge is seen whole in the next view.
            start += view.count - (start + view.count < region.upperBound ? 15 : 0)
        }
        return found
    }

    private static func count(of needle: UnsafeRawBufferPointer, in view: UnsafeRawBufferPointer) -> Int {
        guard let base = view.baseAddress, let wanted = needle.baseAddress else { return 0 }
        var found = 0
        var place = 0
        while place + 16 <= view.count, let hit = memchr(base + place, Int32(needle[0]), view.count - 15 - place) {
            if memcmp(hit, wanted, 16) == 0 { found += 1 }
            place = UnsafeRawPointer(hit) - base + 1
        }
        return found
    }
}

/// Memory that other memory is looked at through, since other threads may give theirs back while it is looked at. It
/// is no part of what is looked at.
private final class Window {
    static let size = 1 << 20
    private let buffer: UnsafeMutableRawBufferPointer
    private let memory: Int32

    init?() {
        memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
        let start = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard memory >= 0, let start, start != MAP_FAILED else { return nil }
        buffer = UnsafeMutableRawBufferPointer(start: start, count: Self.size)
    }

    deinit {
        munmap(buffer.baseAddress, Self.size)
        close(memory)
    }

    func view(of region: Range<Int>) -> UnsafeRawBufferPointer {
        let got = pread(memory, buffer.baseAddress, region.count, off_t(region.lowerBound))
        return UnsafeRawBufferPointer(rebasing: buffer[..<max(got, 0)])
    }

    /// A region without the window itself.
    func parts(of region: Range<Int>) -> [Range<Int>] {
        let own = Int(bitPattern: buffer.baseAddress)..<(Int(bitPattern: buffer.baseAddress) + Self.size)
        guard region.overlaps(own) else { return [region] }
        return [region.lowerBound..<own.lowerBound, own.upperBound..<region.upperBound].filter { !$0.isEmpty }
    }
}
