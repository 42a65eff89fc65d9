import ArgumentParser
import CentralServer
import PacketFormat

#if canImport(Glibc)
    import Glibc
#endif

/// `loket-central age-plugin`
struct AgePluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "age-plugin", abstract: "Let other age tools open packets: hybrid keys as an age plugin.",
        discussion: """
            Put an executable file named age-plugin-pq in the PATH, which holds these two lines:

              #!/bin/sh
              exec loket-central age-plugin "$@"

            Then --identity FILE prints the key in the form that age takes for this plugin, and \
            `age --decrypt -i THAT-FILE packet.age` opens packets, also with age 1.1.1 of Debian 12.
            """)

    @Option(help: "What age asks of its plugin: identity-v1 or recipient-v1.")
    var agePlugin: String?
    @Option(help: "A file with identities; prints the hybrid ones as plugin identities, which are as secret.")
    var identity: String?

    func run() async throws {
        try await withExitCodes {
            switch (agePlugin, identity) {
            case (let name?, nil):
                guard let role = AgePlugin.Role(rawValue: name) else {
                    throw AgeError(.header, "age asks for what this plugin does not know")
                }
                try speak(as: role)
            case (nil, let path?): try show(path)
            default: throw ValidationError("give either --age-plugin or --identity")
            }
        }
    }

    private func speak(as role: AgePlugin.Role) throws {
        var (plugin, lines) = (AgePlugin(role), AgePluginLines())
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while !plugin.isOver {
            let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AgeError(.header, "age hung up") }
            for stanza in try lines.update(Array(buffer[..<count])) {
                if let answer = try plugin.handle(stanza) { try Report.output(AgePluginLines.bytes(of: answer)) }
            }
        }
    }

    private func show(_ path: String) throws {
        let texts = try SecretFiles.identities(in: [path]).compactMap(\.pluginText)
        guard !texts.isEmpty else { throw AgeError(.key, "no hybrid identity in the file") }
        for text in texts { try Report.output(Array((text + "\n").utf8)) }
    }
}
