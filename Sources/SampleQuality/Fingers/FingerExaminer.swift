import EnrolmentCore

/// Looks at finger pictures as the station does: one value that has every measure.
package struct FingerExaminer: Sendable {
    package init() {}
}
