package import CardProof
package import EnrolmentCore
package import OfflineCache

extension LoginDesk {
    /// What a login works with.
    package struct Means: Sendable {
        package let kit: OpenKit
        package let reader: any KitCardReading
        package let holder: any CardHolderVerifying
        package let rules: LoginRules
        package let clock: any WallClock
        package let uptime: any UptimeClock
        /// How long a card is waited for.
        package let patience: Duration
        /// Of the emulated cards, on a kit for training.
        package let testRoots: [TrustRoot]

        package init(
            kit: OpenKit, reader: any KitCardReading, holder: any CardHolderVerifying, rules: LoginRules,
            clock: any WallClock, uptime: any UptimeClock = BootClock(), patience: Duration,
            testRoots: [TrustRoot] = []
        ) {
            self.kit = kit
            self.reader = reader
            self.holder = holder
            self.rules = rules
            self.clock = clock
            self.uptime = uptime
            self.patience = patience
            self.testRoots = testRoots
        }
    }
}
