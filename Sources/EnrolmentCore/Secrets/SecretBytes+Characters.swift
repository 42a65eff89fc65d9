/// What is typed, as UTF-8: a person counts, and takes back, whole characters.
extension SecretBytes {
    /// How many scalars of UTF-8 it holds.
    package var characterCount: Int { withBytes { $0.count { $0 & 0xC0 != 0x80 } } }

    /// Takes the last scalar of UTF-8 away, if there is one.
    package func removeCharacter() {
        var isContinuation = true
        while isContinuation, !isEmpty {
            isContinuation = withBytes { ($0.last ?? 0) & 0xC0 == 0x80 }
            removeLast()
        }
    }
}
