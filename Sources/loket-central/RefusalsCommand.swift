import ArgumentParser

/// Groups what concerns packets that central did not take.
struct RefusalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refusals", abstract: "See which packets were refused, and why.",
        subcommands: [RefusalsListCommand.self])
}
