import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("From pen samples to strokes")
struct SignatureTrailTests {
    private static let geometry = PadGeometry(
        maximumX: 9600, maximumY: 6000, maximumPressure: 1023, widthInHundredthsOfMillimetre: 9600,
        heightInHundredthsOfMillimetre: 6000)

    /// Feeds samples 5 ms apart, with their pressure and x; pressure 0 hovers, -1 has left.
    private func trail(_ samples: [(pressure: Int, x: Int)]) -> PenTrail {
        var trail = PenTrail(geometry: Self.geometry, threshold: .usual)
        for (index, sample) in samples.enumerated() {
            _ = trail.add(Self.sample(sample.pressure, sample.x), at: .milliseconds(index * 5))
        }
        return trail
    }

    private static func sample(
        _ pressure: Int, _ x: Int, tick: Int? = nil, sequence: Int? = nil
    ) -> PenSample {
        let switches: UInt8 = pressure < 0 ? 0 : pressure == 0 ? 0x80 : 0x90
        let force = max(0, pressure)
        var report: [UInt8] = [
            0x01, switches | UInt8(force >> 8), UInt8(force & 0xFF), UInt8(x >> 8), UInt8(x & 0xFF), 0x07, 0xD0,
        ]
        if let tick, let sequence {
            report[0] = 0x34
            report += [
                UInt8(tick >> 8 & 0xFF), UInt8(tick & 0xFF), UInt8(sequence >> 8 & 0xFF), UInt8(sequence & 0xFF),
            ]
        }
        guard case .sample(let sample) = PenReport(report) else { preconditionFailure("a report of the right length") }
        return sample
    }

    @Test("Two touches with a lifted pen between them are two strokes, timed from the first point")
    func twoStrokes() {
        let trail = trail([(0, 10), (100, 20), (110, 21), (0, 22), (120, 30), (-1, 0)])
        #expect(trail.strokes.map { $0.map(\.x) } == [[20, 21], [30]])
        #expect(trail.strokes.map { $0.map(\.milliseconds) } == [[0, 5], [15]])
    }

    @Test("A single sample is a dot")
    func dot() {
        #expect(trail([(0, 1), (300, 2), (0, 3)]).strokes.map(\.count) == [1])
    }

    @Test("Ink starts at the upper threshold and lasts to the lower one")
    func hysteresis() {
        let trail = trail([(20, 1), (21, 2), (16, 3), (20, 4), (15, 5), (20, 6)])
        #expect(trail.allStrokes.map { $0.map(\.x) } == [[2, 3, 4]])
    }

    @Test("Pressure without a pressed tip, and a pressed tip out of range, make no ink")
    func gates() {
        var trail = PenTrail(geometry: Self.geometry, threshold: .usual)
        for (index, switches) in ([0x80, 0x10, 0x00] as [UInt8]).enumerated() {
            guard case .sample(let sample) = PenReport([0x01, switches | 1, 0, 0, 9, 0, 9]) else { continue }
            #expect(trail.add(sample, at: .milliseconds(index * 5)).isEmpty)
        }
        #expect(trail.allStrokes.isEmpty)
    }

    @Test("A stroke whose end was never reported is closed by silence, and the next touch is not joined to it")
    func missingPenUp() {
        var trail = PenTrail(geometry: Self.geometry, threshold: .usual)
        _ = trail.add(Self.sample(100, 20), at: .zero)
        #expect(trail.quiet(at: .milliseconds(99)).isEmpty && trail.isPenDown)
        #expect(trail.quiet(at: .milliseconds(100)).map(\.pressure) == [0])
        _ = trail.add(Self.sample(100, 21), at: .milliseconds(130))
        #expect(trail.allStrokes.count == 2)
        // The same without a tick between: the sample itself shows the hole.
        _ = trail.add(Self.sample(100, 22), at: .milliseconds(400))
        #expect(trail.allStrokes.count == 3)
    }

    @Test("A point off the surface is left out and counted; the stroke goes on")
    func stray() {
        let trail = trail([(100, 20), (100, 0xFFFF), (100, 21)])
        #expect(trail.allStrokes.map { $0.map(\.x) } == [[20, 21]])
        #expect(trail.strayCount == 1)
    }

    @Test("A leap that no hand makes starts a new stroke")
    func leap() {
        #expect(trail([(100, 20), (100, 3020), (100, 6021)]).allStrokes.map(\.count) == [2, 1])
    }

    @Test("Pressure beyond the pad's own maximum is held at it")
    func clampedPressure() {
        #expect(trail([(4000, 20)]).allStrokes == [[PenPoint(x: 20, y: 2000, pressure: 1023, milliseconds: 0)]])
    }

    @Test("The pad's ticks space the points, across its roll-over and however late the host reads")
    func rollOver() {
        var trail = PenTrail(geometry: Self.geometry, threshold: .usual)
        for (index, tick) in [65_526, 65_531, 0, 5, 10].enumerated() {
            _ = trail.add(Self.sample(100, 20 + index, tick: tick, sequence: 65_534 + index), at: .milliseconds(index))
        }
        #expect(trail.allStrokes.map { $0.map(\.milliseconds) } == [[0, 5, 10, 15, 20]])
        #expect(trail.lostCount == 0)
    }

    @Test("A pen that was away for more than one turn of the pad's counter is timed by both clocks")
    func longPause() {
        var clock = PadClock()
        #expect(clock.milliseconds(tick: 100, host: .zero) == 0)
        #expect(clock.milliseconds(tick: 1100, host: .milliseconds(66_500)) == 66_536)
        #expect(clock.milliseconds(tick: 1100, host: .milliseconds(66_500 + 131_000)) == 66_536 + 131_072)
    }

    @Test("A pad whose counter starts again is timed by the host, and time never runs back")
    func counterReset() {
        var clock = PadClock()
        #expect(clock.milliseconds(tick: 40_000, host: .zero) == 0)
        #expect(clock.milliseconds(tick: 3, host: .milliseconds(7)) == 7)
        #expect(clock.milliseconds(tick: 8, host: .milliseconds(2)) >= 7)
        #expect(clock.milliseconds(tick: nil, host: .milliseconds(1)) >= 7)
    }

    @Test("A repeated report is dropped; a small loss is bridged and counted, a large one ends the stroke")
    func sequence() {
        var trail = PenTrail(geometry: Self.geometry, threshold: .usual)
        for (index, sequence) in [7, 7, 8, 18, 30].enumerated() {
            _ = trail.add(
                Self.sample(100, 20 + index, tick: index * 5, sequence: sequence), at: .milliseconds(index * 5))
        }
        #expect(trail.allStrokes.map { $0.map(\.x) } == [[20, 22, 23], [24]])
        #expect(trail.lostCount == 9 + 11)
    }
}
