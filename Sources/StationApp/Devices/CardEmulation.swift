import DeviceEmulation
package import EnrolmentCore
import Foundation

/// Puts an invented person's card into pcscd's virtual reader.
package enum CardEmulation {
    /// Serves until the reader goes away.
    ///
    /// - Parameters:
    ///   - person: counts the people of the built-in training day from 1.
    ///   - inserted: called once the card is in the reader.
    /// - Throws: `input.unknownVisit` when there is no such person, `cardReader.serviceDown` when
    ///   nothing listens at the address, `cardReader.unplugged` when it goes.
    package static func serve(
        person: Int, host: String, port: Int, clock: any WallClock, inserted: @escaping @Sendable () -> Void
    ) async throws(FailureReport) {
        let day = try TrainingDay.builtIn(today: LocalTime.day(of: clock.now()))
        let people = day.visits.flatMap(\.cases).compactMap { day.people[$0.id] }
        guard people.indices.contains(person - 1) else {
            throw FailureReport(.input(.unknownVisit), detail: "person \(person)", kept: .nothingToKeep)
        }
        let devices = try EmulatedDevices(day: day, clock: clock)
        let card = EmulatedEIDCard(try await devices.cardImage(of: people[person - 1]))
        let failure: VPCDClient.Failure? = await withCheckedContinuation { continuation in
            // It blocks for as long as the card is in the reader.
            let thread = Thread {
                do throws(VPCDClient.Failure) {
                    try VPCDClient().serve(card, host: host, port: UInt16(clamping: port), connected: inserted)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
            thread.name = "vpcd"
            thread.start()
        }
        switch failure {
        case nil: return
        case .unreachable: throw report(.serviceDown, failure)
        case .readerGone, .badFrame: throw report(.unplugged, failure)
        }
    }

    private static func report(_ problem: DeviceError.Problem, _ failure: VPCDClient.Failure?) -> FailureReport {
        FailureReport(.device(.cardReader, problem), detail: failure?.description ?? "", kept: .nothingToKeep)
    }
}
