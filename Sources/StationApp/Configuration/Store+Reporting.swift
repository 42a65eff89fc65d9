import EnrolmentCore
import OfflineCache

extension Store {
    /// Does what the store is asked for; what fails is told as a person hears it.
    ///
    /// - Parameter kept: what is safe by then; a login, for one, has taken nothing that could be lost.
    func reporting<Value: Sendable>(
        kept: FailureReport.Kept = .draft, _ body: () async throws(StoreError) -> Value
    ) async throws(FailureReport) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw error.report(kept: kept)
        }
    }

    /// The same for what waits for nothing.
    func reportingNow<Value>(_ body: () throws(StoreError) -> Value) throws(FailureReport) -> Value {
        do throws(StoreError) {
            return try body()
        } catch {
            throw error.report(kept: .draft)
        }
    }
}
