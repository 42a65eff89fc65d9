/// What a technician's test finds of the machine under the kit: whether what it keeps stays, and stays hidden.
///
/// The raw value is the stable code that reports carry.
package enum VaultCondition: String, CaseIterable, Sendable {
    case memoryLocked = "memory.locked"
    /// Keys, PINs and passphrases stay out of swap; what a person said and showed does not.
    case memorySecretsOnly = "memory.secretsOnly"

    case coreFilesOff = "coreFiles.off"
    case coreFilesOn = "coreFiles.on"

    case swapAbsent = "swap.absent"
    /// Compressed in memory (zram).
    case swapInMemory = "swap.inMemory"
    case swapEncrypted = "swap.encrypted"
    /// In the clear; this program stays out of it, others do not.
    case swapPlain = "swap.plain"
    /// In the clear, and what a person said and showed can get into it.
    case swapLeaks = "swap.leaks"
    case swapUnknown = "swap.unknown"

    case hibernationOff = "hibernation.off"
    case hibernationEncrypted = "hibernation.encrypted"
    /// All memory, keys included, would be written in the clear.
    case hibernationPlain = "hibernation.plain"

    case folderDurable = "folder.durable"
    /// Gone with the power: it lies in memory.
    case folderInMemory = "folder.inMemory"
    /// On another machine, which decides itself when it writes.
    case folderRemote = "folder.remote"
    /// Mounted so that a synchronisation does not reach the disk.
    case folderUnsynchronised = "folder.unsynchronised"
    /// Quicker than a disk can be.
    case folderTooQuick = "folder.tooQuick"
    /// A file system of which the kernel's documentation promises nothing here.
    case folderUnknown = "folder.unknown"
    /// Others may read or write files in it.
    case folderOpen = "folder.open"
    /// Others could read or write files in it until the kit closed them.
    case folderWasOpen = "folder.wasOpen"
    /// Somebody else's files lie in it, or what is no file.
    case folderForeign = "folder.foreign"

    case keyMachine = "key.machine"
    /// Under the chip, which does not limit guessing for good.
    case keyMachineUnlimited = "key.machineUnlimited"
    case keyPassphrase = "key.passphrase"
    /// Under a passphrase alone, where there is a chip.
    case keyChipUnused = "key.chipUnused"

    /// Whether somebody has to do something about it; then there are words for what.
    package var wantsRemedy: Bool {
        switch self {
        case .memoryLocked, .coreFilesOff, .swapAbsent, .swapInMemory, .swapEncrypted, .hibernationOff,
            .hibernationEncrypted, .folderDurable, .keyMachine, .keyPassphrase:
            false
        case .memorySecretsOnly, .coreFilesOn, .swapPlain, .swapLeaks, .swapUnknown, .hibernationPlain, .folderInMemory,
            .folderRemote, .folderUnsynchronised, .folderTooQuick, .folderUnknown, .folderOpen,
            .folderWasOpen, .folderForeign, .keyMachineUnlimited, .keyChipUnused:
            true
        }
    }
}
