import ArgumentParser
import EnrolmentCore
import Foundation

/// In which language the screens and the verbs speak.
struct LanguageOptions: ParsableArguments {
    @Option(name: .customLong("language"), help: "nl, fr, de or en (otherwise LOKET_LANGUAGE, or nl).")
    var wish: Language?

    /// A wish of the environment that is no language is not one: then it is Dutch.
    var language: Language { wish ?? .ofEnvironment }
}

extension Language: ExpressibleByArgument {}

extension Language {
    /// What is spoken without a wish.
    static var ofEnvironment: Language {
        ProcessInfo.processInfo.environment["LOKET_LANGUAGE"].flatMap { Language(rawValue: $0) } ?? .dutch
    }
}
