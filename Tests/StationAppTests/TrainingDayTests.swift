import EnrolmentCore
import EnrolmentFlow
import Foundation
import Testing

@testable import StationApp

@Suite("The training day")
struct TrainingDayTests {
    private static let today = SystemClock().now().dayInUTC

    @Test("has an answer for every person in it, and no two people of one name or number")
    func whole() throws {
        let day = try TrainingDay.builtIn(today: Self.today)
        let cases = day.visits.flatMap(\.cases)
        #expect(cases.count == 6 && Set(cases.map(\.id)).count == 6)
        #expect(Set(day.people.keys) == Set(cases.map(\.id)))
        #expect(Set(cases.map(\.citizen.surname)).count == 6)
        #expect(Set(cases.map(\.citizen.nationalNumber)).count == 6)
        #expect(day.visits.allSatisfy { $0.plannedFor == Self.today })
    }

    @Test("gives its invented people national numbers that hold, and cards that fit their ages")
    func numbers() throws {
        let day = try TrainingDay.builtIn(today: Self.today)
        for planned in day.visits.flatMap(\.cases) {
            let citizen = planned.citizen
            #expect(citizen.nationalNumber.warnings(birth: citizen.birthDate) == [], "\(planned.id)")
            let age = citizen.birthDate.leastAge(on: Self.today)
            #expect((age < 12) == !planned.applyingFor.holdsFingerprints, "\(planned.id)")
        }
    }

    @Test("has a fresh attest wherever it has one")
    func attests() throws {
        let day = try TrainingDay.builtIn(today: Self.today)
        let attests = day.visits.compactMap(\.eligibility.attest)
        #expect(!attests.isEmpty)
        #expect(attests.allSatisfy { $0.isYounger(thanMonths: 1, on: Self.today) })
    }

    @Test("gives cards that the reader reads back as the planned people")
    func cards() async throws {
        let clock = StandingClock()
        let day = try TrainingDay.builtIn(today: Self.today)
        let devices = try EmulatedDevices(day: day, clock: clock, pace: .simulated)
        for planned in day.visits.flatMap(\.cases) {
            let reader = try await devices.devices(for: planned).cardReader
            guard case .captured(let reading) = try await reader.readCard(within: .seconds(5), progress: { _ in })
            else {
                Issue.record("no card of \(planned.id)")
                continue
            }
            #expect(
                PersonCheck.warnings(card: reading, proof: nil, planned: planned, on: Self.today) == [], "\(planned.id)"
            )
        }
    }

    @Test("hands over to one of them the very card that the reader then reads")
    func delivery() async throws {
        let day = try TrainingDay.builtIn(today: Self.today)
        let deliveries = day.visits.flatMap(\.cases).filter { $0.delivery != nil }
        #expect(deliveries.count == 1)
        let planned = try #require(deliveries.first)
        let expected = try #require(planned.delivery)
        #expect(day.people[planned.id]?.deliveryAnswers?.oldCard != nil)
        let devices = try EmulatedDevices(day: day, clock: StandingClock(), pace: .simulated)
        let reader = try await devices.devices(for: planned).cardReader
        guard case .captured(let reading) = try await reader.readCard(within: .seconds(5), progress: { _ in }) else {
            Issue.record("no card")
            return
        }
        #expect(reading.identity.cardNumber == expected.cardNumber)
    }

    @Test("turns into a script that can be written and read back")
    func script() throws {
        let day = try TrainingDay.builtIn(today: Self.today)
        let folder = try TestFolder()
        for visit in day.visits {
            let script = day.script(for: visit)
            let file = folder.url.appending(path: "\(visit.id.text).json")
            try JSONEncoder().encode(script).write(to: file)
            #expect(try EnrolmentScript(contentsOf: file) == script)
        }
    }

    @Test("that is broken names the place, and none of what stood there", arguments: Break.all)
    func broken(_ broken: Break) throws {
        let text = BenchDay.json.replacingOccurrences(of: broken.from, with: broken.to)
        #expect(text != BenchDay.json)
        let failure = #expect(throws: FailureReport.self) {
            try TrainingDay(json: Array(text.utf8), today: Self.today)
        }
        #expect(failure?.code == .input(.invalidScript))
        #expect(failure?.detail == broken.place)
    }

    struct Break: CustomTestStringConvertible, Sendable {
        let from: String
        let to: String
        let place: String

        var testDescription: String { "at \(place.isEmpty ? "the brace" : place)" }

        static let all = [
            Break(
                from: "\"born\": \"1949-05-17\"", to: "\"born\": \"gisteren\"",
                place: "visits.Index 0.people.Index 0.born"),
            Break(from: "\"surname\": \"Nooitgeboren\", ", to: "", place: "visits.Index 0.people.Index 1.surname"),
            Break(from: "\"careHome\"", to: "\"kasteel\"", place: "visits.Index 0.place"),
            Break(
                from: "\"applet\": \"v18\", \"document\": \"belgian\"",
                to: "\"applet\": \"v9\", \"document\": \"belgian\"", place: "proef-1a"),
            Break(from: "\"officer\": \"PROEF-1\",", to: "\"officer\": \"PROEF-1\"", place: ""),
        ]
    }
}
