package import EnrolmentCore

/// The texts of the screens in one language. All are complete; what a language came to lack is shown
/// in Dutch with `[nl]` before it, so that it is seen and reported rather than guessed at.
package struct Catalogue: Hashable, Sendable {
    package let language: Language

    package init(_ language: Language = .dutch) { self.language = language }

    subscript(_ text: UIText) -> String { self[Phrase.ui(text)] }

    subscript(_ phrase: Phrase) -> String {
        Self.table(language)[phrase.id] ?? Self.standIn(for: phrase.id, in: language)
    }

    /// What is shown where a table has no text.
    static func standIn(for id: String, in language: Language) -> String {
        guard language != .dutch, let dutch = dutch[id] else { return "‹\(id)›" }
        return "[nl] \(dutch)"
    }

    /// A text with `{0}`, `{1}` replaced by values.
    func text(_ phrase: Phrase, _ values: String...) -> String { fill(self[phrase], values) }

    func text(_ text: UIText, _ values: String...) -> String { fill(self[text], values) }

    /// In words for the citizen's side of the table: what happened, what was kept, what to do.
    package func explain(_ report: FailureReport) -> Explanation {
        let (title, happened, remedy) = words(for: report.code)
        return Explanation(title: title, happened: happened, kept: self[.kept(report.kept)], remedy: remedy)
    }

    /// What the person can do better at the next attempt.
    package func explain(_ retry: CaptureRetry) -> String { self[.retry(retry)] }

    /// What a card is worth: a word or two, and what that means for the officer.
    package func explain(_ verdict: CardVerdict) -> (word: String, meaning: String) {
        (self[.verdict(verdict)], self[.verdictMeaning(verdict)])
    }

    /// What the technician's test makes of a part, in a word.
    package func word(for verdict: SelfTestVerdict) -> String { self[.selfTestVerdict(verdict)] }

    /// What is wrong with the machine, and what a technician does about it; nil where nothing is.
    package func explain(_ condition: VaultCondition) -> (fault: String, remedy: String)? {
        guard condition.wantsRemedy else { return nil }
        return (self[.condition(condition, .condition)], self[.condition(condition, .conditionRemedy)])
    }

    private func words(for code: FailureCode) -> (title: String, happened: String, remedy: String) {
        switch code {
        case .device(let kind, let problem):
            let device = self[.device(kind)]
            let own = Phrase.deviceRemedy(kind, problem)
            let remedy = has(own) ? self[own] : self[.deviceFailure(problem, .remedy)]
            return (
                fill(self[.deviceFailure(problem, .title)], [device]).capitalisedFirst,
                fill(self[.deviceFailure(problem, .happened)], [device]).capitalisedFirst,
                fill(remedy, [device]).capitalisedFirst
            )
        case .store(let failure):
            return (
                self[.storeFailure(failure, .title)], self[.storeFailure(failure, .happened)],
                self[.storeFailure(failure, .remedy)]
            )
        case .central(let failure):
            return (
                self[.centralFailure(failure, .title)], self[.centralFailure(failure, .happened)],
                self[.centralFailure(failure, .remedy)]
            )
        case .person(let retry): return (self[.personTitle], self[.retry(retry)], self[.personRemedy])
        case .login(let failure):
            return (
                self[.loginFailure(failure, .title)], self[.loginFailure(failure, .happened)],
                self[.loginFailure(failure, .remedy)]
            )
        case .stick(let failure):
            return (
                self[.stickFailure(failure, .title)], self[.stickFailure(failure, .happened)],
                self[.stickFailure(failure, .remedy)]
            )
        case .input(let failure):
            return (
                self[.inputFailure(failure, .title)], self[.inputFailure(failure, .happened)],
                self[.inputFailure(failure, .remedy)]
            )
        }
    }

    private func has(_ phrase: Phrase) -> Bool {
        Self.table(language)[phrase.id] != nil || Self.dutch[phrase.id] != nil
    }

    func fill(_ text: String, _ values: [String]) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            let number = Int(rest[rest.index(after: open)..<close])
            filled += number.flatMap { values.indices.contains($0) ? values[$0] : nil } ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    static func table(_ language: Language) -> [String: String] {
        switch language {
        case .dutch: dutch
        case .french: french
        case .german: german
        case .english: english
        }
    }

    static let dutch = whole(dutchParts)
    static let french = whole(frenchParts).mapValues(keepingMarksOnTheirLine)
    static let german = whole(germanParts)
    static let english = whole(englishParts)

    /// No phrase is in two of them.
    static let dutchParts = [
        dutchTexts, dutchCaptureTexts, dutchDeliveryTexts, dutchWords, dutchCardWords, dutchFailures,
        dutchDeviceFailures, dutchDayLines, dutchKitLines,
    ]
    static let frenchParts = [
        frenchTexts, frenchCaptureTexts, frenchDeliveryTexts, frenchWords, frenchCardWords, frenchFailures,
        frenchDeviceFailures, frenchDayLines, frenchKitLines,
    ]
    static let germanParts = [
        germanTexts, germanCaptureTexts, germanDeliveryTexts, germanWords, germanCardWords, germanFailures,
        germanDeviceFailures, germanDayLines, germanKitLines,
    ]
    static let englishParts = [
        englishTexts, englishCaptureTexts, englishDeliveryTexts, englishWords, englishCardWords, englishFailures,
        englishDeviceFailures, englishDayLines, englishKitLines,
    ]

    private static func whole(_ parts: [[String: String]]) -> [String: String] {
        parts.reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }
    }

    /// French has a space before `:` `;` `?` `!` and within `« »`; a line must not break there.
    private static func keepingMarksOnTheirLine(_ text: String) -> String {
        [":", ";", "?", "!", "»"].reduce(text.replacing("« ", with: "«\u{A0}")) { text, mark in
            text.replacing(" \(mark)", with: "\u{A0}\(mark)")
        }
    }
}

/// A failure in words.
package struct Explanation: Hashable, Sendable {
    package let title: String
    package let happened: String
    package let kept: String
    package let remedy: String
}

extension String {
    /// A sentence that begins with a filled-in word.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
