import GRDB

extension Row {
    /// A column as the type that the schema gives it.
    ///
    /// GRDB's own subscript ends the program when a damaged page holds something else; this throws instead.
    ///
    /// - Throws: `StoreError.unreadable`.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws(StoreError) -> Value {
        guard let value: Value = try optional(column) else { throw Self.damaged(column) }
        return value
    }

    /// The same for a column that may be empty.
    func optional<Value: DatabaseValueConvertible>(_ column: String) throws(StoreError) -> Value? {
        guard hasColumn(column) else { throw Self.damaged(column) }
        let stored: DatabaseValue = self[column]
        if stored.isNull { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw Self.damaged(column) }
        return value
    }

    private static func damaged(_ column: String) -> StoreError { .unreadable("the database (column \(column))") }
}
