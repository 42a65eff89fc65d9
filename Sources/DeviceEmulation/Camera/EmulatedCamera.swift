import BiometricFormats
package import DeviceTransport
import EnrolmentCore
import Glibc
import Synchronization

/// A motion JPEG camera before which a drawn face sits, breathing a little.
package final class EmulatedCamera: FrameSource {
    private struct State {
        var seed: UInt64
        /// A breath: the same face at a few heights, encoded when first needed.
        var breath: [[UInt8]] = []
        var isStreaming = false
        var isUnplugged = false
        var frames = 0
        var time: Duration = .zero
        var nextAt: Duration = .zero
    }

    package let name = "Camera (emulated)"
    private let width: Int
    private let pace: EmulationPace
    private let faults: [CameraFault]
    private let state: Mutex<State>
    private let cancelSign = CancelSign()
    private let origin = ContinuousClock.now

    /// Fifteen frames a second are plenty for a terminal.
    private static let interval: Duration = .microseconds(66_667)
    private static let breathRows = [0, 1, 2, 1]
    private static let quality = 88

    /// - Parameters:
    ///   - seed: which face.
    ///   - width: of a frame in pixels; 600 gives 600 by 771.
    package init(seed: UInt64, width: Int = 600, pace: EmulationPace, faults: [CameraFault] = []) {
        self.width = width
        self.pace = pace
        self.faults = faults
        state = Mutex(State(seed: seed))
    }

    /// Who sits down before it next.
    package func face(seed: UInt64) {
        state.withLock { state in
            guard state.seed != seed else { return }
            state.seed = seed
            state.breath = []
        }
    }

    /// The camera's own monotonic time, which a driver under test takes for its clock.
    package var now: Duration {
        switch pace {
        case .real: ContinuousClock.now - origin
        case .simulated: state.withLock { $0.time }
        }
    }

    /// Whether somebody streams from it.
    package var isStreaming: Bool { state.withLock { $0.isStreaming } }

    /// Frames handed out so far, damaged ones too.
    package var frameCount: Int { state.withLock { $0.frames } }

    package func start() throws(TransportError) -> FrameFormat {
        for case .refusesStart(let reason) in faults { throw TransportError(reason, "emulated") }
        guard !state.withLock({ $0.isUnplugged }) else { throw TransportError(.absent, "emulated") }
        let now = now
        _ = cancelSign.take()
        state.withLock { state in
            if state.breath.isEmpty { state.breath = Self.breath(seed: state.seed, width: width) }
            state.isStreaming = true
            state.nextAt = now
        }
        return .motionJPEG
    }

    package func nextFrame(within limit: Duration) throws(TransportError) -> [UInt8] {
        let number = state.withLock { $0.frames }
        if faults.contains(.unpluggedAtFrame(number)) { state.withLock { $0.isUnplugged = true } }
        let (isStreaming, isUnplugged, due) = state.withLock { ($0.isStreaming, $0.isUnplugged, $0.nextAt) }
        guard !isUnplugged else { throw TransportError(.unplugged, "emulated") }
        guard isStreaming else { throw TransportError(.absent, "not started") }
        for case .failure(frame: number, let reason) in faults {
            state.withLock { $0.frames += 1 }
            throw TransportError(reason, "emulated")
        }
        let deadline = now + limit
        for case .silentFromFrame(let first) in faults where number >= first {
            try wait(until: deadline)
            throw TransportError(.timedOut, "emulated")
        }
        try wait(until: min(due, deadline))
        guard due <= deadline else { throw TransportError(.timedOut, "emulated") }
        return state.withLock { state in
            state.frames += 1
            state.nextAt += Self.interval
            return damaged(state.breath[number / 6 % state.breath.count], number: number)
        }
    }

    package func cancel() { cancelSign.raise() }

    package func stop() {
        state.withLock { $0.isStreaming = false }
    }

    private func damaged(_ frame: [UInt8], number: Int) -> [UInt8] {
        for case .cutFrames(let numbers) in faults where numbers.contains(number) {
            return Array(frame.prefix(frame.count / 2))
        }
        for case .garbledFrames(let numbers) in faults where numbers.contains(number) {
            return [UInt8](repeating: 0x5A, count: 4096)
        }
        return frame
    }

    private func wait(until time: Duration) throws(TransportError) {
        if pace == .simulated { state.withLock { $0.time = max($0.time, time) } }
        while true {
            if cancelSign.take() { throw TransportError(.cancelled, "emulated") }
            let left = time - now
            guard left > .zero else { return }
            poll(nil, 0, min(left, CancelSign.slice).timeoutMilliseconds())
        }
    }

    /// The face moved down by a few rows; an empty picture can only come of a size that the codec refuses.
    private static func breath(seed: UInt64, width: Int) -> [[UInt8]] {
        let face = DrawnFace.picture(seed: seed, width: width)
        return breathRows.map { rows in
            let moved = Array(face.pixels.prefix(3 * face.width * rows) + face.pixels.dropLast(3 * face.width * rows))
            let picture = RGBImage(width: face.width, height: face.height, pixels: moved)
            return (try? JPEGCodec().encode(picture, quality: quality)) ?? []
        }
    }
}
