import AsyncHTTPClient
import Logging
import NIOCore
import NIOPosix
import SyncProtocol
import Synchronization

/// Asks the authorities' servers what a kit wants to know, and passes the answer on as it came.
///
/// A kit chooses the address, so this is the one place where a stolen kit could use central to reach
/// others: only listed addresses are asked, by the exact question types, on addresses that the rule
/// allows, without following a redirect, for a limited time and number of bytes.
struct ResponderDesk: Sendable {
    let rules: [ResponderRule]
    let limits: CentralLimits
    let logger: Logger
    private let turns: Turns

    init(rules: [ResponderRule], limits: CentralLimits, logger: Logger) {
        self.rules = rules
        self.limits = limits
        self.logger = logger
        turns = Turns(limits.openQuestions)
    }

    /// Gives the DER that the responder answered, whole and as long as it says itself; nothing else of it
    /// has been looked at.
    ///
    /// - Throws: `Refused`: `invalidQuestion`, `responderNotAllowed`, `responderUnreachable`,
    ///   `responderAnswerUnusable`, `tooManyQuestions`.
    func ask(_ question: RevocationQuestion) async throws -> [UInt8] {
        guard let url = ResponderURL(question.url) else { throw Refused(.invalidQuestion, "the address") }
        guard question.kind == .crl || DERLength.isWhole(question.request) else {
            throw Refused(.invalidQuestion, "the request is not DER")
        }
        guard let rule = rules.first(where: { url.isBelow($0.above) }) else { throw Refused(.responderNotAllowed) }
        guard turns.take() else { throw Refused(.tooManyQuestions) }
        defer { turns.giveBack() }
        let answer = try await within(limits.responderTime) {
            try await ask(question, at: url, on: addresses(of: url.host, by: rule))
        }
        logger.info("responder answered", metadata: ["host": "\(url.host)", "bytes": "\(answer.count)"])
        return answer
    }

    private func addresses(of host: String, by rule: ResponderRule) async throws -> [NetworkAddress] {
        let found = try await ResolverPool.run { NetworkAddress.resolve(host) }
        guard !found.isEmpty else { throw Refused(.responderUnreachable, "its name is not known") }
        let allowed = rule.allowsPrivateAddresses ? found : found.filter(\.isPublic)
        guard !allowed.isEmpty else { throw Refused(.responderNotAllowed, "its address is not public") }
        return allowed
    }

    /// Tries the addresses in the resolver's order until one takes the connection.
    private func ask(
        _ question: RevocationQuestion, at url: ResponderURL, on addresses: [NetworkAddress]
    ) async throws -> [UInt8] {
        var failure = Refused(.responderUnreachable)
        for address in addresses.prefix(3) {
            let responder = ResponderConnection(url: url, address: address, limits: limits)
            do throws(Refused) {
                return try await responder.answer(to: question)
            } catch {
                failure = error
                guard error.code == .responderUnreachable, !Task.isCancelled else { throw error }
            }
        }
        throw failure
    }

    /// The limit of the whole: a server that sends a byte now and then is as good as silent.
    private func within(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask(operation: work)
            group.addTask {
                try await Task.sleep(for: limit)
                throw Refused(.responderUnreachable, "it took too long")
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw Refused(.responderUnreachable) }
            return answer
        }
    }

    /// How many questions are under way.
    private final class Turns: Sendable {
        private let free: Mutex<Int>

        init(_ count: Int) { free = Mutex(count) }

        func take() -> Bool {
            free.withLock { free in
                guard free > 0 else { return false }
                free -= 1
                return true
            }
        }

        func giveBack() { free.withLock { $0 += 1 } }
    }
}

/// Threads for the system's resolver, which blocks for seconds when no name server answers.
private enum ResolverPool {
    private static let pool = {
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        return pool
    }()

    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await pool.runIfActive(work)
    }
}
