import GRDB

extension Statement {
    /// Executes a statement with these values, one for each of its places, in their order.
    ///
    /// As `execute(arguments:)`, which calls a closure within a closure for each value so that none is copied: with a
    /// dozen short ones that costs ten times what copying them does.
    func execute(binding values: [any StatementBinding]) throws {
        // Forgets what was bound before; from then on the library takes what is bound here as it is.
        setUncheckedArguments([])
        for (index, value) in values.enumerated() {
            let code = value.bind(to: sqliteStatement, at: CInt(index + 1))
            guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        }
        try execute()
    }
}
