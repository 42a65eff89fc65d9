import EnrolmentCore
import Foundation
import Synchronization

/// One line that the station of a played day tells the program that started it, through a pipe.
enum DayEvent: Codable, Sendable {
    /// A sample was taken and its draft is on disk. Some fragments of it come along, to be searched for
    /// later: a packet holds pictures compressed, a draft holds them as the device gave them.
    case captured(CaseID, EnrolmentPart, fragments: [Data])
    /// The next finger is being taken while this many are saved.
    case fingerBegun(CaseID, saved: Int)
    case sealed(CaseID, PacketID)
    /// A card was handed over.
    case delivered(CaseID)
    case synced(received: Int, resumed: Int, left: Int)
    case failed(code: String)
}

/// The writing end of that pipe.
struct DayReport: Sendable {
    private let file: FileHandle?

    /// - Parameter path: of the named pipe; nil when nobody listens.
    init(path: String?) {
        file = path.flatMap { FileHandle(forWritingAtPath: $0) }
    }

    func tell(_ event: DayEvent) {
        guard let file, let line = try? JSONEncoder().encode(event) else { return }
        try? file.write(contentsOf: line + Data("\n".utf8))
    }
}

/// The reading end: what the station has told so far, and a way to wait for more.
// @unchecked: the handle is only read on the thread that `start` makes.
final class DayReportReader: @unchecked Sendable {
    let path: String
    let events: AsyncStream<DayEvent>
    private let handle: FileHandle

    /// Makes the named pipe. It is opened for writing too, so that it does not end with a station that
    /// was killed.
    init(path: String) throws {
        self.path = path
        guard mkfifo(path, 0o600) == 0, let handle = FileHandle(forUpdatingAtPath: path) else {
            throw FailureReport(.store(.unwritable), detail: "named pipe", kept: .nothingToKeep)
        }
        self.handle = handle
        let (events, continuation) = AsyncStream.makeStream(of: DayEvent.self)
        self.events = events
        let descriptor = handle.fileDescriptor
        let thread = Thread {
            var pending: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                pending += buffer[0..<count]
                while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Data(pending[..<end])
                    pending.removeSubrange(...end)
                    if let event = try? JSONDecoder().decode(DayEvent.self, from: line) { continuation.yield(event) }
                }
            }
            continuation.finish()
        }
        thread.name = "day-report"
        thread.start()
    }
}
