/// What was read is not built as its standard says.
enum DERError: Error, Hashable, Sendable {
    case unexpected
}
