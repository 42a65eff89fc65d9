import ArgumentParser
import CentralServer
import Dispatch

#if canImport(Glibc)
    import Glibc
#endif

/// `loket-central serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take packets in, until interrupted.",
        discussion: "A folder without keys gets new ones first. The first line on standard output is JSON and "
            + "comes when kits can connect.")

    @OptionGroup var folder: DirectoryOptions
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"
    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port = 8443
    @Flag(help: "Serve training kits; the keys must be for training.")
    var training = false
    @Option(name: .customLong("name"), help: "For new keys: a DNS name or address of the server; may be repeated.")
    var names: [String] = []
    @Option(
        name: .customLong("responder"),
        help: "An address beside the Belgian ones that may be asked about revocations, and all below it; repeatable.")
    var responders: [String] = []

    @Option(help: "Days after which an unfinished upload that its kit does not go on with is forgotten.")
    var uploadDays = 90

    private struct Ready: Encodable {
        let event = "ready"
        let server: String
        let host: String
        let port: Int
        let isTraining: Bool
        let madeKeys: Bool
        let directory: String
    }

    func validate() throws {
        guard (1...3650).contains(uploadDays) else { throw ValidationError("--upload-days wants 1 to 3650") }
    }

    func run() async throws {
        try await withExitCodes {
            let configuration = try configure()
            let madeKeys = try prepareKeys(in: configuration.keyDirectory)
            let signals = Self.stopSignals()
            let central = try await CentralService.start(configuration)
            try Report.printLine(
                Ready(
                    server: central.keys.facts.serverName, host: host, port: central.port, isTraining: training,
                    madeKeys: madeKeys, directory: folder.directory))
            let ended = signals.stopping
            let watch = Task {
                await central.waitUntilStopped()
                ended.finish()
            }
            defer { watch.cancel() }
            guard await signals.waitForOne() else {
                throw CentralError(
                    .cannotListen, "the service ended by itself", hint: "What was received is safe; start it again.")
            }
            Report.complain("loket-central: stopping; what was received is safe")
            await central.stop()
        }
    }

    private func configure() throws -> CentralConfiguration {
        var configuration = try folder.configuration()
        configuration.host = host
        configuration.port = port
        configuration.limits.uploadLifetime = .seconds(uploadDays * 86_400)
        configuration.responders += try responders.map { try ResponderRule(configured: $0) }
        return configuration
    }

    /// Gives whether new keys were made.
    private func prepareKeys(in directory: String) throws -> Bool {
        guard CentralKeys.exist(in: directory) else {
            _ = try CentralKeys.make(in: directory, training: training, names: names)
            Report.complain("loket-central: \(directory) had no keys; made new ones: keep a copy in a safe place")
            return true
        }
        guard try CentralKeys.load(from: directory).facts.isTraining == training else {
            throw CentralError(
                .otherMode, "the keys in \(directory) are \(training ? "not " : "")for training",
                hint: training ? "Leave out --training, or choose another --dir." : "Add --training.")
        }
        return false
    }

    /// Ctrl-C and the service supervisor's request, from the moment it is made.
    private struct StopSignals {
        let stops: AsyncStream<Void>
        let stopping: AsyncStream<Void>.Continuation
        let sources: [any DispatchSourceSignal]

        /// False when there will be none.
        func waitForOne() async -> Bool {
            defer { for source in sources { source.cancel() } }
            for await _ in stops { return true }
            return false
        }
    }

    private static func stopSignals() -> StopSignals {
        let (stops, stopping) = AsyncStream<Void>.makeStream()
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { stopping.yield() }
            source.resume()
            return source
        }
        return StopSignals(stops: stops, stopping: stopping, sources: sources)
    }
}
