package import EnrolmentCore

/// How often a passphrase may still be wrong, and from when on one is taken.
package struct PassphraseTries: Hashable, Sendable {
    /// Nil where nobody counts, or only the wait is known.
    package let left: Int?
    /// Nil while one is taken.
    package let waitUntil: Timestamp?
    /// Whether it may be sooner: a chip does not say when it began to wait.
    package let isAtMost: Bool

    package init(left: Int?, waitUntil: Timestamp? = nil, isAtMost: Bool = false) {
        self.left = left
        self.waitUntil = waitUntil
        self.isAtMost = isAtMost
    }
}
