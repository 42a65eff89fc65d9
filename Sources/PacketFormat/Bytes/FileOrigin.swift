/// Who named a file that is to be read, and so what may lie under the name.
///
/// Whoever can write to a folder, or handed over a stick, can put a named pipe in the place of a file: opening it
/// would wait for ever. So only what an operator names is opened as it is.
package enum FileOrigin: Hashable, Sendable {
    /// This program: a plain file, and no link to one.
    case stored
    /// An operator, for a file that is read more than once: a plain file, or a link to one.
    case named
    /// An operator, for what is read once from start to end: a pipe or a terminal, too.
    case stream
}
