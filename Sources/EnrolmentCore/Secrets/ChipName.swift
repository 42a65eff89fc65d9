/// What a chip is known by: the name of a key that it makes from a seed which never leaves it (TPM 2.0 Part 1,
/// section 16: an algorithm and a digest). Clearing the chip changes it. Nothing in it is secret, but it says which
/// machine it is.
package struct ChipName: Hashable, Sendable {
    package static let size = 34

    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }
}
