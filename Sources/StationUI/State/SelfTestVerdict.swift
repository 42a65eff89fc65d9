/// What the technician's test makes of a part of the kit.
package enum SelfTestVerdict: String, CaseIterable, Codable, Sendable {
    case passed
    /// It works as far as it could be tried, and a person has to do or decide something.
    case attention
    case failed
}
