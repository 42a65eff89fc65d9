import NIOCore
import NIOPosix
import Synchronization

/// A server on the loopback that does to each question what the test says, and remembers the questions.
final class ScriptedResponder: Sendable {
    enum Script: Sendable {
        /// A whole HTTP answer.
        case answer(status: String, headers: String, body: [UInt8])
        /// These bytes, whatever they are, then the end of the connection.
        case raw([UInt8])
        case silence
        /// The head of an answer, and then nothing of its body.
        case headOnly

        static func der(_ body: [UInt8]) -> Script { .answer(status: "200 OK", headers: "", body: body) }
    }

    let port: Int
    private let listener: any Channel
    private let heard: Heard

    final class Heard: Sendable {
        private let questions = Mutex<[[UInt8]]>([])
        let first = AsyncStream.makeStream(of: Void.self)

        var all: [[UInt8]] { questions.withLock { $0 } }
        func note(_ question: [UInt8]) {
            questions.withLock { $0.append(question) }
            first.continuation.yield()
        }
    }

    private init(port: Int, listener: any Channel, heard: Heard) {
        self.port = port
        self.listener = listener
        self.heard = heard
    }

    /// Each question as it came: head and body.
    var questions: [[UInt8]] { heard.all }

    /// Returns when a question has come.
    func waitForQuestion() async { for await _ in heard.first.stream { return } }

    static func run<Value>(_ script: Script, _ body: (ScriptedResponder) async throws -> Value) async throws -> Value {
        let heard = Heard()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Conversation(script, heard))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let responder = ScriptedResponder(port: listener.localAddress?.port ?? 0, listener: listener, heard: heard)
        do {
            let value = try await body(responder)
            try await listener.close()
            return value
        } catch {
            try? await listener.close()
            throw error
        }
    }

    /// One connection: it reads a whole request, then follows the script.
    private final class Conversation: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let script: Script
        private let heard: Heard
        private var bytes: [UInt8] = []
        private var hasAnswered = false

        init(_ script: Script, _ heard: Heard) {
            self.script = script
            self.heard = heard
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes += unwrapInboundIn(data).readableBytesView
            guard !hasAnswered, isWhole else { return }
            hasAnswered = true
            heard.note(bytes)
            switch script {
            case .answer(let status, let headers, let body):
                let head = "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.count)\r\n\r\n"
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Array(head.utf8) + body)), promise: nil)
            case .raw(let raw):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: raw)), promise: nil)
                context.close(promise: nil)
            case .silence: break
            case .headOnly:
                let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
            }
        }

        private var isWhole: Bool {
            let text = String(decoding: bytes, as: UTF8.self).lowercased()
            guard let end = text.range(of: "\r\n\r\n") else { return false }
            let head = text[..<end.lowerBound]
            guard let field = head.range(of: "content-length: ") else { return true }
            let length = Int(head[field.upperBound...].prefix { $0.isNumber }) ?? 0
            return text[end.upperBound...].utf8.count >= length
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
