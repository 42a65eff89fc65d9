import ArgumentParser
import DeviceDrivers
import EnrolmentCore
import Foundation
import StationApp

extension CardVerb {
    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell what happens to readers and cards, line by line, until it is ended.",
            discussion: "Talks to no card, and tells nothing of anybody: only the answer to reset.")
        @Option(help: "End after so many seconds.") var seconds: Double?
        @OptionGroup var report: ReportOptions

        struct Line: Encodable {
            let at: String
            let event: String
            let reader: String?
            let atr: String?
            let isBelgian: Bool?
        }

        func run() async throws {
            let watching = Task {
                for await event in CardWatching.events() {
                    let line = Self.line(event)
                    let text = report.json ? Self.json(line) : Self.text(line)
                    FileHandle.standardOutput.write(Data((text + "\n").utf8))
                }
            }
            if let seconds {
                try? await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
                watching.cancel()
            }
            await watching.value
        }

        private static func line(_ event: CardEvent) -> Line {
            let (name, reader, atr): (String, String?, [UInt8]?) =
                switch event {
                case .readerCame(let reader): ("readerCame", reader, nil)
                case .readerLeft(let reader): ("readerLeft", reader, nil)
                case .cardIn(let reader, let atr): ("cardIn", reader, atr)
                case .cardMute(let reader): ("cardMute", reader, nil)
                case .cardOut(let reader): ("cardOut", reader, nil)
                case .cardHeld(let reader): ("cardHeld", reader, nil)
                case .cardFree(let reader): ("cardFree", reader, nil)
                case .serviceLost: ("serviceLost", nil, nil)
                case .serviceFound: ("serviceFound", nil, nil)
                }
            return Line(
                at: SystemClock().now().rfc3339, event: name, reader: reader,
                atr: atr.map { $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() },
                isBelgian: event.isBelgian)
        }

        private static func json(_ line: Line) -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        }

        private static func text(_ line: Line) -> String {
            [line.at, line.event, line.reader ?? "", line.atr ?? ""].filter { !$0.isEmpty }.joined(separator: "  ")
        }
    }
}
