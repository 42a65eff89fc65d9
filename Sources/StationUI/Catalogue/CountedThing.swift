import EnrolmentCore

/// A thing of which there can be one or more, in what verbs print.
package enum CountedThing: String, CaseIterable, Sendable {
    case attempt, byte, chunk, day, draft, file, hour, line, minute, packet, plannedVisit, point, receipt, row, seal,
        sealedPacket, second, stroke, visit

    enum Number: String, CaseIterable, Sendable {
        case one, more
    }
}

extension Catalogue {
    /// `1 packet`, `3 packets`; French has `0 paquet`.
    package func count(_ number: some BinaryInteger, _ thing: CountedThing) -> String {
        let isOne = number == 1 || (language == .french && number == 0)
        return fill(self[.counted(thing, isOne ? .one : .more)], ["\(number)"])
    }

    /// `3 minutes ago`, in the largest unit of which there is one.
    package func ago(_ seconds: Int64) -> String {
        switch seconds {
        case ..<1: line(.agoNow)
        case ..<60: line(.ago, count(seconds, .second))
        case ..<3600: line(.ago, count(seconds / 60, .minute))
        case ..<86_400: line(.ago, count(seconds / 3600, .hour))
        default: line(.ago, count(seconds / 86_400, .day))
        }
    }
}
