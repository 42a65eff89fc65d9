/// What can be wrong with a touch.
package enum FingerFlaw: String, Hashable, Sendable, CaseIterable {
    case light, hard, wet, dry, noisy, partial, sliding
}
