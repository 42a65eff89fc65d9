import Glibc
import Testing

@testable import ProcessHardening

/// Each in a process of its own: what is given up cannot be had back. That no core file comes of a crash and
/// that no debugger gets in is shown by Tests/Witness/leak-process.sh, on the programs themselves.
@Suite("ProcessHardening", .timeLimit(.minutes(1)))
struct ProcessHardeningTests {
    @Test("No core file, no new rights, and files that only their owner reads")
    func limits() async {
        await #expect(processExitsWith: .success) {
            umask(0o022)
            #expect(!ProcessHardening.deniesDumps)
            try ProcessHardening.apply(locking: .secretsOnly)
            #expect(ProcessHardening.deniesDumps)
            var core = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
            #expect(core.rlim_cur == 0 && core.rlim_max == 0)
            #expect(Status.value("NoNewPrivs") == "1")
            #expect(Status.value("Umask") == "0077")
        }
    }

    @Test("The whole program stays out of swap where the machine allows it, and says so where not")
    func memory() async {
        await #expect(processExitsWith: .success) {
            let before = Status.kilobytes("VmLck")
            let held = try ProcessHardening.apply(locking: .whole)
            // More than keys: the program's own pages are there.
            #expect((Status.kilobytes("VmLck") > before + 1000) == (held == .whole))
        }
        await #expect(processExitsWith: .success) {
            try ProcessHardening.apply(locking: .secretsOnly)
            #expect(Status.kilobytes("VmLck") < 1000)
        }
    }

    @Test("Descriptors that were closed are open, and those that came along go to no child")
    func descriptors() async {
        await #expect(processExitsWith: .success) {
            let inherited = open("/dev/null", O_RDONLY)
            let far = dup2(inherited, 100)
            close(STDIN_FILENO)
            try ProcessHardening.apply(locking: .secretsOnly)
            #expect(fcntl(STDIN_FILENO, F_GETFD) == 0)
            #expect(fcntl(far, F_GETFD) == FD_CLOEXEC)
        }
    }

    @Test("A secret that came in the environment is gone from memory, too")
    func environment() async throws {
        await #expect(processExitsWith: .success) {
            for name in ProcessHardening.forgotten { setenv(name, "geheim", 1) }
            setenv("LOKET_PASSPHRASE_FILE", "kept", 1)
            let value = try #require(getenv("LOKET_PASSPHRASE"))
            try ProcessHardening.apply(locking: .secretsOnly)
            #expect((0..<6).allSatisfy { value[$0] == 0 })
            // The chip's library is told to be silent, whatever was asked for.
            for name in ProcessHardening.forgotten where name != "TSS2_LOG" { #expect(getenv(name) == nil) }
            #expect(strcmp(getenv("TSS2_LOG"), "all+none") == 0)
            #expect(getenv("LOKET_PASSPHRASE_FILE") != nil)
        }
    }

    @Test("A crash ends with its signal and without the runtime's report; what was ignored stays ignored")
    func signals() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            signal(SIGSEGV) { _ in exit(3) }
            try ProcessHardening.apply(locking: .secretsOnly)
            raise(SIGSEGV)
        }
        await #expect(processExitsWith: .exitCode(4)) {
            signal(SIGHUP, SIG_IGN)
            try ProcessHardening.apply(locking: .secretsOnly)
            raise(SIGHUP)
            exit(4)
        }
    }

    @Test("A program that borrows its file's rights does not start")
    func lentRights() async {
        await withKnownRights {
            await #expect(processExitsWith: .success) {
                #expect(seteuid(65534) == 0)
                #expect(throws: ProcessHardening.Refusal.lentRights) {
                    try ProcessHardening.apply(locking: .secretsOnly)
                }
            }
        }
    }

    /// Only root can lend rights.
    private func withKnownRights(_ body: () async -> Void) async {
        if geteuid() == 0 { await body() }
    }
}

/// What the kernel says of this thread: rights are each thread's own, and new threads take over theirs.
private enum Status {
    static func value(_ name: String) -> String? {
        guard let file = fopen("/proc/thread-self/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard text.hasPrefix(name + ":") else { continue }
            return String(text.dropFirst(name.count + 1).drop { $0 == "\t" || $0 == " " }.prefix { $0 != "\n" })
        }
        return nil
    }

    static func kilobytes(_ name: String) -> Int {
        value(name).flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
    }
}
