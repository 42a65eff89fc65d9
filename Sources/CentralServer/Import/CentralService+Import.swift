#if canImport(Glibc)
    import Glibc
#endif

extension CentralService {
    /// Takes the packets of a stick in, and puts their receipts beside them; also while the central of
    /// `configuration` serves.
    ///
    /// What is wrong with one packet holds up no other, and is told in the report.
    ///
    /// - Parameter path: the stick, or the folder `draagbaar-loket` on it.
    /// - Throws: `CentralError` when central's keys or database cannot be used, the stick cannot be read, or another
    ///   import runs.
    package static func importPackets(
        from path: String, in configuration: CentralConfiguration
    ) async throws -> StickReport {
        let keys = try CentralKeys.load(from: configuration.keyDirectory)
        try PrivateFile.makeDirectory(configuration.packetDirectory)
        let lock = try importLock(in: configuration.directory)
        defer {
            // By name: a program that is being started has a copy of the descriptor until it is loaded.
            flock(lock, LOCK_UN)
            close(lock)
        }
        let database = try CentralDatabase(path: configuration.database)
        let reception = PacketReception(keys, database, configuration)
        return try await StickImport(reception: reception, stick: try StickFolder(path)).run()
    }

    /// Held until the descriptor is closed, or the process ends.
    private static func importLock(in directory: String) throws -> CInt {
        let path = "\(directory)/import.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw PrivateFile.failure(.unwritable, path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw CentralError(.importRunning, "another import runs", hint: "Wait for its end.")
        }
        return descriptor
    }
}
