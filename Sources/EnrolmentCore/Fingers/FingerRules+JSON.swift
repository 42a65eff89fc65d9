import FoundationEssentials

extension FingerRules {
    /// Reads a rules file. Every member must be there and within its range, and there may be no other: a
    /// rule that was misspelt would otherwise be a rule that is not kept.
    ///
    /// - Throws: `FingerRulesError`.
    package init(json: [UInt8]) throws(FingerRulesError) {
        do {
            self = try JSONDecoder().decode(RulesFile.self, from: Data(json)).rules
        } catch let error as FingerRulesError {
            throw error
        } catch {
            throw .unreadable
        }
    }
}

/// A rules file as it is decoded: member by member, each with its range.
private struct RulesFile: Decodable {
    let rules: FingerRules

    init(from decoder: any Decoder) throws {
        var members = try Members(decoder, prefix: "")
        rules = FingerRules(
            name: try members.text("name"), order: try members.order("order"), firstHand: try members.word("firstHand"),
            printsWanted: try members.number("printsWanted", 1...2), attempts: try members.number("attempts", 1...10),
            furtherFingers: try members.number("furtherFingers", 0...4),
            minimumAge: try members.number("minimumAge", 0...120), quality: try members.scores("quality"),
            triggerScore: try members.number("triggerScore", 1...100),
            mostFrames: try members.number("mostFrames", 1...1000),
            sameFinger: try members.number("sameFinger", 1...100_000),
            comparableScore: try members.number("comparableScore", 1...100),
            residueLimit: try members.share("residueLimit"),
            attestYoungerThanMonths: try members.number("attestYoungerThanMonths", 1...12),
            temporaryValidityMonths: try members.number("temporaryValidityMonths", 1...120))
        // For people; that they are there is all that is asked of them.
        _ = try members.value([String].self, "notes")
        try members.refuseOthers()
    }
}

/// The members of one object, which remembers those that were asked for.
private struct Members {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let container: KeyedDecodingContainer<Name>
    private let prefix: String
    private var known: Set<String> = []

    init(_ decoder: any Decoder, prefix: String) throws {
        container = try decoder.container(keyedBy: Name.self)
        self.prefix = prefix
    }

    private init(_ container: KeyedDecodingContainer<Name>, prefix: String) {
        self.container = container
        self.prefix = prefix
    }

    mutating func value<Value: Decodable>(_ type: Value.Type, _ name: String) throws(FingerRulesError) -> Value {
        known.insert(name)
        guard container.contains(Name(stringValue: name)) else { throw .absent(prefix + name) }
        do {
            return try container.decode(type, forKey: Name(stringValue: name))
        } catch {
            throw .wrong(prefix + name)
        }
    }

    mutating func text(_ name: String) throws(FingerRulesError) -> String {
        let text = try value(String.self, name)
        guard !text.isEmpty else { throw .wrong(prefix + name) }
        return text
    }

    mutating func word<Word: RawRepresentable<String>>(_ name: String) throws(FingerRulesError) -> Word {
        guard let word = Word(rawValue: try value(String.self, name)) else { throw .wrong(prefix + name) }
        return word
    }

    mutating func number(_ name: String, _ range: ClosedRange<Int>) throws(FingerRulesError) -> Int {
        let number = try value(Int.self, name)
        guard range.contains(number) else { throw .wrong(prefix + name) }
        return number
    }

    /// More than nothing, up to the whole.
    mutating func share(_ name: String) throws(FingerRulesError) -> Double {
        let share = try value(Double.self, name)
        guard share > 0, share <= 1 else { throw .wrong(prefix + name) }
        return share
    }

    /// At least one finger, none twice.
    mutating func order(_ name: String) throws(FingerRulesError) -> [FingerPosition.Digit] {
        let digits = try value([FingerPosition.Digit].self, name)
        guard !digits.isEmpty, Set(digits).count == digits.count else { throw .wrong(prefix + name) }
        return digits
    }

    /// A score for each digit.
    mutating func scores(_ name: String) throws(FingerRulesError) -> [FingerPosition.Digit: Int] {
        known.insert(name)
        let key = Name(stringValue: name)
        guard container.contains(key) else { throw .absent(prefix + name) }
        guard let nested = try? container.nestedContainer(keyedBy: Name.self, forKey: key) else {
            throw .wrong(prefix + name)
        }
        var members = Members(nested, prefix: "\(prefix)\(name).")
        var scores: [FingerPosition.Digit: Int] = [:]
        for digit in FingerPosition.Digit.allCases {
            scores[digit] = try members.number(digit.rawValue, 1...100)
        }
        try members.refuseOthers()
        return scores
    }

    func refuseOthers() throws(FingerRulesError) {
        let others = container.allKeys.map(\.stringValue).filter { !known.contains($0) }
        if let other = others.min() { throw .unknown(prefix + other) }
    }
}
