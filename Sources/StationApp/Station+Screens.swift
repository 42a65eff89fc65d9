import EnrolmentCore
import EnrolmentFlow
import OfflineCache
package import StationUI

/// What the screens show of a station, in their own words.
extension Station {
    package func clockEvent() -> StationEvent {
        let now = clock.now()
        return .clock(now, offset: LocalTime.offset(at: now))
    }

    /// The lists of the home screen; a store that cannot be read gives a failure instead.
    ///
    /// - Parameter packets: the lines that the queue shall have, where there are as many.
    package func listEvents(packets: Int = Store.queuePage) async -> [StationEvent] {
        do throws(FailureReport) {
            let seals = try await kit.store.reporting { [seals = kit.store.seals] () throws(StoreError) in
                try await seals.standing()
            }
            let visits = try await kit.plannedVisits()
            return [
                .visits(visits), .queue(try await kit.store.queueList(packets, naming: visits)),
                .seals(SealState(sent: seals.sent, waiting: seals.waiting, lastDay: seals.lastDay)),
            ]
        } catch {
            return [.failure(error)]
        }
    }

    func queueEvent(packets: Int) async -> StationEvent {
        do throws(FailureReport) {
            return .queue(try await kit.store.queueList(packets, naming: try await kit.plannedVisits()))
        } catch {
            return .failure(error)
        }
    }

    package func dayEvent() async -> StationEvent {
        do throws(FailureReport) {
            return .day(DaySummary(try await DayClosing(kit, clock: clock).sheet(), on: today))
        } catch {
            return .failure(error)
        }
    }

    /// The state of the kit, from what can be seen without disturbing a capture.
    package func state() async -> KitState {
        let attached = (try? await devices.attached()) ?? []
        var conditions: [DeviceKind: DeviceCondition] = [:]
        for kind in DeviceKind.allCases {
            conditions[kind] = attached.first { $0.kind == kind }.map { .ready(product: $0.name) } ?? .failed(.absent)
        }
        return KitState(
            devices: conditions, store: await storeCondition(),
            clock: (try? await kit.store.clockMark.confidence(in: clock.now())) ?? .implausible,
            central: await centralCondition(), warnings: await warnings())
    }

    private func storeCondition() async -> StoreCondition {
        do throws(StoreError) {
            let forecast = try await kit.store.forecast()
            return .ready(freeBytes: Int64(forecast.free), visits: forecast.visitsLeft)
        } catch {
            if case .store(let code) = error.code { return .failed(code) }
            return .failed(.unreadable)
        }
    }

    private func centralCondition() async -> CentralCondition {
        do throws(FailureReport) {
            _ = try await CentralProbe(kit).ask()
            return .reachable
        } catch {
            switch error.code {
            case .central(.unreachable): return .unreachable
            case .central(let code): return .failed(code)
            default: return .unreachable
            }
        }
    }
}

extension DaySummary {
    init(_ sheet: DaySheet, on day: CalendarDate) {
        let figures = sheet.figures
        func amount(_ of: DayFigures.Amount) -> Amount { Amount(packets: of.packets, bytes: Int64(of.bytes)) }
        var sequences: ClosedRange<Int>?
        if let first = figures.firstSequence, let last = figures.lastSequence, first <= last {
            sequences = first...last
        }
        self.init(
            day: day, sealed: amount(figures.sealed), received: amount(figures.received),
            purged: amount(figures.purged), waiting: amount(figures.waiting), conflict: amount(figures.conflict),
            refused: amount(figures.refused), openDrafts: figures.openDrafts,
            discardedDrafts: figures.discardedDrafts, bytesSent: Int64(figures.bytesSent), sequences: sequences,
            closure: sheet.seal.map(DayClosure.init), hasWorkSinceClosure: sheet.hasWorkSince)
    }
}
