import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationUI
import Testing

@testable import StationApp

@Suite("The self-test of the machine under the vault")
struct VaultCheckTests {
    private var machine = PretendedMachine.sound

    private func expect(
        _ finding: VaultCheck.Finding, _ condition: VaultCondition, _ verdict: SelfTestVerdict, naming figure: String,
        at place: SourceLocation = #_sourceLocation
    ) {
        #expect(finding.condition == condition, sourceLocation: place)
        #expect(finding.verdict == verdict, sourceLocation: place)
        #expect(finding.figure.contains(figure), "\(finding.figure)", sourceLocation: place)
    }

    @Test("Memory is locked, but for the kernel's own pages; or only keys are, and the limit is named")
    mutating func memory() {
        expect(machine.check.memory(), .memoryLocked, .passed, naming: "411 of 411 MiB")
        machine.lock(64, limit: "8388608")
        expect(machine.check.memory(), .memorySecretsOnly, .attention, naming: "limit 8192 KiB")
        machine.files["/proc/self/status"] = nil
        expect(machine.check.memory(), .memorySecretsOnly, .attention, naming: "not told")
    }

    @Test("A core file that could come is a fault")
    mutating func coreFiles() {
        expect(machine.check.coreFiles(), .coreFilesOff, .passed, naming: "none")
        machine.deniesDumps = false
        expect(machine.check.coreFiles(), .coreFilesOn, .failed, naming: "crash")
    }

    @Test("Swap is absent, in memory, or on dm-crypt")
    mutating func hiddenSwap() {
        expect(machine.check.swap(), .swapAbsent, .passed, naming: "none")
        machine.addDisk("252:0", called: "zram0")
        machine.swap(to: "/dev/zram0")
        expect(machine.check.swap(), .swapInMemory, .passed, naming: "/dev/zram0")
        machine.files["/sys/dev/block/252:0/backing_dev"] = "none\n"
        expect(machine.check.swap(), .swapInMemory, .passed, naming: "/dev/zram0")
        machine.devices["/dev/dm-0"] = "254:0"
        machine.swap(to: "/dev/dm-0")
        expect(machine.check.swap(), .swapEncrypted, .passed, naming: "/dev/dm-0")
    }

    @Test("Swap in the clear leaks where only keys are locked, and is told of where all memory is")
    mutating func plainSwap() {
        machine.addDisk("8:2", called: "sda2")
        machine.swap(to: "/dev/sda2")
        expect(machine.check.swap(), .swapPlain, .attention, naming: "/dev/sda2")
        machine.lock(64, limit: "8388608")
        expect(machine.check.swap(), .swapLeaks, .failed, naming: "/dev/sda2")
    }

    @Test("What lies under a volume, a partition, a loop and a zram's own disk is looked at")
    mutating func stackedSwap() {
        machine.addDisk("254:3", called: "dm-3")
        machine.files["/sys/dev/block/254:3/dm/uuid"] = "LVM-abcdef\n"
        machine.folders["/sys/dev/block/254:3/slaves"] = ["dm-0"]
        machine.files["/sys/dev/block/254:3/slaves/dm-0/dev"] = "254:0\n"
        machine.swap(to: "/dev/dm-3")
        expect(machine.check.swap(), .swapEncrypted, .passed, naming: "/dev/dm-3")

        machine.addDisk("8:1", called: "sda1")
        machine.addDisk("8:0", called: "sda")
        machine.files["/sys/dev/block/8:1/partition"] = "1\n"
        machine.files["/sys/dev/block/8:1/../dev"] = "8:0\n"
        machine.folders["/sys/dev/block/254:3/slaves"] = ["dm-0", "sda1"]
        machine.files["/sys/dev/block/254:3/slaves/sda1/dev"] = "8:1\n"
        expect(machine.check.swap(), .swapPlain, .attention, naming: "/dev/dm-3")

        machine = .sound
        machine.addDisk("7:0", called: "loop0")
        machine.files["/sys/dev/block/7:0/loop/backing_file"] = "/wissel\n"
        machine.swap(to: "/dev/loop0")
        expect(machine.check.swap(), .swapUnknown, .attention, naming: "/dev/loop0")
        machine.devices["/wissel"] = "254:0"
        expect(machine.check.swap(), .swapEncrypted, .passed, naming: "/dev/loop0")

        machine = .sound
        machine.addDisk("252:0", called: "zram0")
        machine.addDisk("8:0", called: "sda")
        machine.files["/sys/dev/block/252:0/backing_dev"] = "/dev/sda\n"
        machine.swap(to: "/dev/zram0")
        expect(machine.check.swap(), .swapPlain, .attention, naming: "/dev/zram0")
    }

    @Test("A swap file lies on the disk of its file system, a space in its name included")
    mutating func swapFile() {
        machine.devices["/een map/wissel"] = "254:0"
        machine.swap(to: #"/een\040map/wissel"#)
        expect(machine.check.swap(), .swapEncrypted, .passed, naming: "/een map/wissel")
        // As on btrfs: a number that is no block device's.
        machine.devices["/een map/wissel"] = "0:31"
        expect(machine.check.swap(), .swapUnknown, .attention, naming: "/een map/wissel")
        machine.files["/proc/swaps"] = nil
        expect(machine.check.swap(), .swapUnknown, .attention, naming: "not told")
    }

    @Test("Volumes that stand on one another for ever are not looked through for ever")
    mutating func endlessVolumes() {
        machine.addDisk("254:3", called: "dm-3")
        machine.folders["/sys/dev/block/254:3/slaves"] = ["dm-3"]
        machine.files["/sys/dev/block/254:3/slaves/dm-3/dev"] = "254:3\n"
        machine.swap(to: "/dev/dm-3")
        expect(machine.check.swap(), .swapUnknown, .attention, naming: "/dev/dm-3")
    }

    @Test("Hibernation is off where the kernel offers none or has nowhere to write; else it must be encrypted")
    mutating func hibernation() {
        expect(machine.check.hibernation(), .hibernationOff, .passed, naming: "no area")
        machine.devices["/dev/dm-0"] = "254:0"
        machine.swap(to: "/dev/dm-0")
        expect(machine.check.hibernation(), .hibernationEncrypted, .passed, naming: "/dev/dm-0")
        machine.addDisk("8:2", called: "sda2")
        machine.files["/sys/power/resume"] = "8:2\n"
        expect(machine.check.hibernation(), .hibernationPlain, .failed, naming: "resume=8:2")
        machine.swap(to: "/dev/sda2")
        expect(machine.check.hibernation(), .hibernationPlain, .failed, naming: "/dev/sda2")
        machine.files["/sys/power/disk"] = "[disabled]\n"
        expect(machine.check.hibernation(), .hibernationOff, .passed, naming: "offers none")
        machine.files["/sys/power/disk"] = "[platform] shutdown\n"
        machine.files["/sys/power/state"] = "freeze mem\n"
        expect(machine.check.hibernation(), .hibernationOff, .passed, naming: "offers none")
    }

    @Test("A zram cannot hold an image of the memory")
    mutating func hibernationIntoMemory() {
        machine.addDisk("252:0", called: "zram0")
        machine.swap(to: "/dev/zram0")
        expect(machine.check.hibernation(), .hibernationOff, .passed, naming: "no area")
    }

    @Test(
        "The data folder lies on a disk that keeps what is synchronised, or that is said",
        arguments: [
            ("xfs", "rw", VaultCondition.folderDurable, SelfTestVerdict.passed),
            ("btrfs", "rw,ssd", .folderDurable, .passed),
            ("ext4", "rw,nobarrier", .folderUnsynchronised, .failed),
            ("ext4", "rw,barrier=0", .folderUnsynchronised, .failed),
            ("tmpfs", "rw,size=1g", .folderInMemory, .failed),
            ("ramfs", "rw", .folderInMemory, .failed),
            ("nfs4", "rw,hard", .folderRemote, .failed),
            ("cifs", "rw", .folderRemote, .failed),
            ("fuse.sshfs", "rw", .folderRemote, .failed),
            ("9p", "rw", .folderRemote, .failed),
            ("overlay", "rw,upperdir=/a,volatile", .folderUnsynchronised, .failed),
            ("overlay", "rw,upperdir=/a", .folderUnknown, .attention),
            ("vfat", "rw", .folderUnknown, .attention),
        ])
    func folder(_ type: String, _ options: String, _ condition: VaultCondition, _ verdict: SelfTestVerdict) {
        var machine = machine
        machine.mount("/kit", type, options: options)
        expect(
            machine.check.folder("/kit/data", synchronisation: .milliseconds(2)), condition, verdict,
            naming: "\(type) on an encrypted disk, 2000 µs")
        // Beside it, not in it.
        expect(
            machine.check.folder("/kitten", synchronisation: .milliseconds(12)), .folderDurable, .passed,
            naming: "ext4 on an encrypted disk, 12 ms")
    }

    @Test("A synchronisation that is quicker than a disk, an ext4 in memory and a hidden mount are found")
    mutating func folderInDoubt() {
        expect(
            machine.check.folder("/kit", synchronisation: .microseconds(3)), .folderTooQuick, .attention, naming: "3 µs"
        )
        machine.addDisk("252:1", called: "zram1")
        machine.mount(#"/mijn\040kit"#, "ext4", on: "252:1")
        expect(
            machine.check.folder("/mijn kit", synchronisation: .milliseconds(1)), .folderInMemory, .failed,
            naming: "ext4 in memory")
        machine.mount(#"/mijn\040kit"#, "xfs")
        expect(
            machine.check.folder("/mijn kit", synchronisation: .milliseconds(1)), .folderDurable, .passed, naming: "xfs"
        )
        machine.files["/proc/self/mountinfo"] = "27 1 254:0 / / rw\nrubbish - -\n"
        expect(
            machine.check.folder("/kit", synchronisation: .milliseconds(1)), .folderUnknown, .attention,
            naming: "not told")
    }

    @Test("Files that others may read get attention; somebody else's, and what is no file, fail")
    func files() throws {
        let folder = try TestFolder()
        let path = folder.url.path
        #expect((try machine.check.files(FolderStanding(of: path))) == nil)
        try DurableFiles().write([1], to: "\(path)/store.key")
        #expect(chmod("\(path)/store.key", 0o666) == 0)
        let open = try #require(try machine.check.files(FolderStanding(of: path)))
        expect(open, .folderOpen, .attention, naming: "1: store.key")
        #expect(symlink("/etc/hostname", "\(path)/kit.sealed") == 0)
        let foreign = try #require(try machine.check.files(FolderStanding(of: path)))
        expect(foreign, .folderForeign, .failed, naming: "1: kit.sealed")
    }

    @Test("A synchronisation is measured, and leaves nothing in the folder")
    func synchronisation() throws {
        let folder = try TestFolder()
        #expect(try MachineView.synchronisation(in: folder.url.path) > .zero)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
        let full = DurableFiles { $0 == .synchronise ? ENOSPC : nil }
        #expect(throws: FileFailure(.synchronise, ENOSPC)) {
            try MachineView.synchronisation(in: folder.url.path, files: full)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    @Test("The key lies under the chip, which must limit guessing; or a chip lies idle")
    func key() {
        let check = machine.check
        let cost = Argon2id.Cost.standard
        expect(check.key(.passphrase, cost: cost, chip: .absent), .keyPassphrase, .passed, naming: "MiB × ")
        expect(check.key(nil, cost: nil, chip: .absent), .keyPassphrase, .passed, naming: "passphrase")
        expect(check.key(.passphrase, cost: cost, chip: .silent), .keyChipUnused, .attention, naming: "passphrase")
        expect(
            check.key(.machine, cost: cost, chip: .limiting(wrong: 3, most: 32, isClosed: true)), .keyMachine, .passed,
            naming: "3 of 32")
        expect(
            check.key(.machine, cost: cost, chip: .limiting(wrong: 0, most: 32, isClosed: false)),
            .keyMachineUnlimited, .attention, naming: "0 of 32")
        expect(check.key(.machine, cost: cost, chip: .silent), .keyMachineUnlimited, .attention, naming: "not told")
    }

    @Test("On a kit for training a fault of the machine is told, and passes")
    func training() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            var machine = machine
            machine.deniesDumps = false
            let test = SelfTest(
                kit: kit, devices: try await bench.devices().devices(for: nil), clock: bench.clock,
                machine: machine.view)
            let report = await test.run([.coreFiles])
            #expect(report.passed && report.findings.first?.verdict == .attention)
            #expect(report.findings.first?.code == VaultCondition.coreFilesOn.rawValue)
            kit.store.close()
        }
    }

    @Test("Every fault has words for what is wrong and what to do, in every language", arguments: Language.allCases)
    func words(_ language: Language) {
        for condition in VaultCondition.allCases {
            let words = Catalogue(language).explain(condition)
            #expect((words == nil) == !condition.wantsRemedy, "\(condition)")
            guard let words else { continue }
            #expect(words.fault.hasSuffix(".") && words.remedy.hasSuffix("."), "\(condition)")
            #expect(!words.fault.contains("[nl]") && !words.fault.contains("‹"), "\(condition)")
        }
    }
}
