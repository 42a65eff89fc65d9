package import EnrolmentCore
package import OfflineCache

extension OpeningDesk {
    /// What an opening works with.
    package struct Means: Sendable {
        package let reader: any KitCardReading
        /// How long a card is waited for at a time.
        package let patience: Duration
        /// Nil where no card opens this kit.
        package let byCard: (@Sendable (CardUnlock) async throws(FailureReport) -> Opened)?
        package let byPassphrase: @Sendable (SecretBytes) async throws(FailureReport) -> Opened
        /// Closes what was opened when nobody waits for it any more.
        package let discard: @Sendable (Opened) async -> Void
        /// Of passphrases, where no chip counts them.
        package let tries: TryLimit
        /// What the machine's chip makes of wrong passphrases; nil where the key does not lie in one.
        package let chip: @Sendable () async -> GuessingLimit?
        package let clock: any WallClock
        package let uptime: any UptimeClock

        package init(
            reader: any KitCardReading, patience: Duration = .seconds(60),
            byCard: (@Sendable (CardUnlock) async throws(FailureReport) -> Opened)?,
            byPassphrase: @escaping @Sendable (SecretBytes) async throws(FailureReport) -> Opened,
            discard: @escaping @Sendable (Opened) async -> Void = { _ in }, tries: TryLimit,
            chip: @escaping @Sendable () async -> GuessingLimit? = { nil }, clock: any WallClock,
            uptime: any UptimeClock = BootClock()
        ) {
            self.reader = reader
            self.patience = patience
            self.byCard = byCard
            self.byPassphrase = byPassphrase
            self.discard = discard
            self.tries = tries
            self.chip = chip
            self.clock = clock
            self.uptime = uptime
        }
    }
}

extension OpeningDesk<OpenKit>.Means {
    /// Opens the kit in a folder: at the start of the program.
    package static func opening(
        _ folder: KitFolder, reader: any KitCardReading, rules: LoginRules, clock: any WallClock
    ) async -> Self {
        let open: @Sendable (CardUnlock) async throws(FailureReport) -> OpenKit = { unlock throws(FailureReport) in
            try await folder.open(byCard: unlock, clock: clock)
        }
        let byCard = await folder.opensByCard()
        return Self(
            reader: reader, byCard: byCard ? open : nil,
            byPassphrase: { (passphrase) throws(FailureReport) in
                try await folder.open(passphrase: passphrase, clock: clock)
            },
            discard: { kit in
                if let officer = kit.login?.officer.id {
                    try? await kit.store.journal.note(.officerLoggedOut, officer: officer)
                }
                kit.store.close()
            }, tries: rules.tries, chip: { try? await folder.chipProtection()?.limit }, clock: clock)
    }
}

extension OpeningDesk<Void>.Means {
    /// Shows that somebody can open the kit that is open: at its locked screen, where it has no list of officers.
    package static func proving(
        _ folder: KitFolder, reader: any KitCardReading, rules: LoginRules, clock: any WallClock
    ) async -> Self {
        let prove: @Sendable (CardUnlock) async throws(FailureReport) -> Void = { unlock throws(FailureReport) in
            try await folder.prove(byCard: unlock)
        }
        let byCard = await folder.opensByCard()
        return Self(
            reader: reader, byCard: byCard ? prove : nil,
            byPassphrase: { (passphrase) throws(FailureReport) in try await folder.prove(passphrase: passphrase) },
            tries: rules.tries, chip: { try? await folder.chipProtection()?.limit }, clock: clock)
    }
}
