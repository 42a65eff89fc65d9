/// One step of the store's schema, with its SQL as it lies in `migrations/`.
///
/// The SQL is part of the program, so a station never runs with half of its schema installed.
package struct SchemaMigration: Hashable, Sendable {
    /// What the database remembers it by; never reused, never renamed.
    package let name: String
    package let sql: String

    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// Every migration, oldest first.
    ///
    /// A released one is never edited: what it got wrong is put right by the next.
    package static let all: [SchemaMigration] = [
        SchemaMigration(name: "v001-store", sql: text(PackageResources.v001_store_sql)),
        SchemaMigration(name: "v002-login", sql: text(PackageResources.v002_login_sql)),
        SchemaMigration(name: "v003-keys", sql: text(PackageResources.v003_keys_sql)),
        SchemaMigration(name: "v004-queue", sql: text(PackageResources.v004_queue_sql)),
        SchemaMigration(name: "v005-audit", sql: text(PackageResources.v005_audit_sql)),
        SchemaMigration(name: "v006-chain", sql: text(PackageResources.v006_chain_sql)),
        SchemaMigration(name: "v007-entry", sql: text(PackageResources.v007_entry_sql)),
        SchemaMigration(name: "v008-rows", sql: text(PackageResources.v008_rows_sql)),
    ]
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
