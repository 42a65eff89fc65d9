/// A parameter's value as JSON has it.
package enum ProfileValue: Hashable, Sendable, Decodable {
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([ProfileValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([ProfileValue].self))
        }
    }
}

/// Typed access: a parameter that is absent, of another type or out of range is an error with its name.
extension DeviceProfile {
    package func flag(_ name: String) throws(ProfileError) -> Bool {
        guard case .flag(let flag)? = parameters[name] else { throw missing(name) }
        return flag
    }

    package func text(_ name: String) throws(ProfileError) -> String {
        guard case .text(let text)? = parameters[name] else { throw missing(name) }
        return text
    }

    package func number(_ name: String, in range: ClosedRange<Double>) throws(ProfileError) -> Double {
        guard case .number(let number)? = parameters[name], range.contains(number) else { throw missing(name) }
        return number
    }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws(ProfileError) -> Int {
        guard case .number(let number)? = parameters[name], let integer = Int(exactly: number),
            range.contains(integer)
        else { throw missing(name) }
        return integer
    }

    /// A half-open range, written as a list of its two ends.
    package func range(_ name: String, within limits: Range<Int>) throws(ProfileError) -> Range<Int> {
        guard case .list(let ends)? = parameters[name], ends.count == 2,
            case .number(let first) = ends[0], case .number(let last) = ends[1],
            let lower = Int(exactly: first), let upper = Int(exactly: last),
            lower < upper, limits.lowerBound <= lower, upper <= limits.upperBound
        else { throw missing(name) }
        return lower..<upper
    }

    private func missing(_ name: String) -> ProfileError {
        .parameter(profile: id, name: name)
    }
}
