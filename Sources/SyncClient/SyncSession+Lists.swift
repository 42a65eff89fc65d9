import PacketFormat
import SyncProtocol

extension SyncSession {
    /// Fetches what is newer of the lists that central signs.
    ///
    /// They are small, and most often central says only that nothing has changed. Each is asked for once: a
    /// list that does not come now is no reason to hold up a packet, and when central has fallen silent no
    /// other is asked for.
    func renewLists() async {
        guard let lists else { return }
        var outcomes = Dictionary(SignedListKind.allCases.map { ($0, ListOutcome.notFetched) }) { first, _ in first }
        defer { note(outcomes) }
        for kind in SignedListKind.allCases {
            do throws(ExchangeFailure) {
                outcomes[kind] = try await renew(kind, in: lists)
            } catch {
                if Task.isCancelled { noteCancelled() }
                return
            }
        }
    }

    private func renew(
        _ kind: SignedListKind, in lists: any SyncListStore
    ) async throws(ExchangeFailure) -> ListOutcome {
        let held: Int?
        do { held = try await lists.version(of: kind) } catch { return .notKept }
        var headers: [String: String] = [:]
        if let held { headers[SyncHeader.ifNoneMatch] = EntityTag(version: held).header }
        let request = SyncRequest(
            .get, SyncRoute.list(kind).path, headers: headers, largestAnswer: SignedList.largestByteCount)
        let answer = try await exchange.exchange(request)
        switch AnswerReading(answer, expecting: [200, 304]) {
        case .done: break
        // A central that knows no lists has none.
        case .refused(.noSuchList), .refused(.noSuchRoute): return .none
        case .refused, .unavailable, .notCentral: return .notFetched
        }
        guard answer.status == 200 else { return held == nil ? .notFetched : .unchanged }
        return await take(String(decoding: answer.body, as: UTF8.self), as: kind, replacing: held, in: lists)
    }

    private func take(
        _ compact: String, as kind: SignedListKind, replacing held: Int?, in lists: any SyncListStore
    ) async -> ListOutcome {
        let list: SignedList
        do throws(StatementError) {
            list = try listVerifier.verify(compact, as: kind, replacing: held)
        } catch {
            return .refused(error)
        }
        guard list.version != held else { return .unchanged }
        do { try await lists.replace(by: list) } catch { return .notKept }
        return .replaced(list.version)
    }
}
