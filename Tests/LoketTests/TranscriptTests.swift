import Foundation
import Testing

@Suite(
    "The command line",
    .enabled(if: Program.areBuilt, "loket and loket-central were not built beside these tests"))
struct TranscriptTests {
    @Test("answers as its transcripts say", arguments: Transcript.all)
    func transcript(_ transcript: Transcript) async throws {
        let desk = try Desk()
        #expect(!transcript.exchanges.isEmpty)
        for exchange in transcript.exchanges {
            let program = Program(name: exchange.command[0])
            let ending = try await program.run(Array(exchange.command.dropFirst()), in: desk.folder)
            let command = "\(transcript.name): \(exchange.command.joined(separator: " "))"
            #expect(ending.exitCode == exchange.exitCode, "\(command)\n\(ending.output)\n\(ending.errors)")
            #expect(Transcript.agrees(ending.output, with: exchange.output), "\(command)\n\(ending.output)")
            #expect(Transcript.agrees(ending.errors, with: exchange.errors), "\(command)\n\(ending.errors)")
        }
    }

    @Test("has transcripts to be held to")
    func found() { #expect(Transcript.all.count >= 8) }
}
