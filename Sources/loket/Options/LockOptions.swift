import ArgumentParser
import OfflineCache

/// What the kit's key is to be locked by.
struct LockOptions: ParsableArguments {
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case passphrase, machine
    }

    @Option(help: "With a machine lock: numbers of the platform registers (PCRs) that must not change, as 0,2,7.")
    var registers: String?

    /// - Throws: `ValidationError` for registers that are none.
    func wish(_ kind: Kind) throws -> LockWish {
        let registers = try numbers()
        switch kind {
        case .machine: return .machine(.standard, measurements: registers)
        case .passphrase where registers.isEmpty: return .passphrase(.standard)
        case .passphrase: throw ValidationError("Registers belong to a machine lock.")
        }
    }

    private func numbers() throws -> [Int] {
        try (registers ?? "").split(separator: ",").map { text in
            guard let number = Int(text), (0..<24).contains(number) else {
                throw ValidationError("\(text) is no register: they have numbers from 0 to 23.")
            }
            return number
        }
    }
}
